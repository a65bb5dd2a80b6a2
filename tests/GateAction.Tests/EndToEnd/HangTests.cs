using System.Diagnostics;
using GateAction.Tests.GitHub;

namespace GateAction.Tests.EndToEnd;

/// <summary>Whatever a run hangs in, its status gets a last word: after a signal, and after its timeout without one.</summary>
[Platform("Linux")]
internal sealed class HangTests
{
    public enum Stuck
    {
        /// <summary>Nobody reads the summary.</summary>
        Summary,

        /// <summary>Nobody reads the step's outputs.</summary>
        Outputs,

        /// <summary>Nobody reads what it prints.</summary>
        Output,

        /// <summary>The file that it writes the evidence to is a pipe.</summary>
        Evidence,
    }

    [Test]
    [CancelAfter(180_000)]
    public async Task A_status_gets_its_last_word(
        [Values] Stuck stuck, [Values(null, "TERM", "INT", "HUP", "QUIT")] string? signal, CancellationToken cancellation)
    {
        await using var scene = await GateScene.StartAsync();
        // One that never ends keeps a run without a signal until its timeout; the many lines of the others fill any pipe.
        var many = string.Join('\n', Enumerable.Range(0, stuck == Stuck.Output ? 990 : 1)
            .Select(number => $"  a_file_that_makes_its_line_a_long_one_{number}: {{ file: gone.json }}"));
        var manifest = $"version: 1\nname: staging\nprobes:\n  slow: {{ command: [sleep, '601.3'], timeout: 10m }}\n{many}\n"
            + "criteria: { up: slow.exit_code == 0 }\n";
        scene.Pull.BaseSha = scene.GitHub.Repository.AddCommit("main", (".github/gate.yml", manifest)).Sha;
        var job = scene.Job();
        var variables = new Dictionary<string, string>(job.Variables);
        if (Pipe(stuck, job.Directory, variables) is { } pipe)
            await MakePipeAsync(pipe, cancellation);
        using var process = GateProcess.Start(job.Directory, variables, "run", "--timeout", signal is null ? "3s" : "10m");
        try
        {
            await Eventually.TrueAsync(() => scene.GitHub.Repository.Statuses.Count > 0, "the run has begun");
            if (signal is not null)
                await Process.Start("kill", [$"-{signal}", $"{process.Id}"]).WaitForExitAsync(cancellation);

            await process.WaitForExitAsync(cancellation);
        }
        finally
        {
            process.Kill();
        }

        Assert.That(scene.GitHub.Repository.Statuses.First().State, Is.EqualTo("pending"));
        var last = scene.FinalStatuses.Single();
        Assert.That(last.State, Is.AnyOf("failure", "error"), last.Description);
        Assert.That(process.ExitCode, Is.AnyOf(3, 4), last.Description);
    }

    private static string? Pipe(Stuck stuck, string directory, Dictionary<string, string> variables)
    {
        var pipe = Path.Combine(directory, "pipe");
        switch (stuck)
        {
            case Stuck.Summary:
                return variables["GITHUB_STEP_SUMMARY"] = pipe;
            case Stuck.Outputs:
                return variables["GITHUB_OUTPUT"] = pipe;
            case Stuck.Evidence:
                Directory.CreateDirectory(Path.Combine(directory, "gate-report"));
                return Path.Combine(directory, "gate-report", "evidence.json");
            default:
                return null;
        }
    }

    private static async Task MakePipeAsync(string path, CancellationToken cancellation)
    {
        using var process = Process.Start("mkfifo", [path]);
        await process.WaitForExitAsync(cancellation);
    }
}
