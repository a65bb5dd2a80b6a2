using GateAction.StandIns;
using GateAction.StandIns.GitHub.State;
using GateAction.Surroundings;

namespace GateAction.Tests.EndToEnd;

/// <summary>What one run of the program wrote and how it ended.</summary>
internal sealed record ProgramRun(int ExitCode, string Out, string Error)
{
    /// <summary>Runs the program in the world's job, as a workflow would.</summary>
    public static Task<ProgramRun> InJobAsync(DemoWorld world, params IReadOnlyList<string> args) =>
        InAsync(world.Job.Directory, name => world.Job[name], CancellationToken.None, args);

    public static Task<ProgramRun> InAsync(
        string directory, Func<string, string?> environment, CancellationToken cancellation, params IReadOnlyList<string> args) =>
        InAsync(directory, environment, TimeProvider.System, cancellation, args);

    public static async Task<ProgramRun> InAsync(
        string directory, Func<string, string?> environment, TimeProvider time, CancellationToken cancellation,
        params IReadOnlyList<string> args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var shell = new Shell(TextReader.Null, output, error, environment, directory, time, IsTerminal: false, Width: 120);
        var exitCode = await Program.RunAsync(args, shell, cancellation);
        return new(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>The states of the gate's status in the order they were set.</summary>
    public static string[] StatesOf(DemoWorld world) => [.. StatusesOf(world).Select(status => status.State)];

    public static IReadOnlyList<Status> StatusesOf(DemoWorld world) => [.. world.GitHub.Repository.Statuses];
}
