using System.Text;

namespace GateAction.Sources.Results.Reading;

/// <summary>The lines of a text, one at a time, of which none is held beyond <see cref="Longest"/>.</summary>
internal sealed class TextLines(TextReader reader)
{
    /// <summary>In characters.</summary>
    public const int Longest = 1024 * 1024;

    private readonly char[] _buffer = new char[32 * 1024];
    private readonly StringBuilder _line = new();
    private int _start;
    private int _end;
    private bool _isAfterReturn;

    /// <summary>The number of the current line.</summary>
    public int Number { get; private set; }

    /// <summary>True if the current line was longer, and what it had beyond is lost.</summary>
    public bool IsCut { get; private set; }

    /// <summary>The next line without its end; null after the last.</summary>
    public string? Read()
    {
        _line.Clear();
        var isThere = IsCut = false;
        while (HasMore())
        {
            var rest = _buffer.AsSpan(_start, _end - _start);
            if (_isAfterReturn && rest[0] == '\n')
            {
                (_isAfterReturn, _start) = (false, _start + 1);
                continue;
            }
            (_isAfterReturn, isThere) = (false, true);
            var end = rest.IndexOfAny('\r', '\n');
            Keep(end < 0 ? rest : rest[..end]);
            _start += end < 0 ? rest.Length : end + 1;
            if (end < 0)
                continue;
            // A CR ends a line by itself too. The LF of a CRLF may stand in the next block, where it must not count as one more line.
            _isAfterReturn = rest[end] == '\r';
            break;
        }
        Number += isThere ? 1 : 0;
        return isThere ? _line.ToString() : null;
    }

    /// <summary>As <see cref="Read"/>, for texts whose every line counts.</summary>
    /// <exception cref="FormatFaultException">The line is too long.</exception>
    public string? ReadWhole()
    {
        var line = Read();
        return IsCut ? throw new FormatFaultException($"a single line is longer than {Longest:N0} characters", Number) : line;
    }

    private bool HasMore()
    {
        if (_start < _end)
            return true;
        (_start, _end) = (0, reader.Read(_buffer, 0, _buffer.Length));
        return _end > 0;
    }

    private void Keep(ReadOnlySpan<char> text)
    {
        var room = Longest - _line.Length;
        IsCut |= text.Length > room;
        _line.Append(text[..Math.Min(text.Length, room)]);
    }
}
