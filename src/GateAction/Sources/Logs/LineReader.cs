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

    /// <summary>How many lines were longer.</summary>
    public int Cut { get; private set; }

    /// <summary>The next line without its end, valid until the next call; false after the last.</summary>
    public bool TryRead(out ReadOnlySpan<char> line)
    {
        while (true)
        {
            var rest = _buffer.AsSpan(_start, _end - _start);
            var length = rest.IndexOf('\n');
            if (length >= 0 || (_isOver && rest.Length > 0))
            {
                length = length >= 0 ? length : rest.Length;
                _start = Math.Min(_end, _start + length + 1);
                line = rest[..length].TrimEnd('\r');
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
        do
        {
            (_start, _end) = (0, 0);
            Fill();
            _start = _buffer.AsSpan(0, _end).IndexOf('\n') + 1;
        }
        while (_start == 0 && !_isOver);
    }
}
