using System.Text.RegularExpressions;
using GateAction.Cel.Values;
using GateAction.Commands;
using GateAction.Core.Model;
using GateAction.GitHub.Api;
using GateAction.Sources;
using GateAction.Sources.Commits;
using GateAction.StandIns.Staging;
using GateAction.Surroundings;
using GateAction.Tests.Sources.Google;

namespace GateAction.Tests.Sources;

/// <summary>
/// Every way in which a source of evidence can fail, for every kind that asks one over HTTP: it is inconclusive, with one sentence, in
/// time, and without a fact. The sentences stand in the snapshot beside this file.
/// </summary>
internal sealed partial class SourceFailureTableTests
{
    private const string Secret = "s3cret-t0ken-of-the-job";

    private static readonly (string Kind, string Yaml)[] Kinds =
    [
        ("prometheus", "prometheus: up\nurl: URL\nheaders: { Authorization: Bearer s3cret-t0ken-of-the-job }"),
        ("cloud-logging", "cloud-logging: { project: acme-staging }\nsettle: 0s"),
        ("cloud-run", "cloud-run: { project: acme-staging, region: us-central1, service: backend }"),
        ("github", "github: 6dcb09b5b57875f334f61aebed695e2e4193db5e"),
        ("openapi", "openapi: URL\nheaders: { Authorization: Bearer s3cret-t0ken-of-the-job }"),
    ];

    private static readonly string[] Faults = [.. FaultyServer.OfSockets, .. FaultyServer.OfHttp];

    private readonly FailureTable<Measurement> _table = new();
    private GoogleWorld _world = null!;
    private StagingServer _other = null!;

    public static IEnumerable<string> KindsInTable => Kinds.Select(kind => kind.Kind);

    private static IEnumerable<(string Kind, string Fault)> Rows =>
        Kinds.SelectMany(kind => Faults.Where(fault => !IsNoFault(kind.Kind, fault)).Select(fault => (kind.Kind, fault)));

    private static IEnumerable<TestCaseData> Cells =>
        Rows.Select(row => new TestCaseData(row.Kind, row.Fault).SetName($"{row.Kind} | {row.Fault}".Replace('.', '·')));

    [OneTimeSetUp]
    public async Task StartAsync() =>
        (_world, _other) = (await GoogleWorld.StartWithServiceAccountAsync(), await StagingServer.StartAsync(Scenario.Healthy));

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _world.DisposeAsync();
        await _other.DisposeAsync();
    }

    [Test]
    public async Task What_each_source_says_of_each_fault()
    {
        var table = await FailureTable.ReadAsync(Rows, async row => Scrub((await MeasureAsync(row.Kind, row.Fault)).Reason!));

        Snapshot.Match(table);
    }

    [TestCaseSource(nameof(Cells))]
    public async Task A_source_that_fails_is_inconclusive(string kind, string fault)
    {
        var measured = await MeasureAsync(kind, fault);

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unknown));
        // An answer without data is one: how much there was of it is told.
        var isAnswer = measured.Reason!.StartsWith("no data:", StringComparison.Ordinal);
        Assert.That(measured.Facts.AsMap.Entries.Select(fact => fact.Key.AsString), isAnswer ? Has.None.EqualTo("value") : Is.Empty);
        Assert.That(measured.Reason, Is.Not.Empty.And.Not.Contains(Secret).And.Not.Contains("bug in gate").And.Not.Contains("\n"));
        Assert.That(_other.State.Requests.SelectMany(request => request.Headers.Values),
            Has.None.Contains(Secret).And.None.Contains("service-account."));
    }

    private Task<Measurement> MeasureAsync(string kind, string fault) => _table.CellAsync((kind, fault), async () =>
    {
        await using var server = await FaultyServer.StartAsync(fault, _other.Url);
        var yaml = Kinds.Single(row => row.Kind == kind).Yaml.Replace("URL", server.Url.ToString());
        return await MeasureYamlAsync(yaml, server.Url, FaultyServer.PatienceWith(fault));
    });

    private async Task<Measurement> MeasureYamlAsync(string yaml, Uri url, TimeSpan patience)
    {
        var environment = new Dictionary<string, string>(_world.Environment)
        {
            ["CLOUDSDK_API_ENDPOINT_OVERRIDES_RUN"] = url.ToString(),
            ["CLOUDSDK_API_ENDPOINT_OVERRIDES_LOGGING"] = url.ToString(),
        };
        using var github = new RepositoryApi(url, Secret, new("octo-org", "shop"), TimeProvider.System,
            new(patience, 0, TimeSpan.Zero, TimeSpan.Zero));
        var shell = _world.Shell with { Environment = name => environment.GetValueOrDefault(name) };
        var source = ProbeTesting.SourceOf("probe", $"{yaml}\ntimeout: {patience.TotalSeconds}s\nattempts: 1");
        if (source.Source is GitHubProbe probe)
            source = source with { Source = probe with { Ask = new CommitFacts(github, "staging", 1).AskAsync } };
        var collection = new Collection("test", [source], Value.Map(), null, null, 256, 64, TimeSpan.FromMinutes(1));
        using var collector = new Collector(collection, shell, new Secrets());
        return (await collector.CollectAsync(CancellationToken.None)).Measurements["probe"];
    }

    // An empty object is how Cloud Logging says that there are no entries.
    private static bool IsNoFault(string kind, string fault) => kind == "cloud-logging" && fault == "{}";

    private static string Scrub(string text) => Date().Replace(Count().Replace(Address().Replace(text, "HOST"), ": N bytes"), "DATE");

    [GeneratedRegex(@"127\.0\.0\.1:\d+")]
    private static partial Regex Address();

    [GeneratedRegex(@": \d+ bytes")]
    private static partial Regex Count();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d|\d\d:\d\d:\d\d UTC")]
    private static partial Regex Date();
}
