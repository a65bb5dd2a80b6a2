namespace GateAction.Sources.Results.Reading;

/// <summary>The lines of a stream as bytes, one at a time.</summary>
internal sealed class Utf8Lines(Stream stream)
{
    private const int MostLineBytes = 64 << 20;
    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private int _next;
    private bool _isFinal;

    /// <summary>The number of the current line.</summary>
    public int Number { get; private set; }

    /// <summary>The current line without its end; valid until the next read.</summary>
    public ArraySegment<byte> Current => new(_buffer, _start, _length);

    private int _length;

    public bool Read()
    {
        _start = _next;
        var searched = _start;
        while (true)
        {
            var at = _buffer.AsSpan(searched, _end - searched).IndexOf((byte)'\n');
            if (at >= 0)
                return Take(searched + at, searched + at + 1);
            searched = _end;
            if (_isFinal)
                return _start < _end && Take(_end, _end);
            // What was searched is not searched again: a line of many megabytes would else be gone through at each of its blocks.
            searched -= Fill();
        }
    }

    private bool Take(int end, int next)
    {
        _length = end - _start - (end > _start && _buffer[end - 1] == '\r' ? 1 : 0);
        _next = next;
        Number++;
        return true;
    }

    /// <summary>Returns by how much the bytes moved to the front.</summary>
    private int Fill()
    {
        var moved = _start;
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - moved);
        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= MostLineBytes)
                throw new FormatFaultException("a single line is longer than 64 MiB", Number + 1);
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
        var read = stream.Read(_buffer.AsSpan(_end));
        _end += read;
        _isFinal = read == 0;
        return moved;
    }
}
