namespace GateAction.Sources.Logs;

/// <summary>
/// Lets the lines of one file through that were written since a point in time. A line without a time belongs to the one before it (a stack
/// trace); those before the first time wait for it, because a log is written in order. What counts by itself and has no time, such as a
/// panic, may have been written at any moment until the next line that has one.
/// </summary>
/// <param name="now">For times without a year.</param>
internal sealed class LogWindow(string file, DateTimeOffset? since, DateTimeOffset now, LogTally tally)
{
    private const int MostWaiting = 1000;
    private const int ShownTime = 20;
    private const int ShownLine = 60;
    private readonly List<string> _waiting = [];
    private readonly TraceLines _traces = new();
    private bool? _isOpen = since is null ? true : null;
    private bool _says;
    private long _read;
    private string? _unread;
    private string? _undated;
    private string? _doubtful;

    /// <summary>The newest time seen.</summary>
    public DateTimeOffset? Until { get; private set; }

    public void Add(ReadOnlySpan<char> text)
    {
        var line = LogLine.Parse(text, now);
        if (line.Time is { } time)
        {
            Until = Until is null || time > Until ? time : Until;
            if (since is { } from)
                Open(time >= from.AddTicks(-(from.Ticks % UnitOf(time))));
        }
        else
        {
            tally.Untimed++;
            if (since is not null && _unread is null && LogTime.IsUnread(line.Content))
                _unread = line.Content[..Math.Min(line.Content.Length, ShownTime)].ToString();
        }
        if (_isOpen is true)
            Count(line);
        else if (_isOpen is null)
            Wait(line.Text);
        else
            PassOver(line);
    }

    /// <summary>Throws <see cref="NoEvidenceException"/> where no line carried a time.</summary>
    public void Finish()
    {
        if (_unread is not null)
            throw new NoEvidenceException(
                $"a line of '{file}' begins with a time that cannot be read ('{_unread}'), so it is not known which of them were written "
                + "since "
                + "then; leave out 'since' to read all of them");
        if ((_doubtful ?? _undated) is { } undated)
            throw new NoEvidenceException(
                $"a line of '{file}' has no time ('{undated}') and comes after the last one that is older than 'since', so it is not known "
                + "whether it was written since then; let such lines carry a time, name it under 'known', or leave out 'since' to read all "
                + "of them");
        if (_isOpen is null && _waiting.Count > 0)
            throw new NoEvidenceException(
                $"no line of '{file}' has a time that can be read, so it is not known which of them were written since then; leave out "
                + "'since' to read all of them");
        if (_read > 0 && !_says)
            tally.AddSilent(file);
    }

    // A time in whole seconds stands for any moment of its second: a line is as late as it can be.
    private static long UnitOf(DateTimeOffset time) =>
        time.Ticks % TimeSpan.TicksPerSecond == 0 ? TimeSpan.TicksPerSecond
        : time.Ticks % TimeSpan.TicksPerMillisecond == 0 ? TimeSpan.TicksPerMillisecond
        : TimeSpan.TicksPerMicrosecond;

    private void Count(LogLine line)
    {
        var severity = _traces.SeverityOf(line);
        if (severity is null && !_traces.Continued && line.UnknownSeverity is { } unknown)
            severity = tally.MeaningOf(unknown, file);
        _says |= severity is not (null or LogSeverity.Default);
        _read++;
        tally.Add(severity, line.Text, line.Content.Length == line.Text.Length ? default : line.Content);
    }

    private void PassOver(LogLine line)
    {
        tally.Before++;
        var severity = _traces.SeverityOf(line);
        if (line.Time is null && (severity >= LogSeverity.Error || (!_traces.Continued && tally.IsCounted(line.Text, line.Content)))
            && !tally.IsExcused(line.Text, line.Content))
            _undated ??= line.Content[..Math.Min(line.Content.Length, ShownLine)].ToString();
    }

    private void Open(bool isOpen)
    {
        // An older line behind it tells that it is old too: a log is written in order.
        if (isOpen)
            _doubtful ??= _undated;
        _undated = null;
        _isOpen = isOpen;
        foreach (var text in _waiting)
        {
            if (isOpen)
                Count(LogLine.Parse(text, now));
            else
                tally.Before++;
        }
        _waiting.Clear();
    }

    private void Wait(ReadOnlySpan<char> text)
    {
        if (_waiting.Count == MostWaiting)
            throw new NoEvidenceException(
                $"none of the first {MostWaiting} lines has a time that can be read, so it is not known which lines were written since "
                + "then; leave out 'since' to read all of them");
        _waiting.Add(text.ToString());
    }
}
