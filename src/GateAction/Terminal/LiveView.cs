using GateAction.Core.Model;
using GateAction.Sources;
using GateAction.Surroundings;

namespace GateAction.Terminal;

/// <summary>What is shown while the collector measures: a table that moves on a terminal, one line for each source elsewhere.</summary>
internal static class LiveView
{
    public static async Task<Evidence> ShowAsync(Shell shell, Func<IProgress<ProbeProgress>, Task<Evidence>> collect)
    {
        if (shell.Output is OutputMode.Quiet or OutputMode.Json)
            return await collect(new Progress<ProbeProgress>());
        if (shell.IsTerminal && shell.Environment("TERM") != "dumb" && shell.Output != OutputMode.Verbose)
        {
            var table = new LiveTable(shell);
            return await table.ShowAsync(() => collect(table));
        }
        var evidence = await collect(new ProgressLines(shell));
        await shell.Out.WriteLineAsync($"{SourceLine.Legend}\n");
        return evidence;
    }
}
