using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.StandIns.Staging;

namespace GateAction.Tests.Sources.Names;

internal sealed class DnsProbeTests
{
    private NameServer _server = null!;

    [OneTimeSetUp]
    public void StartServer() => _server = new NameServer();

    [OneTimeTearDown]
    public void StopServer() => _server.Dispose();

    [Test]
    public async Task The_system_resolves_as_every_program_does()
    {
        var measured = await ProbeTesting.MeasureAsync("dns: localhost");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured), measured.Reason);
        Assert.That(measured.Fact("exists").IsTrue);
        Assert.That(Texts(measured, "addresses"), Is.SubsetOf(new[] { "127.0.0.1", "::1" }).And.Not.Empty);
        Assert.That(measured.HasFact("latency"));
    }

    [Test]
    public async Task A_name_server_is_asked_for_both_kinds_of_addresses()
    {
        var measured = await AskAsync("staging.example.com");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured), measured.Reason);
        Assert.Multiple(() =>
        {
            Assert.That(Texts(measured, "addresses"), Is.EqualTo(new[] { "192.0.2.10", "192.0.2.20", "2001:db8::1" }));
            Assert.That(measured.HasFact("values"), Is.False);
            var first = measured.Fact("records").AsList[0].AsMap;
            Assert.That(first.TryGet("name", out var name) && name.AsString == "staging.example.com");
            Assert.That(first.TryGet("ttl", out var ttl) && ttl.Seconds == 60);
        });
    }

    [TestCase("www.example.com", "CNAME", "staging.example.com")]
    [TestCase("www.example.com", "A", "192.0.2.10")]
    [TestCase("example.com", "MX", "mx.example.com")]
    [TestCase("example.com", "TXT", "v=spf1 -all")]
    [TestCase("STAGING.example.com.", "AAAA", "2001:db8::1")]
    [TestCase("forged.example.com", "A", "192.0.2.9")]
    [TestCase("_sip._tcp.example.com", "SRV", "sip.example.com")]
    [TestCase("10.2.0.192.in-addr.arpa", "PTR", "staging.example.com")]
    [TestCase("192.0.2.10", "PTR", "staging.example.com")]
    [TestCase("example.com", "SOA", "ns.example.com")]
    [TestCase("example.com", "CAA", "ca.example.net")]
    public async Task Each_type_of_record_has_its_value(string name, string type, string value)
    {
        var measured = await AskAsync(name, $"type: {type}");

        Assert.That(Texts(measured, "values"), Is.EqualTo(new[] { value }), measured.Reason);
        Assert.That(measured.Fact("exists").IsTrue);
    }

    [TestCase("example.com", "MX", "priority=10")]
    [TestCase("_sip._tcp.example.com", "SRV", "port=5060 priority=10 weight=20")]
    [TestCase("example.com", "SOA", "serial=2025")]
    [TestCase("example.com", "CAA", "tag=issue")]
    [TestCase("staging.example.com", "A", "")]
    public async Task A_record_has_what_belongs_to_its_type_and_no_more(string name, string type, string expected)
    {
        var measured = await AskAsync(name, $"type: {type}");

        var record = measured.Fact("records").AsList[0].AsMap;
        string[] own = ["port", "priority", "serial", "tag", "weight"];
        var found = own.Where(key => record.TryGet(key, out _))
            .Select(key => record.TryGet(key, out var value) ? $"{key}={(key == "tag" ? value.AsString : value.AsInt)}" : "");
        Assert.That(string.Join(' ', found), Is.EqualTo(expected));
    }

    [Test]
    public async Task Two_services_of_one_host_are_two_records()
    {
        var measured = await AskAsync("_sip._tcp.example.com", "type: SRV");

        Assert.That(measured.Fact("records").AsList, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task An_answer_that_does_not_fit_a_datagram_is_asked_for_over_TCP()
    {
        var measured = await AskAsync("large.example.com", "type: TXT");

        Assert.That(Texts(measured, "values"), Has.Length.EqualTo(20), measured.Reason);
    }

    [TestCase("nothing.example.com", "")]
    [TestCase("nothing.example.com", "type: MX")]
    [TestCase("staging.example.com", "type: MX")]
    public async Task A_name_that_does_not_exist_is_measured(string name, string more)
    {
        var measured = await AskAsync(name, more);

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured));
        Assert.That(measured.Fact("exists").IsFalse);
        Assert.That(Texts(measured, more.Length == 0 ? "addresses" : "values"), Is.Empty);
    }

    [TestCase("refused.example.com", "the name server SERVER answered with REFUSED")]
    [TestCase("failing.example.com", "the name server SERVER answered with SERVFAIL")]
    [TestCase("damaged.example.com", "could not be reached: the name server's answer is damaged: the answer ends too early (SERVER)")]
    [TestCase("looping.example.com",
        "could not be reached: the name server's answer is damaged: a name in the answer refers to itself (SERVER)")]
    [TestCase("overlong.example.com",
        "could not be reached: the name server's answer is damaged: the length of a record of type A is wrong (SERVER)")]
    [TestCase("astray.example.com", "could not be reached: the name server's answer is damaged: the answer ends too early (SERVER)")]
    [TestCase("silent.example.com", "could not be reached: no name server answered for 'silent.example.com' within 300ms")]
    [TestCase("hung-up.example.com", "could not be reached: the name server's answer is damaged: the answer ends too early (SERVER)")]
    [TestCase("a..b", "'a..b' is no name of a host")]
    [TestCase("a..", "'a..' is no name of a host")]
    [TestCase("'.'", "'.' is no name of a host")]
    [TestCase("ä..b", "'ä..b' is no name of a host")]
    public async Task A_name_server_that_does_not_answer_proves_nothing(string name, string reason)
    {
        var measured = await AskAsync(name, "type: A, attempts: 1, timeout: 300ms");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unknown));
        Assert.That(measured.Reason, Is.EqualTo(reason.Replace("SERVER", _server.EndPoint.ToString())));
        Assert.That(measured.HasFact("exists"), Is.False);
    }

    [Test]
    public async Task No_name_server_proves_nothing()
    {
        var measured = await ProbeTesting.MeasureAsync("{ dns: example.com, server: '127.0.0.1:1', attempts: 1, timeout: 2s }");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unknown));
        Assert.That(measured.Reason, Is.EqualTo("could not be reached: connection refused (127.0.0.1:1)"));
    }

    [Test]
    public async Task A_server_is_given_by_its_address()
    {
        var measured = await ProbeTesting.MeasureAsync("{ dns: example.com, server: ns.example.com }");

        Assert.That(measured.Reason,
            Is.EqualTo("'ns.example.com' is no address of a name server; an IP address with a port or without is accepted"));
    }

    private Task<Measurement> AskAsync(string name, string more = "") =>
        ProbeTesting.MeasureAsync($"{{ dns: {name}, server: '{_server.EndPoint}'{(more.Length > 0 ? ", " + more : "")} }}");

    private static string[] Texts(Measurement measured, string fact) =>
        [.. measured.Fact(fact).AsList.Select((Value value) => value.AsString)];
}
