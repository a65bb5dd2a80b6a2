using GateAction.Core;
using GateAction.Probes;

namespace GateAction.Terminal;

/// <summary>What is shown while the collector measures: one line for each source that is done.</summary>
internal static class LiveView
{
    public static Task<Evidence> ShowAsync(Shell shell, Func<IProgress<ProbeProgress>, Task<Evidence>> collect) => collect(new PlainProgress(shell));

    private sealed class PlainProgress(Shell shell) : IProgress<ProbeProgress>
    {
        public void Report(ProbeProgress value)
        {
            if (value is { Stage: ProbeStage.Done, Measurement: { } measurement })
                shell.Out.WriteLine($"{value.Name} ({value.Kind}): {measurement.Outcome.ToString().ToLowerInvariant()} {measurement.Reason}".TrimEnd());
        }
    }
}
