using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using GateAction.Cel;
using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Sources;
using GateAction.StandIns.Staging;
using GateAction.Surroundings;
using GateAction.Tests.Decisions;

namespace GateAction.Tests.Sources;

/// <summary>A soak tells its samples apart and keeps no more of them than conditions read.</summary>
internal sealed class HttpSoakTests
{
    [TestCase("soak.json.sha == \"new\"", CriterionState.Failed)]
    [TestCase("soak.json.sha != \"\"", CriterionState.Passed)]
    [TestCase("soak.body.contains(\"old\")", CriterionState.Failed)]
    [TestCase("!soak.body.contains(\"old\")", CriterionState.Failed)]
    [TestCase("soak.headers[\"x-pod\"] == \"a\"", CriterionState.Failed)]
    [TestCase("soak.headers[\"x-pod\"] in [\"a\", \"b\"]", CriterionState.Passed)]
    [TestCase("soak.status == 200", CriterionState.Passed)]
    [TestCase("soak.statuses[\"200\"] == 6 && size(soak.latencies) == 6", CriterionState.Passed)]
    [TestCase("soak.observations.exists_one(o, o.json.sha == \"new\")", CriterionState.Passed)]
    [TestCase("soak.observations.all(o, o.latency < 5s && o.status == 200 && !has(o.body))", CriterionState.Passed)]
    public async Task A_rollout_that_stopped_half_way_is_seen_in_the_samples(string condition, CriterionState state)
    {
        using var server = Answering(number => number == 6
            ? WireServer.Answer("""{"sha": "new"}"""u8.ToArray(), "X-Pod: a\r\n")
            : WireServer.Answer("""{"sha": "old"}"""u8.ToArray(), "X-Pod: b\r\n"));

        var measured = await MeasureAsync(server, 6, condition);

        Assert.That(Gates.Gate(Gates.Criterion("it", condition)).Decide(("soak", measured)).State("it"), Is.EqualTo(state),
            measured.Reason);
    }

    [TestCase("${soak.json.sha}", false)]
    [TestCase("${soak.json.list}", false)]
    [TestCase("${soak.json.other}", false)]
    [TestCase("${soak.body}", false)]
    [TestCase("${soak.headers[\"x-pod\"]}", false)]
    [TestCase("${soak.json.name}", true)]
    [TestCase("${soak.headers[\"x-zone\"]}", true)]
    [TestCase("${soak.status}", true)]
    [TestCase("${soak.samples}", true)]
    public async Task What_differs_between_samples_fills_in_nothing_elsewhere(string reference, bool isFilledIn)
    {
        using var server = Answering(number => WireServer.Answer(Encoding.ASCII.GetBytes(number % 3 == 2
            ? """{"sha": "new", "name": "api", "list": [1, 2], "other": 1}"""
            : """{"sha": "old", "name": "api", "list": [2, 1]}"""), $"X-Pod: {number}\r\nX-Zone: a\r\n"));

        var evidence = await ProbeTesting.CollectAsync(
            [("soak", $"{{ http: '{server.Url}', samples: 5 }}"), ("next", $"http: '{server.Url}?of={reference}'")]);

        var next = evidence.Measurements["next"];
        Assert.That(next.Outcome, Is.EqualTo(isFilledIn ? Outcome.Measured : Outcome.Unknown), next.Reason);
        Assert.That(next.Reason, isFilledIn ? Is.Null : Is.EqualTo(
            $"was not measured: the samples of 'soak' differ in '{reference[2..^1]}', and which of them is meant is not known; read it of "
            + "a "
            + "probe without 'samples'"));
    }

    [Test]
    public async Task Samples_that_differ_only_in_what_nobody_reads_are_one_observation()
    {
        using var server = Answering(number =>
            WireServer.Answer(Encoding.ASCII.GetBytes($$"""{"sha": "new", "now": {{number}}}"""), $"X-Request-Id: {number}\r\n"));

        var measured = await MeasureAsync(server, 8, "soak.json.sha == \"new\"");

        Assert.That(measured.Spread!.Differing, Is.EqualTo((FactPart[])[new("body"), new("headers", "x-request-id"), new("json")]));
        Assert.That(measured.Spread.Observations.Select(one => (one.Count, ValueJson.Write(one.Facts))),
            Is.EqualTo([(8, """{"json":{"sha":"new"}}""")]));
        Assert.That(ValueJson.Write(measured.Fact("observations").AsList[0]), Does.Not.Contain("now").And.Contain("\"sha\":\"new\""));
    }

    [Test]
    public async Task Samples_that_are_alike_have_no_spread()
    {
        using var server = Answering(_ => WireServer.Answer("""{"sha": "new"}"""u8.ToArray()));

        var measured = await MeasureAsync(server, 4, "soak.json.sha == \"new\"");

        Assert.That(measured.Spread, Is.Null);
        Assert.That(measured.Fact("samples").AsInt, Is.EqualTo(4));
    }

    [Test]
    public async Task A_sample_that_is_no_JSON_makes_a_condition_over_it_inconclusive()
    {
        using var server = Answering(number => WireServer.Answer(Encoding.ASCII.GetBytes(number == 2 ? "<html>" : """{"sha": "new"}""")));
        const string condition = "soak.json.sha == \"new\"";

        var measured = await MeasureAsync(server, 4, condition);

        var criterion = Gates.Gate(Gates.Criterion("it", condition)).Decide(("soak", measured)).Criteria.Single();
        Assert.That(criterion.State, Is.EqualTo(CriterionState.Inconclusive));
        Assert.That(criterion.Reason,
            Does.Contain("the body is not JSON (line 1, byte 1)").And.Contain("it holds for 3 of 4 samples of 'soak'"));
    }

    [Test]
    public async Task Masked_values_show_in_no_sample()
    {
        using var server = Answering(number =>
            WireServer.Answer(Encoding.ASCII.GetBytes($$"""{"token": "s3cret-{{number}}-token"}"""),
            $"Set-Cookie: sid=c00kie-{number}-value\r\n"));
        const string condition = "soak.json.token != \"\" && soak.headers[\"set-cookie\"] != \"\" && size(soak.observations) > 0";

        var measured = await MeasureAsync(server, 3, condition, "mask: json.token");

        using var stream = new MemoryStream();
        GateAction.Core.Documents.EvidenceJson.Write(stream, Documents.SampleEvidence.Of([("soak", measured)]));
        Assert.That(Encoding.UTF8.GetString(stream.ToArray()),
            Does.Contain("\"observations\"").And.Contain("***").And.Not.Contain("s3cret-").And.Not.Contain("c00kie-"));
    }

    [Test]
    public async Task Bodies_that_are_large_and_differ_are_not_kept_and_never_green()
    {
        using var server = Answering(number => WireServer.Answer(Encoding.ASCII.GetBytes($"{number:000}" + new string('x', 1000 * 1000))));
        const string condition = "!soak.body.contains(\"ERROR\")";

        var measured = await MeasureAsync(server, 12, condition);

        Assert.That(measured.Spread!.Observations, Has.Count.EqualTo(4));
        Assert.That(measured.Spread.Unkept, Is.EqualTo(8));
        Assert.That(Gates.Gate(Gates.Criterion("it", condition)).Decide(("soak", measured)).State("it"),
            Is.EqualTo(CriterionState.Inconclusive));
    }

    [TestCase("size(soak.json.items) == 1", 300)]
    [TestCase("soak.observations.all(o, o.status == 200)", 300)]
    [TestCase("soak.observations.all(o, o.json.items != [])", 15)]
    public async Task What_the_samples_hold_in_all_is_bounded(string condition, int kilobytes)
    {
        var padding = new string('x', kilobytes * 1000);
        using var server = Answering(number => WireServer.Answer(Encoding.ASCII.GetBytes($$"""{"items": ["{{number}}{{padding}}"]}""")));

        var measured = await MeasureAsync(server, 40, condition);

        Assert.That(ValueJson.Write(measured.Fact("observations")), Has.Length.LessThan(5_000_000));
        Assert.That(measured.Fact("observations").AsList, Has.Count.EqualTo(40));
    }

    [Test]
    public async Task Certificates_of_several_servers_behind_one_name_count_with_the_weakest()
    {
        using var certificates = new Certificates(TimeProvider.System);
        var (below, intermediate) = certificates.BelowIntermediate(TimeSpan.FromDays(10));
        X509Certificate2Collection above = [intermediate];
        var connections = 0;
        var authority = Path.GetTempFileName();
        await File.WriteAllTextAsync(authority, certificates.AuthorityPem);
        var (good, weak) = (WireServer.Tls(certificates.Good()), WireServer.Tls(below, above));
        using var server = new WireServer(
            async stream =>
            {
                if (await WireServer.ReadHeadAsync(stream) is not null)
                    await stream.WriteAsync(WireServer.Answer("{}"u8.ToArray(), "Connection: close\r\n"));
            },
            () => Interlocked.Increment(ref connections) == 2 ? weak : good);
        const string condition = "soak.tls.chain_expires_in > 20d";

        var measured = await MeasureAsync(server, 3, condition, $"ca: {authority}");

        File.Delete(authority);
        Assert.That(measured.Fact("tls.chain_expires_in").Seconds / 86400.0, Is.EqualTo(10).Within(0.1), measured.Reason);
        Assert.That(Gates.Gate(Gates.Criterion("it", condition)).Decide(("soak", measured)).State("it"), Is.EqualTo(CriterionState.Failed));
    }

    [Test]
    public async Task An_answer_shows_the_certificate_of_its_own_connection()
    {
        using var certificates = new Certificates(TimeProvider.System);
        var (below, intermediate) = certificates.BelowIntermediate(TimeSpan.FromDays(10));
        X509Certificate2Collection above = [intermediate];
        var authority = Path.GetTempFileName();
        await File.WriteAllTextAsync(authority, certificates.AuthorityPem);
        var (first, second) = (WireServer.Tls(certificates.Good()), WireServer.Tls(below, above));
        var (connections, answers) = (0, 0);
        var isAnswered = new TaskCompletionSource();
        using var server = new WireServer(
            async stream =>
            {
                await WireServer.ReadHeadAsync(stream);
                // The first request is answered once the second connection was opened and used.
                if (Interlocked.Increment(ref answers) == 1)
                    await isAnswered.Task;
                var days = ((SslStream)stream).LocalCertificate!.Equals(below) ? 10 : 30;
                await stream.WriteAsync(WireServer.Answer(Encoding.ASCII.GetBytes($"{days}"), "Connection: close\r\n"));
                isAnswered.TrySetResult();
            },
            () => Interlocked.Increment(ref connections) == 1 ? first : second);
        var yaml = $"{{ http: '{server.Url}', http-version: '1.1', ca: {authority}, attempts: 1 }}";

        var evidence = await ProbeTesting.CollectAsync([("one", yaml), ("two", yaml)]);

        File.Delete(authority);
        foreach (var measured in evidence.Measurements.Values)
            Assert.That(measured.Fact("tls.chain_expires_in").Seconds / 86400.0,
                Is.EqualTo((double)measured.Fact("json").AsInt).Within(0.1),
                measured.Reason);
        Assert.That(evidence.Measurements.Values.Select(one => one.Fact("json").AsInt), Is.EquivalentTo((long[])[10, 30]));
    }

    private static WireServer Answering(Func<int, byte[]> answer)
    {
        var requests = 0;
        return new WireServer(async stream =>
        {
            while (await WireServer.ReadHeadAsync(stream) is not null)
                await stream.WriteAsync(answer(++requests));
        });
    }

    private static async Task<Measurement> MeasureAsync(WireServer server, int samples, string condition, string more = "timeout: 5s")
    {
        var source = ProbeTesting.SourceOf("soak", $"{{ http: '{server.Url}', samples: {samples}, {more} }}");
        var collection = new Collection("test", [source], Value.Map(), null, null, 256, 64, TimeSpan.FromMinutes(1))
        { Conditions = [Condition.Parse(condition).Condition!] };
        using var collector = new Collector(collection, ProbeTesting.Shell, new Secrets());
        return (await collector.CollectAsync(CancellationToken.None)).Measurements["soak"];
    }
}
