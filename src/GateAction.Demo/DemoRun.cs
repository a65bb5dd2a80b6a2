using GateAction.Cel.Values;
using GateAction.StandIns;
using GateAction.StandIns.Comments;
using GateAction.StandIns.Examples;
using GateAction.StandIns.Staging;
using GateAction.Surroundings;
using GateAction.Terminal;
using Spectre.Console;

namespace GateAction.Demo;

/// <summary>The main job as a workflow would run it, and then what GitHub shows of it.</summary>
internal sealed class DemoRun(Shell shell, DemoScenario scenario)
{
    // Who wants no colour gets no other escape codes either: a cursor that hides, a line that is written again.
    private readonly Shell _shell = shell with { IsTerminal = shell.IsTerminal && shell.HasColor, Width = Math.Min(shell.Width, 120) };

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        await using var world = await scenario.StartAsync();
        var folder = Path.Combine(DemoRepository.Path, "artifacts", "demo", scenario.Name);
        world.Job["INPUT_OUT"] = folder;
        world.Job["INPUT_ANNOTATIONS"] = "false";
        var console = TerminalConsole.Of(_shell, _shell.Out);
        console.MarkupLine(
            $"[grey]staging ({scenario.Name}) at {world.Staging.Url} · GitHub at {world.GitHub.Url} · manifest "
            + $"{scenario.ManifestPath}[/]\n");
        if (scenario.Example is not null)
            console.MarkupLine(
                $"[grey]The clock stands at {UnitText.Date(Example.Day)}, when the report was new and its waivers had not expired.[/]\n");

        var exitCode = await GateAction.Program.RunAsync(["run"],
            scenario.Around(_shell) with { Environment = InJob, Directory = world.Job.Directory }, cancellation);

        await ShowGitHubAsync(console, world, folder);
        console.MarkupLine($"exit code of [bold]gate run[/]: [bold]{exitCode}[/]");
        return 0;

        // The log of a job has colour; this one goes where the demo was started.
        string? InJob(string name) => name == "NO_COLOR" && !_shell.HasColor ? "1" : world.Job[name];
    }

    /// <summary>Until it is interrupted; then tells which statuses were set.</summary>
    public async Task<int> ServeAsync(CancellationToken cancellation)
    {
        await using var world = await scenario.StartAsync();
        foreach (var (name, value) in world.Job.Variables)
            await _shell.Out.WriteLineAsync($"{name}={value}");
        await _shell.Out.WriteLineAsync();
        await _shell.Out.FlushAsync(cancellation);
        await Task.Delay(Timeout.InfiniteTimeSpan, _shell.Time, cancellation)
            .ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        foreach (var status in world.GitHub.Repository.Statuses)
            await _shell.Out.WriteLineAsync($"{status.Context} {status.State}: {status.Description}");
        return 0;
    }

    private static async Task ShowGitHubAsync(IAnsiConsole console, DemoWorld world, string folder)
    {
        console.WriteLine();
        console.Write(new Rule("[bold]What GitHub shows[/]").LeftJustified());
        foreach (var comment in world.GitHub.Repository.Comments)
        {
            console.Write(CommentView.Render(comment.Author, comment.Body));
            await File.WriteAllTextAsync(Path.Combine(folder, "comment.html"), CommentPage.Render(comment.Author, comment.Body));
        }
        foreach (var status in world.GitHub.Repository.Statuses)
            console.MarkupLine(
                $"status [bold]{Markup.Escape(status.Context)}[/] → [bold]{status.State}[/]: {Markup.Escape(status.Description ?? "")}");
        console.MarkupLine("\nreport files:");
        foreach (var file in Directory.GetFiles(folder).Order())
            console.MarkupLine($"  {Markup.Escape(file)}");
    }
}

/// <summary>What the demo can play: the shop of <c>examples/first</c> in one of its states, or a validation report.</summary>
/// <param name="Example">The report; null for the shop.</param>
internal sealed record DemoScenario(string Name, Scenario Staging, Example? Example)
{
    public static IReadOnlyList<DemoScenario> All { get; } =
    [
        .. Enum.GetValues<Scenario>().Select(scenario => new DemoScenario(scenario.Word(), scenario, null)),
        .. Example.All.Select(example => new DemoScenario(example.Name, Scenario.Healthy, example)),
    ];

    public string ManifestPath =>
        Path.GetRelativePath(DemoRepository.Path,
        Example?.ManifestPath ?? Path.Combine(DemoRepository.Path, "examples", "first", "gate.yml"));

    public Task<DemoWorld> StartAsync() =>
        Example is null ? DemoWorld.StartAsync(Staging, DemoRepository.Example("first")) : DemoWorld.StartAsync(Example);

    public Shell Around(Shell shell) => Example is null ? shell : shell with { Time = new ExampleClock() };
}
