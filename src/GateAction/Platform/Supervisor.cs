using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace GateAction.Platform;

/// <summary>
/// A process between the gate and a program that it runs. It adopts whatever the program starts, knows none of the gate's secrets, and when
/// the program ends, or the gate does in whatever way, it kills all that is below it and ends.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class Supervisor
{
    /// <summary>The gate's own argument that makes it a supervisor.</summary>
    public const string Word = "--supervise";

    private const int AnyChild = 0;
    private const int OneChild = 1;
    private const int Ended = 0x4;
    private const int LeaveIt = 0x1000000;
    private const int CodeOffset = 8;
    private const int IdOffset = 16;
    private const int StatusOffset = 24;
    private const int ByItself = 1;
    private const int KilledBySignal = 128;

    private static readonly int[] Unheard =
        [LinuxCalls.SignalHangUp, LinuxCalls.SignalInterrupt, LinuxCalls.SignalQuit, LinuxCalls.SignalTerminate, LinuxCalls.SignalPipe];

    private readonly SupervisorTalk _talk = new(0);
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly Lock _end = new();
    private long _startedAt;

    public static void Run()
    {
        OwnProcess.Close();
        OwnProcess.Adopt();
        // It ends for two reasons only: the program has ended, or the gate has, which WaitForEnd tells.
        foreach (var signal in Unheard)
            _ = LinuxCalls.SetAction(signal, LinuxCalls.IgnoreAction);
        new Supervisor().Supervise();
    }

    private void Supervise()
    {
        if (_talk.ReadRequest() is not { } request)
            return;
        var (id, error) = Start(request);
        if (id == 0)
        {
            _talk.Tell(SupervisorNews.NotStarted, error);
            return;
        }
        var memory = new MemoryWatch(LinuxCalls.OwnId());
        memory.Start(id);
        _talk.Tell(SupervisorNews.Started, id);
        var listener = new Thread(EndWithTheGate) { IsBackground = true };
        listener.Start();
        var status = WaitFor(id);
        var duration = _time.GetElapsedTime(_startedAt);
        memory.Stop();
        _talk.Tell(SupervisorNews.Remembered, memory.Peak);
        _talk.Tell(SupervisorNews.Ended, status, (long)duration.TotalNanoseconds);
        End();
    }

    private void EndWithTheGate()
    {
        _talk.WaitForEnd();
        End();
    }

    private void End()
    {
        lock (_end)
        {
            _talk.Tell(SupervisorNews.Killed, Killing.AllBelow(LinuxCalls.OwnId(), _time));
            // Under the lock and without .NET's own end: the second thread that comes here must neither tell nor kill again.
            LinuxCalls.Exit(0);
        }
    }

    /// <summary>On a thread of its own, whose rights what it starts inherits.</summary>
    private (int Id, int Error) Start(SupervisorRequest request)
    {
        (int Id, int Error) started = default;
        // Capabilities and no_new_privs belong to a thread; this one ends, the others keep what they need to kill everything.
        var thread = new Thread(() => started = StartHere(request));
        thread.Start();
        thread.Join();
        var nothing = LinuxCalls.Open("/dev/null", LinuxCalls.CloseOnExec | 1);
        _ = LinuxCalls.Duplicate(nothing, 1);
        _ = LinuxCalls.Duplicate(nothing, 2);
        return started;
    }

    private (int Id, int Error) StartHere(SupervisorRequest request)
    {
        if (LinuxCalls.ChangeDirectory(request.Directory) != 0)
            return (0, Marshal.GetLastPInvokeError());
        var input = LinuxCalls.Open("/dev/null", LinuxCalls.CloseOnExec);
        LinuxRights.Limit(LinuxUser.IsRootHere);
        _startedAt = _time.GetTimestamp();
        return request.User is { } user
            ? LinuxRights.As(user, () => SpawnedProcess.Start(request.Program, [input, 1, 2]))
            : SpawnedProcess.Start(request.Program, [input, 1, 2]);
    }

    /// <summary>
    /// The exit status of one child. Others are orphans that were adopted: each is looked at first and then buried by its own number, so
    /// that none is taken for another.
    /// </summary>
    private static long WaitFor(int id)
    {
        Span<byte> info = stackalloc byte[128];
        while (true)
        {
            info.Clear();
            if (LinuxCalls.Wait(AnyChild, 0, info, Ended | LeaveIt) != 0)
            {
                if (Marshal.GetLastPInvokeError() == LinuxCalls.Interrupted)
                    continue;
                return KilledBySignal + LinuxCalls.SignalKill;
            }
            var child = BitConverter.ToInt32(info[IdOffset..]);
            var (code, status) = (BitConverter.ToInt32(info[CodeOffset..]), BitConverter.ToInt32(info[StatusOffset..]));
            _ = LinuxCalls.Wait(OneChild, child, info, Ended);
            if (child == id)
                return code == ByItself ? status : KilledBySignal + status;
        }
    }
}

/// <summary>Kills processes with all that they started.</summary>
[SupportedOSPlatform("linux")]
internal static class Killing
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Until nothing is left, because what is being killed may start more: whole groups at once, from which a process cannot run away by
    /// starting another.
    /// </summary>
    /// <returns>How many there were.</returns>
    public static int AllBelow(int root, TimeProvider time)
    {
        var killed = new HashSet<int>();
        var startedAt = time.GetTimestamp();
        var ownGroup = ProcessEntry.All().FirstOrDefault(entry => entry.Id == root).Group;
        while (ProcessEntry.Below(root) is { Count: > 0 } found && time.GetElapsedTime(startedAt) < Longest)
        {
            foreach (var entry in found)
            {
                _ = LinuxCalls.Kill(entry.Id, LinuxCalls.SignalKill);
                // Never the supervisor's own group, and never 0 or 1: kill(2) takes these for itself and for everything.
                if (entry.Group != ownGroup && entry.Group > 1)
                    _ = LinuxCalls.Kill(-entry.Group, LinuxCalls.SignalKill);
                killed.Add(entry.Id);
            }
        }
        return killed.Count;
    }
}
