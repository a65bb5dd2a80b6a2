using System.Text.RegularExpressions;
using GateAction.Core.Model;
using GateAction.StandIns.Staging;
using GateAction.Tests.Decisions;

namespace GateAction.Tests.Sources;

/// <summary>
/// Every way in which a target can misbehave, for every kind that asks one: what its criterion is and the sentence stand in
/// the snapshot beside this file. None is green, hangs, or shows a secret to anyone else.
/// </summary>
internal sealed partial class TargetFailureTableTests
{
    private const string Secret = "s3cret-t0ken-of-the-job";

    private static readonly (string Kind, string Yaml, string Condition, IEnumerable<string> Faults)[] Kinds =
    [
        (
            "http",
            $"http: URL\nheaders: {{ Authorization: Bearer {Secret} }}",
            """probe.status == 200 && probe.json.status == "healthy" && probe.headers["content-type"].startsWith("application/json")""",
            [.. FaultyServer.OfSockets, .. FaultyServer.OfHttp]),
        (
            "websocket",
            $"websocket: URL\nheaders: {{ Authorization: Bearer {Secret} }}\nsend: {{ type: ping }}\nreceive: json.type == "
            + "\"pong\"\nwithin: 3s",
            "probe.json.type == \"pong\"",
            [.. FaultyServer.OfSockets, .. FaultyServer.OfHttp, .. WebSocketFault.All.Select(fault => fault.Name)]),
        (
            "grpc",
            $"grpc: URL\nheaders: {{ Authorization: Bearer {Secret} }}",
            "probe.serving && probe.code == 0",
            [.. FaultyServer.OfSockets, "expired certificate"]),
        ("tcp", "tcp: HOST\nsend: PING\nexpect: PONG", "probe.connected && probe.expected", [.. FaultyServer.OfSockets, "/chaos/hang"]),
        ("tls", "tcp: HOST\ntls: true", "probe.connected && probe.tls.expires_in > 0s", [.. FaultyServer.OfSockets, "expired certificate"]),
    ];

    private readonly FailureTable<Measurement> _table = new();
    private StagingServer _other = null!;

    public static IEnumerable<string> KindsInTable => Kinds.Select(kind => kind.Kind);

    private static IEnumerable<(string Kind, string Fault)> Rows =>
        Kinds.SelectMany(kind => kind.Faults.Select(fault => (kind.Kind, fault)));

    private static IEnumerable<TestCaseData> Cells =>
        Rows.Select(row => new TestCaseData(row.Kind, row.Fault).SetName($"{row.Kind} | {row.Fault}".Replace('.', '·')));

    [OneTimeSetUp]
    public async Task StartAsync() => _other = await StagingServer.StartAsync(Scenario.Healthy);

    [OneTimeTearDown]
    public async Task StopAsync() => await _other.DisposeAsync();

    [Test]
    public async Task What_each_target_says_of_each_fault()
    {
        var table = await FailureTable.ReadAsync(Rows, async row =>
        {
            var measured = await MeasureAsync(row.Kind, row.Fault);
            return $"{Decide(row.Kind, measured).State("up")} – {Scrub(measured.Reason ?? "measured")}";
        });

        Snapshot.Match(table);
    }

    [TestCaseSource(nameof(Cells))]
    public async Task A_target_that_fails_is_never_green(string kind, string fault)
    {
        var measured = await MeasureAsync(kind, fault);

        var verdict = Decide(kind, measured);
        Assert.That(verdict.State, Is.EqualTo(VerdictState.Failed).Or.EqualTo(VerdictState.Inconclusive));
        Assert.That(measured.Reason ?? "", Does.Not.Contain(Secret).And.Not.Contain("bug in gate").And.Not.Contain("\n"));
        Assert.That(measured.Outcome == Outcome.Measured || measured.Reason is not null);
        Assert.That(_other.State.Requests.SelectMany(request => request.Headers.Values), Has.None.Contains(Secret));
    }

    private Task<Measurement> MeasureAsync(string kind, string fault) => _table.CellAsync((kind, fault), async () =>
    {
        await using var server = await FaultyServer.StartAsync(fault, _other.Url);
        var yaml = Kinds.Single(row => row.Kind == kind).Yaml.Replace("URL", server.Url.ToString()).Replace("HOST", server.Url.Authority);
        return await ProbeTesting.MeasureAsync($"{yaml}\ntimeout: {FaultyServer.PatienceWith(fault).TotalSeconds}s\nattempts: 1");
    });

    private static Verdict Decide(string kind, Measurement measured) =>
        Gates.Gate(Gates.Criterion("up", Kinds.Single(row => row.Kind == kind).Condition)).Decide(("probe", measured));

    private static string Scrub(string text) => Date().Replace(Count().Replace(Address().Replace(text, "HOST"), ": N bytes"), "DATE");

    [GeneratedRegex(@"127\.0\.0\.1:\d+")]
    private static partial Regex Address();

    [GeneratedRegex(@": \d+ bytes")]
    private static partial Regex Count();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d")]
    private static partial Regex Date();
}
