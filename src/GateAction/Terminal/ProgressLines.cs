using GateAction.Core.Reports;
using GateAction.Sources;
using GateAction.Surroundings;

namespace GateAction.Terminal;

/// <summary>For logs: a line when a source is done, and now and then one for a source that takes its time.</summary>
internal sealed class ProgressLines(Shell shell) : IProgress<ProbeProgress>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _told = new(StringComparer.Ordinal);

    public void Report(ProbeProgress value)
    {
        lock (_lock)
        {
            if (value is { Stage: ProbeStage.Done, Measurement: { } measurement })
                Write(SourceLine.Done(value.Name, value.Kind, measurement));
            else if (shell.Output == OutputMode.Verbose && value.Note.Length > 0)
                Tell(value);
            else if (!_told.TryGetValue(value.Name, out var last))
                _told[value.Name] = shell.Time.GetTimestamp();
            else if (value.Note.Length > 0 && shell.Time.GetElapsedTime(last) >= Patience)
                Tell(value);
        }
    }

    private void Tell(ProbeProgress value)
    {
        _told[value.Name] = shell.Time.GetTimestamp();
        Write($"… {value.Name} ({value.Kind}): {value.Note}");
    }

    private void Write(string line) => shell.Out.WriteLine(TerminalConsole.ForLog(shell, PlainText.Line(line, 500)));
}
