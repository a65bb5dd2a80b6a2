using System.Collections.Concurrent;
using System.IO.Pipes;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace GateAction.Platform;

/// <summary>A program below a <see cref="Supervisor"/>, seen from the gate.</summary>
[SupportedOSPlatform("linux")]
internal sealed class SupervisedProgram : RunningProgram
{
    private const int Unix = 1;
    private const int ByteStream = 1;
    private const int OneChild = 1;
    private const int Ended = 0x4;
    private const string Lost = "the process that watches over it was ended";

    /// <summary>How long a supervisor may take to kill what is below it, before the gate does that itself.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    private static readonly Lock Starting = new();
    private static readonly ConcurrentDictionary<int, bool> Supervisors = new();

    private readonly int _supervisor;
    private readonly Socket _socket;
    private readonly TimeProvider _time;
    private readonly TaskCompletionSource<string?> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<ProgramEnd?> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task<int> _listening;
    private long _peakMemory;

    private SupervisedProgram(int supervisor, int socket, int output, int error, SupervisorRequest request, TimeProvider time)
    {
        _supervisor = supervisor;
        _time = time;
        _socket = new Socket(new SafeSocketHandle(socket, ownsHandle: true));
        Output = new AnonymousPipeClientStream(PipeDirection.In, new SafePipeHandle(output, ownsHandle: true));
        Error = new AnonymousPipeClientStream(PipeDirection.In, new SafePipeHandle(error, ownsHandle: true));
        _listening = ListenAsync(request.ToBytes());
    }

    public override Stream Output { get; }

    public override Stream Error { get; }

    public static SupervisedProgram Start(SupervisorRequest request, TimeProvider time)
    {
        Span<int> talk = stackalloc int[2];
        Span<int> output = stackalloc int[2];
        Span<int> error = stackalloc int[2];
        if (LinuxCalls.SocketPair(Unix, ByteStream | LinuxCalls.CloseOnExec, 0, talk) != 0
            || LinuxCalls.Pipe(output, LinuxCalls.CloseOnExec) != 0
            || LinuxCalls.Pipe(error, LinuxCalls.CloseOnExec) != 0)
        {
            throw new IOException($"no program can be started: {LinuxCalls.TextOf(Marshal.GetLastPInvokeError())}");
        }
        var (id, fault) = (0, 0);
        // KillHere looks for children of the gate that are no supervisors: one that was started and is not listed yet would look like an
        // orphan.
        lock (Starting)
        {
            (id, fault) = SpawnedProcess.Start(Itself(), [talk[1], output[1], error[1]]);
            if (fault == 0)
                Supervisors[id] = true;
        }
        foreach (var given in (ReadOnlySpan<int>)[talk[1], output[1], error[1]])
            _ = LinuxCalls.Close(given);
        var program = new SupervisedProgram(id, talk[0], output[0], error[0], request, time);
        if (fault != 0)
            program._started.TrySetResult(LinuxCalls.TextOf(fault));
        return program;
    }

    public override Task<string?> StartedAsync() => _started.Task;

    public override Task<ProgramEnd?> EndedAsync() => _ended.Task;

    public override async Task<int> KillAsync()
    {
        if (_supervisor == 0)
            return 0;
        try
        {
            // The supervisor reads the end of its input as the order to kill. It gets the same end if the gate dies, in whatever way.
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // It has ended.
        }
        await ((Task)_listening).WaitAsync(Grace, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var killed = _listening.IsCompletedSuccessfully && _listening.Result >= 0 ? _listening.Result : KillHere();
        // waitid(2) may wait; without it the supervisor would stay a zombie, and its number would be taken for long.
        await Task.Run(Bury);
        return killed;
    }

    public override void Dispose()
    {
        _socket.Dispose();
        Output.Dispose();
        Error.Dispose();
    }

    /// <summary>The number of processes that the supervisor killed at its end; negative if it did not come to that.</summary>
    private async Task<int> ListenAsync(byte[] request)
    {
        var killed = -1;
        try
        {
            await using var stream = new NetworkStream(_socket, ownsSocket: false);
            await stream.WriteAsync(request);
            var bytes = new byte[SupervisorTalk.NewsLength];
            while (killed < 0 && await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length)
                killed = Take((SupervisorNews)bytes[0], BitConverter.ToInt64(bytes, 1), BitConverter.ToInt64(bytes, 9));
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException)
        {
            // It was ended; what is below it is looked for then.
        }
        _started.TrySetResult(Lost);
        _ended.TrySetResult(null);
        return killed;
    }

    private int Take(SupervisorNews news, long first, long second)
    {
        switch (news)
        {
            case SupervisorNews.Started:
                _started.TrySetResult(null);
                return -1;
            case SupervisorNews.Remembered:
                _peakMemory = first;
                return -1;
            case SupervisorNews.Ended:
                var duration = TimeSpan.FromTicks(second / TimeSpan.NanosecondsPerTick);
                _ended.TrySetResult(new((int)first, duration, _peakMemory > 0 ? _peakMemory : null));
                return -1;
            case SupervisorNews.NotStarted:
                _started.TrySetResult(LinuxCalls.TextOf((int)first));
                return 0;
            default:
                return (int)first;
        }
    }

    /// <summary>A program can stop or kill its supervisor if it runs as the same user; what is below it is then the gate's.</summary>
    private int KillHere()
    {
        var startedAt = _time.GetTimestamp();
        var killed = Killing.AllBelow(_supervisor, _time);
        _ = LinuxCalls.Kill(_supervisor, LinuxCalls.SignalKill);
        lock (Starting)
        {
            while (OwnProcess.IsAdopting && Orphans() is { Count: > 0 } orphans && _time.GetElapsedTime(startedAt) < Grace)
            {
                foreach (var orphan in orphans)
                {
                    killed += 1 + Killing.AllBelow(orphan.Id, _time);
                    _ = LinuxCalls.Kill(orphan.Id, LinuxCalls.SignalKill);
                }
            }
        }
        return killed;
    }

    private static List<ProcessEntry> Orphans() =>
        [.. ProcessEntry.All().Where(entry => entry.Parent == Environment.ProcessId && !Supervisors.ContainsKey(entry.Id))];

    private void Bury()
    {
        _ = LinuxCalls.Wait(OneChild, _supervisor, new byte[128], Ended);
        Supervisors.TryRemove(_supervisor, out _);
    }

    /// <summary>This program once more: the native one by what runs now, even if its file has been exchanged; the other by the runtime that
    /// it runs in.</summary>
    private static ProgramStart Itself()
    {
        // No diagnostics: the runtime would open a socket by which others of the same user control it. 128 MiB are more than a supervisor
        // needs.
        var quiet = new Dictionary<string, string> { ["DOTNET_EnableDiagnostics"] = "0", ["DOTNET_GCHeapHardLimit"] = "0x8000000" };
        var managed = Path.Combine(AppContext.BaseDirectory, "gate.dll");
        if (!File.Exists(managed))
            return new("/proc/self/exe", ["gate", Supervisor.Word], quiet);
        var host = Path.GetFullPath("../../../dotnet", RuntimeEnvironment.GetRuntimeDirectory());
        return new(host, [host, managed, Supervisor.Word], quiet);
    }
}
