using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Sources;
using GateAction.Surroundings;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace GateAction.Terminal;

/// <summary>The sources of a run, each with what it is doing or what it came to, drawn anew while they are measured.</summary>
internal sealed class LiveTable(Shell shell) : IProgress<ProbeProgress>
{
    private const string Spinner = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
    private const int TimeWidth = 8;

    /// <summary>The column of marks and the space between the columns, and one free column at the edge.</summary>
    private const int Gaps = 8;
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
        var console = TerminalConsole.Of(shell, shell.Out);
        Evidence? evidence = null;
        await console.Live(Draw()).Overflow(VerticalOverflow.Ellipsis).StartAsync(async context =>
        {
            var collecting = collect();
            while (!collecting.IsCompleted)
            {
                context.UpdateTarget(Draw());
                await Task.WhenAny(collecting, Task.Delay(Frame, shell.Time));
            }
            _isOver = true;
            context.UpdateTarget(Draw());
            evidence = await collecting;
        });
        console.WriteLine();
        return evidence!;
    }

    /// <summary>The table as of now.</summary>
    public IRenderable Draw()
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
            foreach (var row in _rows.Values)
                table.AddRow(new Markup(Mark(row)), Cell(row.Name, names), Cell(What(row), what), Cell(Elapsed(row), TimeWidth, "grey"));
            // What a terminal echoes of Ctrl-C stands behind this line, and what stands there at the end is longer.
            return new Rows(table, new Markup($"[grey]{(_isOver ? SourceLine.Legend : "Ctrl-C ends it with a report")}[/]"));
        }
    }

    private static Markup Cell(string text, int width, string? style = null)
    {
        var shown = TerminalConsole.Safe(text, width);
        return new Markup(style is null ? shown : $"[{style}]{shown}[/]");
    }

    private string Mark(LiveRow row) => row switch
    {
        { Measurement: { } measurement } => SourceLine.Mark(measurement) switch
        {
            SourceLine.Measured => $"[blue]{SourceLine.Measured}[/]",
            "✗" => "[red]✗[/]",
            var mark => $"[yellow]{mark}[/]",
        },
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
