namespace GateAction.Sources.Logs;

/// <summary>
/// Lets the lines of one file through that were written since a point in time. A line without a time belongs to the one before it (a stack
/// trace); those before the first time wait for it, because a log is written in order.
/// </summary>
internal sealed class LogWindow(DateTimeOffset? since, LogTally tally)
{
    private const int MostWaiting = 1000;
    private readonly List<string> _waiting = [];
    private bool? _isOpen = since is null ? true : null;

    /// <summary>The newest time seen.</summary>
    public DateTimeOffset? Until { get; private set; }

    public void Add(LogLine line)
    {
        if (line.Time is { } time)
        {
            Until = Until is null || time > Until ? time : Until;
            if (since is not null)
                Open(time >= since);
        }
        if (_isOpen is true)
            tally.Add(line.Severity, line.Text, line.Message);
        else if (_isOpen is null)
            Wait(line.Text);
    }

    /// <summary>Throws <see cref="NoEvidenceException"/> where no line carried a time.</summary>
    public void Finish(string file)
    {
        if (_isOpen is null && _waiting.Count > 0)
            throw new NoEvidenceException($"no line of '{file}' begins with a time, so it is not known which of them were written since then; leave out 'since' to read all of them");
    }

    private void Open(bool isOpen)
    {
        _isOpen = isOpen;
        foreach (var text in _waiting)
        {
            var line = LogLine.Parse(text);
            if (isOpen)
                tally.Add(line.Severity, line.Text, line.Message);
        }
        _waiting.Clear();
    }

    private void Wait(ReadOnlySpan<char> text)
    {
        if (_waiting.Count == MostWaiting)
            throw new NoEvidenceException($"none of the first {MostWaiting} lines carries a time, so it is not known which lines were written since then; leave out 'since' to read all of them");
        _waiting.Add(text.ToString());
    }
}
