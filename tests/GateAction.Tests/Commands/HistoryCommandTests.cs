using GateAction.Cel.Values;
using GateAction.Core.Documents;
using GateAction.Core.Model;
using GateAction.Tests.Documents;
using GateAction.Tests.Reports;
using GateAction.Tests.Terminal;

namespace GateAction.Tests.Commands;

internal sealed class HistoryCommandTests
{
    private string _folder = "";

    [SetUp]
    public void CreateRuns()
    {
        _folder = Directory.CreateTempSubdirectory("gate").FullName;
        for (var day = 1; day <= 6; day++)
            CreateRun(day, day < 6 ? VerdictState.Passed : VerdictState.Failed, score: 0.8 + (day * 0.02),
                milliseconds: day < 6 ? 500 + day : 400);
    }

    [Test]
    public async Task Runs_are_shown_oldest_first_with_their_trend()
    {
        var (exitCode, output) = await RunAsync("history", "runs");

        Assert.That(exitCode, Is.Zero);
        Snapshot.Match(output);
    }

    [Test]
    public async Task Json_fits_its_schema()
    {
        var (exitCode, output) = await RunAsync("history", "runs", "--json");

        Assert.That(exitCode, Is.Zero);
        Assert.That(SchemaFile.Of("history.schema.json").Problems(output), Is.Empty);
        Assert.That(output, Does.Contain("score 82% → 92% over 6 runs, p95 of backend ▼ 20%, 1 flaky test"));
    }

    [Test]
    public async Task The_newest_run_becomes_a_page_with_its_history()
    {
        await RunAsync("history", "runs", "--html", "page.html");

        Assert.That(await File.ReadAllTextAsync(Path.Combine(_folder, "page.html")), Does.Contain("Score of 6 runs, now 92%"));
    }

    [TestCase("runs/loop", ".")]
    [TestCase("runs/loop", "..")]
    [TestCase("runs/latest", "day-1")]
    [Platform(Exclude = "Win")]
    public async Task A_run_counts_once_whatever_links_lead_to_it(string link, string target)
    {
        var before = await RunAsync("history", "runs", "--json");
        if (target == "day-1")
            target = Path.GetFileName(Directory.GetDirectories(Path.Combine(_folder, "runs"))[0]);
        Directory.CreateSymbolicLink(Path.Combine(_folder, link), target);

        var after = await RunAsync("history", "runs", "--json");

        Assert.That(after.Output, target == ".." ? Does.Contain("is a link that leads out") : Is.EqualTo(before.Output));
    }

    [Test]
    public async Task A_folder_without_runs_is_bad_input()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "empty"));

        Assert.That(await RunAsync("history", "empty"),
            Is.EqualTo((2, "gate: no earlier run is in 'empty': neither 'evidence.json' nor 'verdict.json'\n")));
    }

    [Test]
    public async Task A_file_that_is_no_evidence_is_bad_input_with_its_name()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "x.json"), "{");

        var (exitCode, output) = await RunAsync("history", "x.json");

        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(output, Does.StartWith("gate: x.json is not whole JSON"));
    }

    [Test]
    public async Task Runs_of_several_gates_want_one_to_be_chosen()
    {
        CreateRun(7, VerdictState.Passed, 1, 100, gate: "canary");

        Assert.That((await RunAsync("history", "runs")).Output, Does.Contain("choose one of 'staging', 'canary' with '--gate'"));
        Assert.That((await RunAsync("history", "runs", "--gate", "canary")).ExitCode, Is.Zero);
    }

    [Test]
    public async Task Without_files_the_ways_to_name_runs_are_told() =>
        Assert.That(await RunAsync("history"),
        Is.EqualTo((2, "gate: name files or folders of earlier runs, or read those on GitHub with '--artifacts'\n")));

    private void CreateRun(int day, VerdictState state, double score, int milliseconds, string gate = "staging")
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "runs", $"{day:00}")).FullName;
        var startedAt = SampleEvidence.StartedAt.AddDays(day);
        var flaky = day == 3 ? Value.List([Value.Map(("name", Value.String("checkout › pays")))]) : Value.List(Array.Empty<Value>());
        var evidence = SampleEvidence.Of(
            ("backend", SampleEvidence.Measured("http",
            ("latency", Value.Map(("p95", Value.Duration(TimeSpan.FromMilliseconds(milliseconds))))))),
            ("unit", SampleEvidence.Measured("results", ("failed", Value.Int(day == 6 ? 2 : 0)), ("flaky_tests", flaky)))) with
        { StartedAt = startedAt, Gate = gate };
        Write(Path.Combine(folder, "evidence.json"), stream => EvidenceJson.Write(stream, evidence));
        Write(Path.Combine(folder, "verdict.json"), stream =>
            VerdictJson.Write(stream, SampleVerdicts.Passing with { State = state, Score = score, StartedAt = startedAt, Gate = gate }));
    }

    private static void Write(string path, Action<Stream> write)
    {
        using var stream = File.Create(path);
        write(stream);
    }

    private async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        var shell = Scene.Of() with { Directory = _folder };
        var exitCode = await Program.RunAsync(arguments, shell, CancellationToken.None);
        return (exitCode, shell.Out.ToString() + shell.Error);
    }
}
