using System.ComponentModel;
using System.Diagnostics;

namespace GateAction.Platform;

/// <summary>How a program ended.</summary>
/// <param name="ExitCode">128 and the signal's number if a signal ended it.</param>
/// <param name="PeakMemory">In bytes; null if it could not be looked at. See <see cref="MemoryWatch"/>.</param>
internal sealed record ProgramEnd(int ExitCode, TimeSpan Duration, long? PeakMemory);

/// <summary>
/// A program with everything that it starts. On Linux a <see cref="Supervisor"/> stands above it; elsewhere the system's own tree of
/// processes is all there is, and what left that tree goes on.
/// </summary>
internal abstract class RunningProgram : IDisposable
{
    public abstract Stream Output { get; }

    public abstract Stream Error { get; }

    /// <summary>Null once it runs, else why it does not.</summary>
    public abstract Task<string?> StartedAsync();

    /// <summary>Null if it was lost sight of.</summary>
    public abstract Task<ProgramEnd?> EndedAsync();

    /// <summary>Kills what is left of it; gives the number.</summary>
    public abstract Task<int> KillAsync();

    public abstract void Dispose();

    /// <param name="user">Whom it runs as; null for whoever runs this process, and on systems other than Linux.</param>
    public static RunningProgram Start(ProgramStart program, string directory, LinuxUser? user, TimeProvider time) =>
        OperatingSystem.IsLinux()
        ? SupervisedProgram.Start(new SupervisorRequest(directory, program, user), time)
        : new PlainProgram(program, directory, time);

    private sealed class PlainProgram : RunningProgram
    {
        private readonly Process? _process;
        private readonly string? _fault;
        private readonly TimeProvider _time;
        private readonly long _startedAt;

        public PlainProgram(ProgramStart program, string directory, TimeProvider time)
        {
            var start = new ProcessStartInfo(program.File, program.Arguments.Skip(1))
            {
                WorkingDirectory = directory,
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            start.Environment.Clear();
            foreach (var (name, value) in program.Environment)
                start.Environment[name] = value;
            (_time, _startedAt) = (time, time.GetTimestamp());
            try
            {
                _process = Process.Start(start)!;
                _process.StandardInput.Close();
            }
            catch (Win32Exception exception)
            {
                _fault = exception.Message;
            }
        }

        public override Stream Output => _process?.StandardOutput.BaseStream ?? Stream.Null;

        public override Stream Error => _process?.StandardError.BaseStream ?? Stream.Null;

        public override Task<string?> StartedAsync() => Task.FromResult(_fault);

        public override async Task<ProgramEnd?> EndedAsync()
        {
            await _process!.WaitForExitAsync();
            return new(_process.ExitCode, _time.GetElapsedTime(_startedAt), PeakMemory: null);
        }

        public override Task<int> KillAsync()
        {
            if (_process is not { HasExited: false })
                return Task.FromResult(0);
            _process.Kill(entireProcessTree: true);
            return Task.FromResult(1);
        }

        public override void Dispose() => _process?.Dispose();
    }
}
