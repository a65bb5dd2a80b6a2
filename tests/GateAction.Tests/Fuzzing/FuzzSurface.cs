using System.Text;
using GateAction.Cel;
using GateAction.Cel.Values;
using GateAction.Core.Decisions;
using GateAction.Core.Documents;
using GateAction.Core.Model;
using GateAction.GitHub;
using GateAction.GitHub.Api;
using GateAction.GitHub.Events;
using GateAction.GitHub.Overrides;
using GateAction.GitHub.Publishing;
using GateAction.Sources;
using GateAction.Sources.Results;
using GateAction.Sources.Results.Coverage;
using GateAction.Tests.Cel;
using GateAction.Tests.Decisions;
using GateAction.Tests.Manifests;
using GateAction.Tests.Sources.Results;
using GateAction.Tests.Sources.Results.Coverage;

namespace GateAction.Tests.Fuzzing;

/// <summary>One kind of input that strangers write, the real examples of it, and what the gate does with it.</summary>
/// <param name="Read">Ends in a value or in a <see cref="GateException"/>; the path is free for a file.</param>
internal sealed record FuzzSurface(string Name, Func<IEnumerable<byte[]>> Seeds, Action<byte[], string> Read)
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gate Gate = Gates.Gate(
        Gates.Criterion("a", "backend.status == 200 && backend.json.status == \"ok\""),
        Gates.Criterion("b", "unit.failed == 0 && backend.latency.p95 <= baseline.backend.latency.p95"));

    public static readonly IReadOnlyList<FuzzSurface> All =
    [
        new("manifests", Manifests, (bytes, _) => ManifestCases.Read(bytes)),
        new("conditions", Conditions, (bytes, _) => ReadCondition(Encoding.UTF8.GetString(bytes))),
        new("results", Results, (bytes, path) => { Write(path, bytes); ResultFile.Read(new(path, "results"), TestFilter.All); }),
        new("coverage", Coverage, (bytes, path) => { Write(path, bytes); CoverageReader.Read(new(path, "coverage")); }),
        new("events", Events, ReadEvent),
        new("evidence", Evidences, (bytes, _) => ReadEvidence(bytes)),
        new("comments", Comments, (bytes, _) => CommentMarker.Read(Encoding.UTF8.GetString(bytes))),
        new("commands", Commands, (bytes, _) => ReadCommands(Encoding.UTF8.GetString(bytes))),
    ];

    public override string ToString() => Name;

    private static void Write(string path, byte[] bytes) => File.WriteAllBytes(path, bytes);

    private static IEnumerable<byte[]> Manifests() => Below("tests/GateAction.Tests/Manifests", "*.yml").Concat(Below("examples", "*.yml"));

    private static IEnumerable<byte[]> Conditions() =>
        [.. Enumerable.Range(0, 400).Select(seed => RandomCondition.Make(seed).Text).Concat(ExplanationTests.Explained)
        .Select(Encoding.UTF8.GetBytes)];

    private static IEnumerable<byte[]> Results() =>
        FormatSamples.All.Select(sample => Encoding.UTF8.GetBytes(sample.Content)).Concat(Below("tests/GateAction.Tests/data", "*"));

    private static IEnumerable<byte[]> Coverage() => CoverageSamples.All.Select(sample => Encoding.UTF8.GetBytes(sample.Text));

    private static IEnumerable<byte[]> Events()
    {
        const string repository =
            """{ "full_name": "acme/shop", "default_branch": "main", "id": 1, "fork": false, "owner": { "login": "acme" } }""";
        const string side = $$"""{ "ref": "main", "sha": "9b1f6c3d5e7f9b1f6c3d5e7f9b1f6c3d5e7f9b1f", "repo": {{repository}}, "user": { "login": "octocat" } }""";
        string[] texts =
        [
            $$"""{ "action": "synchronize", "number": 7, "pull_request": { "number": 7, "state": "open", "draft": false, "head": {{side}}, "base": {{side}}, "user": { "login": "octocat" } }, "repository": {{repository}} }""",
            $$"""{ "ref": "refs/heads/main", "before": "0", "after": "9b1f6c3", "deleted": false, "head_commit": { "id": "9b1f6c3" }, "repository": {{repository}} }""",
            $$"""{ "action": "completed", "workflow_run": { "id": 100, "head_sha": "9b1f6c3", "head_branch": "f", "head_repository": {{repository}}, "pull_requests": [{ "number": 7, "head": {{side}}, "base": {{side}} }], "event": "pull_request", "conclusion": "success" }, "repository": {{repository}} }""",
            $$"""{ "action": "checks_requested", "merge_group": { "head_sha": "9b1f6c3", "head_ref": "refs/heads/gh-readonly-queue/main/pr-7-9b1f6c3", "base_sha": "1", "base_ref": "refs/heads/main" }, "repository": {{repository}} }""",
            $$"""{ "action": "created", "deployment_status": { "state": "success", "environment": "staging", "environment_url": "https://staging.example.com" }, "deployment": { "id": 5, "sha": "9b1f6c3", "ref": "main", "environment": "staging" }, "repository": {{repository}} }""",
            $$"""{ "action": "created", "issue": { "number": 7, "pull_request": { "url": "x" }, "state": "open" }, "comment": { "id": 3, "body": "/gate waive api for 3d: known", "user": { "login": "octocat", "type": "User" } }, "repository": {{repository}} }""",
        ];
        return texts.Select(Encoding.UTF8.GetBytes);
    }

    private static IEnumerable<byte[]> Evidences()
    {
        var evidence = Evidence();
        using var written = new MemoryStream();
        EvidenceJson.Write(written, evidence);
        using var verdict = new MemoryStream();
        VerdictJson.Write(verdict, Decision.Decide(Gate, evidence, null, Now));
        return [written.ToArray(), verdict.ToArray()];
    }

    private static Evidence Evidence()
    {
        var facts = Value.Map(
            ("status", Value.Int(200)),
            ("json", Value.Map(("status", Value.String("ok")), ("token", Value.Withheld("***")),
            ("list", Value.List([Value.Int(1), Value.Null])))),
            ("latency", Value.Map(("p95", Value.Duration(TimeSpan.FromMilliseconds(812))))));
        var backend = new Measurement("http", Outcome.Measured, null, facts, Now, TimeSpan.FromSeconds(1), "answered on attempt 2",
            "https://staging.example.com",
            [TimeSpan.FromMilliseconds(155), null], ["one"])
        { Spread = new([new("json")], [new(2, facts, null)], ["a"], 1) };
        var unit = new Measurement("results", Outcome.Unclean, "no file matches", Value.Map(("failed", Value.Int(0))), Now, TimeSpan.Zero);
        return new("staging", Now, TimeSpan.FromSeconds(2), Value.Map(("sha", Value.String("9b1f6c3"))), ["src/a.cs"],
            new Dictionary<string, Measurement> { ["backend"] = backend, ["unit"] = unit }, new("acme/shop", "9b1f6c3", 100, 1));
    }

    private static IEnumerable<byte[]> Comments()
    {
        var verdict = Decision.Decide(Gate, Evidence(), null, Now);
        var marker = new CommentMarker("staging", "9b1f6c3", 100, 1, "0123456789abcdef")
        { Evidence = new string('a', 64), Run = Core.Reports.PreviousRun.Of(verdict) };
        string[] texts = [marker.Sign("### Passed\n\n| a | b |\n"), (marker with { Run = null }).Sign("no")];
        return texts.Select(Encoding.UTF8.GetBytes);
    }

    private static IEnumerable<byte[]> Commands()
    {
        string[] texts =
        [
            "/gate waive a for 3d: known, #12", "/gate unwaive a", "/gate rerun", "/gate rerun all", "/gate waive staging/a for 12h: known",
            "I looked at it.\n\n/gate waive a for 1d12h: \"known\"\n/gate waive b for 7d: the same\n/gate rerun\n",
            "> /gate waive a for 3d: quoted\n\n```sh\n/gate rerun\n```\n\n    /gate rerun\n",
            "~~~~\n/gate waive a for 3d: x\n~~~~\n/gate rerun",
            "<!--\n/gate waive a for 3d: hidden\n-->\n<details>\n\n/gate unwaive a\n\n</details>",
            "/GATE Waive a FOR 3D : case\r\n/gate\r\n",
        ];
        return texts.Select(Encoding.UTF8.GetBytes);
    }

    // What a comment asks for, and what became of it once the manifest has its say.
    private static void ReadCommands(string text)
    {
        var rules = new WaiverRules(Gate with { Override = new(["maintain"], TimeSpan.FromDays(7)) }, Now);
        foreach (var command in CommentCommands.Read(text))
        {
            if (command is WaiverCommand waiver && rules.WhyNotHere(waiver) is null && command is WaiveCommand waive)
                _ = rules.WhyNotNow(waive, Now, isEdited: false);
            if (command is MalformedCommand { Problem.Length: 0 })
                throw new InvalidOperationException("a command that cannot be followed has no sentence");
        }
    }

    private static void ReadCondition(string text)
    {
        var (condition, _) = Condition.Parse(text);
        if (condition is null)
            return;
        condition.Check(Cel.Staging.Types);
        condition.Warnings(Cel.Staging.Types);
        _ = condition.Evaluate(Cel.Staging.Scope).Explanation;
    }

    private static void ReadEvent(byte[] bytes, string path)
    {
        Write(path, bytes);
        // A payload is often one of another event than its name says; each gets one of all.
        foreach (var kind in (EventKind[])[EventKinds.All[bytes.Sum(one => one) % EventKinds.All.Count]])
        {
            var job = new ActionsJob(new("https://api.example.com"), new("https://example.com"), RepositoryName.Parse("acme/shop"),
                kind.Name, path,
                "9b1f6c3d5e7f9b1f6c3d5e7f9b1f6c3d5e7f9b1f", "refs/pull/7/merge", "octocat", 100, 1, null, null, null, "/");
            try
            {
                EventKinds.ReadAsync(job, null, CancellationToken.None).GetAwaiter().GetResult();
            }
            catch (GateException)
            {
                continue;
            }
        }
    }

    private static void ReadEvidence(byte[] bytes)
    {
        try
        {
            var evidence = EvidenceJson.Read(new MemoryStream(bytes), "evidence.json", SourceKinds.EvidenceOf);
            Decision.Decide(Gate, evidence, evidence, Now);
        }
        catch (GateException)
        {
            VerdictJson.Read(new MemoryStream(bytes), "verdict.json");
        }
    }

    private static IEnumerable<byte[]> Below(string folder, string pattern) =>
        Path.Combine(TestFiles.Repository, folder) is var path && Directory.Exists(path)
        ? Directory.GetFiles(path, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)
        : [];
}
