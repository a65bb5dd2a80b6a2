using System.Buffers;
using System.Text;
using GateAction.Cel.Values;
using GateAction.Platform;

namespace GateAction.Sources.Processes;

/// <summary>Runs one program: input closed, output capped, and at the end nothing of it is left running.</summary>
internal sealed class ProcessRun(ProcessCall call, TimeProvider time)
{
    /// <summary>How long the output may still come after the program has ended.</summary>
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(2);

    /// <summary>How long a busy machine may take to bring it to its start.</summary>
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(15);

    private string Program => call.Arguments[0];

    /// <summary>Throws <see cref="NoEvidenceException"/> if the program cannot be started or does not end in time.</summary>
    public async Task<ProcessResult> RunAsync(CancellationToken cancellation)
    {
        var file = Find();
        using var owner = FolderOwner.Of(call.Directory, call.Environment);
        using var program =
            RunningProgram.Start(new(file, [file, .. call.Arguments.Skip(1)], owner.Environment), call.Directory, owner.User, time);
        try
        {
            await StartedAsync(program, owner.User, cancellation);
        }
        catch
        {
            // Whatever went wrong, a stop included: nothing may be left that begins later.
            await program.KillAsync();
            throw;
        }
        return await FollowAsync(program, cancellation);
    }

    private async Task<ProcessResult> FollowAsync(RunningProgram program, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(call.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        // Not the probe's timeout: what a program wrote that ended just in time is still read when that is over.
        using var over = new CancellationTokenSource();
        var stdout = CapturedOutput.ReadAsync(program.Output, over.Token);
        var stderr = CapturedOutput.ReadAsync(program.Error, over.Token);

        var exit = program.EndedAsync().WaitAsync(either.Token);
        await ((Task)exit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // Also after it has ended by itself: what it left running would hold its output open, and the probe would wait for it.
        var killed = await program.KillAsync();
        // What was written before the end is still in the pipe.
        await ((Task)Task.WhenAll(stdout, stderr)).WaitAsync(Drain, time, CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await over.CancelAsync();

        // Only now, so that a run that is stopped leaves no program behind.
        cancellation.ThrowIfCancellationRequested();
        if (!exit.IsCompletedSuccessfully)
            throw new NoEvidenceException(StoppedBecause(killed));
        var end = await exit ?? throw new NoEvidenceException(
            $"how '{Program}' ended is not known: the process that watches over it was killed, and with it all that was left");
        return new(end.ExitCode, await Captured(stdout), await Captured(stderr), end.Duration, end.PeakMemory);
    }

    private string Find()
    {
        // The system ends a text there: another program would run than the manifest names.
        if (call.Arguments.Concat(call.Environment.Values).Append(call.Directory).Any(text => text.Contains('\0')))
            throw new NoEvidenceException(
                $"'{Program}' cannot be started: an argument or a variable holds the character U+0000, which none can hold");
        if (!Directory.Exists(call.Directory))
            throw new NoEvidenceException($"the directory '{call.Directory}', in which '{Program}' should run, does not exist");
        return ProgramPath.Find(Program, call.Directory, call.Environment.GetValueOrDefault("PATH"))
            ?? throw new NoEvidenceException(NotFound(Program));
    }

    private async Task StartedAsync(RunningProgram program, LinuxUser? user, CancellationToken cancellation)
    {
        try
        {
            if (await program.StartedAsync().WaitAsync(Start, time, cancellation) is { } fault)
                throw new NoEvidenceException($"'{Program}' could not be started: {fault}{As(user)}");
        }
        catch (TimeoutException exception)
        {
            throw new NoEvidenceException(
                $"'{Program}' could not be started within {UnitText.Duration(Start)}: the machine has too much to do", exception);
        }
    }

    private static string As(LinuxUser? user) =>
        user is null ? "" : $" (as the user {user.Value.User}, to whom the folder belongs in which it runs)";

    private static async Task<CapturedOutput> Captured(Task<CapturedOutput> output) =>
        // Something holds the pipe although everything was killed; nobody knows what is missing, so it counts as cut.
        output.IsCompleted ? await output : new CapturedOutput([], 1);

    private string StoppedBecause(int killed)
    {
        var others = killed switch
        {
            <= 1 => "",
            2 => " with the process that it had started",
            _ => $" with the {killed - 1} processes that it had started",
        };
        return $"'{Program}' did not end within {UnitText.Duration(call.Timeout)} and was killed{others}; raise 'timeout' if it needs "
            + "longer";
    }

    private string NotFound(string program) =>
        program.Contains(' ')
            ? $"there is no program '{program}'; a program and its arguments are items of their own: "
            + $"[{string.Join(", ", program.Split(' ', StringSplitOptions.RemoveEmptyEntries))}]"
            : program.Contains('/')
            ? $"'{program}' does not exist or may not be run"
            : ProgramPath.NotFound(program, call.IsInContainer);
}

/// <summary>A program to run: without a shell, with this environment and no other.</summary>
/// <param name="Arguments">The program and its arguments, each taken as it stands.</param>
internal sealed record ProcessCall(
    IReadOnlyList<string> Arguments,
    string Directory,
    IReadOnlyDictionary<string, string> Environment,
    TimeSpan Timeout)
{
    /// <summary>True in the action's own container, which holds no programs.</summary>
    public bool IsInContainer { get; init; }
}

/// <summary>What a program that ended by itself left behind.</summary>
/// <param name="ExitCode">128 and the signal's number if a signal ended it.</param>
/// <param name="PeakMemory">In bytes; null if it could not be looked at. See <see cref="Platform.MemoryWatch"/>.</param>
internal sealed record ProcessResult(int ExitCode, CapturedOutput Stdout, CapturedOutput Stderr, TimeSpan Duration, long? PeakMemory);

/// <summary>The beginning of what a program wrote to one stream, and how much it wrote in all.</summary>
internal sealed record CapturedOutput(byte[] Bytes, long Size)
{
    public const int MaxBytes = 1024 * 1024;

    public bool IsCut => Size > Bytes.Length;

    /// <summary>What is not UTF-8 shows as U+FFFD.</summary>
    public string Text => Encoding.UTF8.GetString(Bytes);

    /// <summary>Reads to the end, so that the program is never held up, and keeps the first <see cref="MaxBytes"/>.</summary>
    public static async Task<CapturedOutput> ReadAsync(Stream stream, CancellationToken cancellation)
    {
        var kept = new ArrayBufferWriter<byte>(4096);
        var buffer = ArrayPool<byte>.Shared.Rent(32 * 1024);
        var size = 0L;
        try
        {
            while (await stream.ReadAsync(buffer, cancellation) is > 0 and var read)
            {
                size += read;
                kept.Write(buffer.AsSpan(0, Math.Min(read, MaxBytes - kept.WrittenCount)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // One byte more than was read, so that it counts as cut: what is missing nobody knows.
            return new(kept.WrittenSpan.ToArray(), size + 1);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        return new(kept.WrittenSpan.ToArray(), size);
    }
}
