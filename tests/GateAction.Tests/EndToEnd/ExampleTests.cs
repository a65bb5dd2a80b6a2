using System.Text.RegularExpressions;
using GateAction.Core.Documents;
using GateAction.Core.Model;
using GateAction.StandIns;
using GateAction.StandIns.Examples;

namespace GateAction.Tests.EndToEnd;

/// <summary>The validation reports of <c>examples/</c> as gates: what they come to, and the comment kept beside each.</summary>
internal sealed partial class ExampleTests
{
    private static IReadOnlyList<Example> Examples => Example.All;

    [TestCase("issue-1146", "Warned", 0.9464, "postgres", "Degraded")]
    [TestCase("issue-565", "Warned", 0.95, "websocket-suite", "Waived")]
    [TestCase("issue-565-without-waivers", "Failed", 0.91, "websocket-suite", "Inconclusive")]
    [TestCase("issue-407", "Warned", 0.9688, "known-issues", "Degraded")]
    [TestCase("issue-1069", "Warned", 0.8968, "auth-connectivity", "Failed")]
    [TestCase("issue-802", "Failed", 0.3667, "ssot-suite", "Failed")]
    public async Task A_report_comes_to_its_verdict(string name, string state, double score, string telling, string itsState)
    {
        var example = Example.All.Single(example => example.Name == name);
        await using var world = await DemoWorld.StartAsync(example);

        await RunAsync(world);

        var verdict = Verdict(world);
        Assert.Multiple(() =>
        {
            Assert.That(verdict.Criteria.Single(criterion => criterion.Id == telling).State.ToString(), Is.EqualTo(itsState));
            Assert.That(verdict.State.ToString(), Is.EqualTo(state));
            Assert.That(verdict.Score, Is.EqualTo(score).Within(0.0005));
        });
    }

    [TestCaseSource(nameof(Examples))]
    public async Task The_comment_is_the_one_that_is_kept(Example example)
    {
        await using var world = await DemoWorld.StartAsync(example);

        var run = await RunAsync(world);

        Assert.That(world.GitHub.Repository.Comments, Has.Count.EqualTo(1), run.Error);
        var comment = Scrub(await File.ReadAllTextAsync(Path.Combine(world.Job.Directory, "gate-report", "comment.md")), world);
        Snapshot.MatchFile(comment, example.CommentPath, Path.ChangeExtension(example.CommentPath, ".received.md"));
    }

    [TestCaseSource(nameof(Examples))]
    public async Task The_manifest_is_valid(Example example)
    {
        var run = await ProgramRun.InAsync(example.Folder, _ => null, new ExampleClock(), CancellationToken.None, "validate",
            example.ManifestPath);

        Assert.That(run.ExitCode, Is.Zero, run.Out + run.Error);
    }

    [TestCaseSource(nameof(Examples))]
    public async Task The_page_of_the_reports_tells_what_became_of_each_criterion(Example example)
    {
        await using var world = await DemoWorld.StartAsync(example);
        var page = File.ReadAllText(Path.Combine(TestFiles.Repository, "docs", "reports.md"));
        var section = page.Split("\n## ")
            .Single(part => part.StartsWith($"Issue {example.Name.Split('-')[1]}\n", StringComparison.Ordinal));
        var rows = section.Split('\n');

        await RunAsync(world);

        Assert.That(Verdict(world).Criteria, Is.Not.Empty.And.All.Matches<CriterionVerdict>(criterion => rows.Any(row =>
            row.Contains($"| `{criterion!.Id}` |", StringComparison.Ordinal)
            && row[row.TrimEnd(' ', '|').LastIndexOf('|')..].Contains($"{criterion.State}", StringComparison.OrdinalIgnoreCase))));
    }

    private static Verdict Verdict(DemoWorld world)
    {
        using var stream = File.OpenRead(Path.Combine(world.Job.Directory, "gate-report", "verdict.json"));
        return VerdictJson.Read(stream, "verdict.json");
    }

    private static Task<ProgramRun> RunAsync(DemoWorld world) =>
        ProgramRun.InAsync(world.Job.Directory, name => world.Job[name], new ExampleClock(), CancellationToken.None, "run");

    /// <summary>Without what differs from run to run: the port, and times that were measured on this machine.</summary>
    private static string Scrub(string comment, DemoWorld world)
    {
        var text = comment.Replace(world.Staging.Url.ToString().TrimEnd('/'), "https://staging.example.com", StringComparison.Ordinal);
        return Bars().Replace(MeasuredLatency().Replace(MeasuredTime().Replace(text, "4ms"), "${condition}4ms"), "▄▄▄");
    }

    [GeneratedRegex(@"(?<=(p50|p95|max|latency|took|\|) )\d[\d.]*(ns|us|ms|s)\b")]
    private static partial Regex MeasuredTime();

    [GeneratedRegex(@"(?<condition>(latency[.\w]*|round_trip)[^`]*` was \*\*`)[\d.]+(us|ms|s)\b")]
    private static partial Regex MeasuredLatency();

    [GeneratedRegex("[▁▂▃▄▅▆▇█]+")]
    private static partial Regex Bars();
}
