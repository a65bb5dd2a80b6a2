using System.ComponentModel;
using System.Diagnostics;

namespace GateAction.Sources.Processes;

/// <summary>Runs one program: input closed, output capped, and at the end nothing of it is left running.</summary>
internal sealed class ProcessRun(ProcessCall call, TimeProvider time)
{
    /// <summary>How long the output may still come after the program has ended.</summary>
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(2);

    private readonly string _mark = $"GATE_PROBE_RUN={Guid.NewGuid():N}";

    /// <summary>Throws <see cref="NoEvidenceException"/> where the program cannot be started or does not end in time.</summary>
    public async Task<ProcessResult> RunAsync(CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(call.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        OwnMemory.Close();
        var startedAt = time.GetTimestamp();
        using var process = Start();
        using var over = new CancellationTokenSource();
        var tree = new ProcessTree(process, _mark);
        var memory = new MemoryWatch(tree, time);
        memory.Look();
        var watching = Task.Run(() => memory.WatchAsync(over.Token), CancellationToken.None);
        var stdout = CapturedOutput.ReadAsync(process.StandardOutput.BaseStream, over.Token);
        var stderr = CapturedOutput.ReadAsync(process.StandardError.BaseStream, over.Token);

        var exit = process.WaitForExitAsync(either.Token);
        await exit.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var duration = time.GetElapsedTime(startedAt);
        var killed = tree.Kill();
        await ((Task)Task.WhenAll(stdout, stderr)).WaitAsync(Drain, time, CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await over.CancelAsync();
        await watching;

        cancellation.ThrowIfCancellationRequested();
        return exit.IsCompletedSuccessfully
            ? new(process.ExitCode, await Captured(stdout), await Captured(stderr), duration, memory.Peak > 0 ? memory.Peak : null)
            : throw new NoEvidenceException(StoppedBecause(killed));
    }

    private Process Start()
    {
        var program = call.Arguments[0];
        if (!Directory.Exists(call.Directory))
            throw new NoEvidenceException($"the directory '{call.Directory}', in which '{program}' should run, does not exist");
        var path = call.Environment.GetValueOrDefault("PATH");
        var file = ProgramPath.Find(program, call.Directory, path) ?? throw new NoEvidenceException(NotFound(program));
        var start = new ProcessStartInfo(file, call.Arguments.Skip(1))
        {
            WorkingDirectory = call.Directory,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in call.Environment)
            start.Environment[name] = value;
        start.Environment[_mark[.._mark.IndexOf('=')]] = _mark[(_mark.IndexOf('=') + 1)..];
        try
        {
            var process = Process.Start(start)!;
            process.StandardInput.Close();
            return process;
        }
        catch (Win32Exception exception)
        {
            throw new NoEvidenceException($"'{program}' could not be started: {exception.Message}", exception);
        }
    }

    private static async Task<CapturedOutput> Captured(Task<CapturedOutput> output) =>
        output.IsCompleted ? await output : new CapturedOutput([], 1);

    private string StoppedBecause(int killed)
    {
        var others =
            killed switch
            {
                <= 1 => "",
                2 => " with the process that it had started",
                _ => $" with the {killed - 1} processes that it had "
            + "started"
            };
        return $"'{call.Arguments[0]}' did not end within {call.Timeout.TotalSeconds:0.###} s and was killed{others}; raise 'timeout' if "
            + "it needs longer";
    }

    private static string NotFound(string program) =>
        program.Contains(' ')
            ? $"there is no program '{program}'; a program and its arguments are items of their own: "
            + $"[{string.Join(", ", program.Split(' ', StringSplitOptions.RemoveEmptyEntries))}]"
            : program.Contains('/')
            ? $"'{program}' does not exist or may not be run"
            : $"'{program}' was not found on the PATH; the action's container holds nothing but gate, so run gate as a .NET tool in the "
            + "job, or run the command in an earlier step and read what it wrote with a 'file' probe";
}
