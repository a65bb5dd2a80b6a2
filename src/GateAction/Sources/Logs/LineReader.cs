namespace GateAction.Sources.Logs;

/// <summary>Splits a text into lines without holding more than one of them. What a line has beyond <see cref="MaxLength"/> is
/// dropped.</summary>
internal sealed class LineReader(TextReader reader)
{
    public const int MaxLength = 64 * 1024;
    private readonly char[] _buffer = new char[MaxLength];
    private int _start;
    private int _end;
    private bool _isOver;
    private bool _isAfterReturn;

    /// <summary>How many lines were longer.</summary>
    public int Cut { get; private set; }

    /// <summary>True if zeros stood before the line.</summary>
    public bool FollowsHole { get; private set; }

    /// <summary>The next line without its end, valid until the next call; false after the last.</summary>
    public bool TryRead(out ReadOnlySpan<char> line)
    {
        FollowsHole = false;
        while (true)
        {
            SkipToLineStart();
            var rest = _buffer.AsSpan(_start, _end - _start);
            var length = rest.IndexOfAny('\n', '\r');
            if (length >= 0 || (_isOver && rest.Length > 0))
            {
                length = length >= 0 ? length : rest.Length;
                EndAt(_start + length);
                line = rest[..length];
                return true;
            }
            line = default;
            if (_isOver)
                return false;
            if (rest.Length == MaxLength)
            {
                Cut++;
                SkipToLineEnd(out var cut);
                line = cut;
                return true;
            }
            Fill();
        }
    }

    // A return alone ends a line too, as old programs and progress bars write it; with a line feed behind it they are one end. Where a log
    // was emptied under its writer (logrotate's copytruncate) it begins with zeros up to where the writer was.
    private void SkipToLineStart()
    {
        if (_isAfterReturn && _start < _end)
        {
            _start += _buffer[_start] == '\n' ? 1 : 0;
            _isAfterReturn = false;
        }
        var zeros = _buffer.AsSpan(_start, _end - _start).IndexOfAnyExcept('\0');
        zeros = zeros < 0 ? _end - _start : zeros;
        FollowsHole |= zeros > 0;
        _start += zeros;
    }

    private void EndAt(int end)
    {
        _isAfterReturn = end < _end && _buffer[end] == '\r';
        _start = Math.Min(_end, end + 1);
    }

    private void Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        var read = reader.Read(_buffer, _end, _buffer.Length - _end);
        _isOver = read == 0;
        _end += read;
    }

    private void SkipToLineEnd(out ReadOnlySpan<char> kept)
    {
        kept = _buffer.AsSpan(0, MaxLength).ToArray();
        int end;
        do
        {
            (_start, _end) = (0, 0);
            Fill();
            end = _buffer.AsSpan(0, _end).IndexOfAny('\n', '\r');
        }
        while (end < 0 && !_isOver);
        if (end >= 0)
            EndAt(end);
    }
}
