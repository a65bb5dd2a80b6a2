using System.Text;
using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Sources;
using GateAction.Surroundings;
using Spectre.Console;
using Spectre.Console.Rendering;
using Measurement = GateAction.Core.Model.Measurement;

namespace GateAction.Terminal;

/// <summary>The sources of a run, each with what it is doing or what it measured, drawn anew while they are measured.</summary>
internal sealed class LiveTable(Shell shell) : IProgress<ProbeProgress>
{
    private const string Spinner = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
    private const int TimeWidth = 8;

    /// <summary>The column of marks and the space between the columns, and one free column at the edge.</summary>
    private const int Gaps = 8;

    /// <summary>The line below the rows, and the one that the cursor stands in.</summary>
    private const int Below = 2;
    // Eight drawings a second: fluent for the eye, and nothing for the machine that is measured from.
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(120);
    private readonly Lock _lock = new();
    private readonly OrderedDictionary<string, LiveRow> _rows = new(StringComparer.Ordinal);
    private volatile bool _isOver;
    private readonly long _start = shell.Time.GetTimestamp();

    public void Report(ProbeProgress value)
    {
        lock (_lock)
        {
            if (!_rows.TryGetValue(value.Name, out var row))
                row = new LiveRow(value.Name, value.Kind, value.Stage, value.Note, null, null);
            _rows[value.Name] = row.With(value, shell.Time.GetTimestamp());
        }
    }

    public async Task<Evidence> ShowAsync(Func<Task<Evidence>> collect)
    {
        var screen = new LiveScreen(shell.Out);
        var collecting = collect();
        while (!collecting.IsCompleted)
        {
            screen.Draw(Lines(shell.Height - Below));
            await Task.WhenAny(collecting, Task.Delay(Frame, shell.Time));
        }
        _isOver = true;
        // The last drawing may scroll: it is never drawn over again.
        screen.Draw(Lines(int.MaxValue));
        await shell.Out.WriteLineAsync();
        return await collecting;
    }

    private string[] Lines(int most)
    {
        using var text = new StringWriter();
        TerminalConsole.Of(shell, text).Write(Draw(most));
        return text.ToString().ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
    }

    /// <summary>The table as of now.</summary>
    /// <param name="most">So many rows at most; those that are over make way for those that are not.</param>
    public IRenderable Draw(int most = int.MaxValue)
    {
        lock (_lock)
        {
            if (_rows.Count == 0)
                return Text.Empty;
            var names = Math.Clamp(_rows.Keys.Max(name => name.Length), 4, shell.Width / 3);
            var what = shell.Width - names - TimeWidth - Gaps;
            var table = new Table().Border(TableBorder.None).HideHeaders();
            foreach (var width in new[] { 1, names, what })
                table.AddColumn(new TableColumn("").Width(width).NoWrap().Padding(0, 0, 2, 0));
            table.AddColumn(new TableColumn("").Width(TimeWidth).NoWrap().RightAligned().Padding(0, 0, 0, 0));
            var shown = Shown(Math.Max(1, most));
            foreach (var row in shown)
                table.AddRow(new Markup(Mark(row)), Cell(row.Name, names), Cell(What(row), what), Cell(Elapsed(row), TimeWidth, "grey"));
            var more = shown.Length < _rows.Count ? $"… and {_rows.Count - shown.Length} more; " : "";
            return new Rows(table, _isOver
                ? new Markup($"[grey]{SourceLine.Legend}[/]")
                : Cell($"{more}Ctrl-C ends it with a report", shell.Width - 1, "grey"));
        }
    }

    private LiveRow[] Shown(int most)
    {
        if (_rows.Count <= most)
            return [.. _rows.Values];
        var first = _rows.Values.OrderBy(row => row switch
        {
            { Measurement: not null } => 2,
            { Stage: ProbeStage.Waiting } => 1,
            _ => 0,
        }).Take(most).ToHashSet();
        return [.. _rows.Values.Where(first.Contains)];
    }

    private static Markup Cell(string text, int width, string? style = null)
    {
        var shown = TerminalConsole.Safe(text, width);
        return new Markup(style is null ? shown : $"[{style}]{shown}[/]");
    }

    private string Mark(LiveRow row) => row switch
    {
        { Measurement: { } measurement } when SourceLine.Mark(measurement) is var (mark, color) => $"[{color}]{mark}[/]",
        _ when _isOver => "[yellow]?[/]",
        { Stage: ProbeStage.Waiting } => "[grey]·[/]",
        _ => $"[blue]{Spinner[(int)(shell.Time.GetElapsedTime(_start) / Frame) % Spinner.Length]}[/]",
    };

    private string What(LiveRow row) => row switch
    {
        { Measurement: { } measurement } => SourceLine.Told(row.Name, measurement),
        _ when _isOver => "stopped before it was measured",
        { Note.Length: > 0 } => row.Note,
        { Stage: ProbeStage.Waiting } => "waiting",
        _ => $"{row.Kind}: measuring",
    };

    // More digits would only flicker.
    private static TimeSpan Tenths(TimeSpan time) => TimeSpan.FromSeconds(Math.Round(time.TotalSeconds, 1));

    private string Elapsed(LiveRow row) => row switch
    {
        { Measurement: { } measurement } => UnitText.Duration(measurement.Duration),
        { Since: { } since } when !_isOver => UnitText.Duration(Tenths(shell.Time.GetElapsedTime(since))),
        _ => "",
    };
}

/// <summary>One source in the live table.</summary>
/// <param name="Since">The timestamp at which it began to be measured; null while it waits.</param>
internal sealed record LiveRow(string Name, string Kind, ProbeStage Stage, string Note, long? Since, Measurement? Measurement)
{
    public LiveRow With(ProbeProgress progress, long now) => this with
    {
        Stage = progress.Stage,
        Note = progress.Note,
        Since = Since ?? (progress.Stage == ProbeStage.Measuring ? now : null),
        Measurement = progress.Measurement,
    };
}

/// <summary>
/// Lines that are drawn over each other. Between two drawings the cursor stands at the beginning of the line below them: what a terminal
/// echoes of Ctrl-C stands there, moves nothing, and is wiped away by the next one.
/// </summary>
internal sealed class LiveScreen(TextWriter output)
{
    private const string NoWrap = "\u001b[?7l";
    private const string Wrap = "\u001b[?7h";
    private const string ToEndOfLine = "\u001b[K";
    private const string ToEndOfScreen = "\u001b[J";
    private int _drawn;

    /// <param name="lines">Fewer than the terminal has.</param>
    public void Draw(IReadOnlyList<string> lines)
    {
        // A window that was made narrower would break a line, and the next drawing begin too low.
        var text = new StringBuilder(NoWrap).Append('\r');
        if (_drawn > 0)
            text.Append($"\u001b[{_drawn}A");
        foreach (var line in lines)
            text.Append(line).Append(ToEndOfLine).Append('\n');
        output.Write(text.Append(ToEndOfScreen).Append(Wrap).ToString());
        output.Flush();
        _drawn = lines.Count;
    }
}

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
