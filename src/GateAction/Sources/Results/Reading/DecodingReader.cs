using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace GateAction.Sources.Results.Reading;

/// <summary>
/// The text of a stream in whatever encoding it has. Bytes that are not of the encoding, NULs and control characters that XML forbids
/// become U+FFFD and are counted, so that one stray byte in a log does not cost the whole file.
/// </summary>
internal sealed class DecodingReader : TextReader
{
    // All control characters but tab, line feed and carriage return.
    private static readonly SearchValues<char> Controls = SearchValues.Create(
        "\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\u000B\u000C\u000E\u000F\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001A\u001B\u001C\u001D\u001E\u001F");

    private readonly Stream _stream;
    private readonly Decoder _decoder;
    private readonly CountingFallback _fallback = new();
    private readonly byte[] _bytes = new byte[64 * 1024];
    private int _start;
    private int _end;
    private long _decoded;
    private bool _isAtEnd;
    private bool _isWithinCharacter;

    public DecodingReader(Stream stream)
    {
        _stream = stream;
        _end = stream.ReadAtLeast(_bytes, TextEncoding.HeadLength, throwOnEndOfStream: false);
        Encoding = TextEncoding.Detect(_bytes.AsSpan(0, _end));
        _start = Encoding.BomLength;
        // The runtime's encodings are shared and cannot be changed.
        var encoding = (Encoding)Encoding.Encoding.Clone();
        encoding.DecoderFallback = _fallback;
        _decoder = encoding.GetDecoder();
    }

    public TextEncoding Encoding { get; }

    /// <summary>How many characters were replaced because they are illegal.</summary>
    public int IllegalCharacters { get; private set; }

    /// <summary>How many byte sequences were replaced because they are not of the encoding.</summary>
    public int IllegalBytes => _fallback.Count;

    /// <summary>
    /// How many characters stand before the first replacement, of those that were decoded; null where there was none. Who needs the line
    /// reads the file again: lines are not counted on the way.
    /// </summary>
    public long? FirstReplaced { get; private set; }

    public override int Peek() => -1;

    public override int Read()
    {
        Span<char> one = stackalloc char[1];
        return Read(one) == 0 ? -1 : one[0];
    }

    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    public override int Read(Span<char> buffer)
    {
        var written = 0;
        while (written == 0 && buffer.Length > 0)
        {
            if (_start == _end && !_isAtEnd)
                Fill();
            var replacedBefore = _fallback.Count;
            Decode(buffer, out written);
            if (_decoded == 0)
                ReadAsVersion10(buffer[..written]);
            Clean(buffer[..written], _fallback.Count > replacedBefore);
            if (written == 0 && _isAtEnd && _start == _end)
                break;
        }
        return written;
    }

    /// <summary>Takes the next bytes as they stand; none where they are not clean UTF-8, or begin the file: then they must be
    /// decoded.</summary>
    public ReadOnlySpan<byte> TakeClean(int most)
    {
        if (_start == _end && !_isAtEnd)
            Fill();
        // What begins the file always goes through the decoder: an XML declaration is changed on its way.
        if (_decoded == 0 || _isWithinCharacter || !Encoding.IsUtf8)
            return [];
        var clean = CleanUtf8.Prefix(_bytes.AsSpan(_start, Math.Min(_end - _start, most)));
        _start += clean.Length;
        return clean;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _stream.Dispose();
        base.Dispose(disposing);
    }

    private void Fill()
    {
        _start = 0;
        _end = _stream.Read(_bytes);
        _isAtEnd = _end == 0;
    }

    private void Decode(Span<char> buffer, out int written)
    {
        // Convert asks for room for a surrogate pair; a buffer of one character is served by Read() of the caller's next call.
        if (buffer.Length == 1)
        {
            Span<char> pair = stackalloc char[2];
            _decoder.Convert(_bytes.AsSpan(_start, Math.Min(1, _end - _start)), pair[..2], _isAtEnd, out var usedOne, out written, out _);
            _start += usedOne;
            if (written > 0)
                buffer[0] = written == 1 ? pair[0] : '\uFFFD';
            written = Math.Min(written, 1);
            return;
        }
        _decoder.Convert(_bytes.AsSpan(_start, _end - _start), buffer, _isAtEnd, out var used, out written, out _);
        _start += used;
        // The decoder may hold the first bytes of a character, which the next ones finish. A byte above 0x7F may as well be the last of
        // one: then a block more is decoded than need be.
        _isWithinCharacter = _start > 0 && _bytes[_start - 1] > 0x7F;
    }

    private void Clean(Span<char> text, bool hasReplacement)
    {
        var at = IndexOfIllegal(text);
        if ((at >= 0 || hasReplacement) && FirstReplaced is null)
            FirstReplaced = _decoded + Math.Max(at >= 0 ? at : text.IndexOf('\uFFFD'), 0);
        _decoded += text.Length;
        for (var from = 0; at >= 0;)
        {
            text[from + at] = '\uFFFD';
            IllegalCharacters++;
            from += at + 1;
            at = IndexOfIllegal(text[from..]);
        }
    }

    // XML 1.1 differs in control characters only, which are let through anyway; the runtime reads 1.0 alone.
    private static void ReadAsVersion10(Span<char> text)
    {
        const string Declaration = "<?xml version=";
        if (text.StartsWith(Declaration) && text.Length > Declaration.Length + 4 && text.Slice(Declaration.Length + 1, 3) is "1.1")
            text[Declaration.Length + 3] = '0';
    }

    private static int IndexOfIllegal(ReadOnlySpan<char> text)
    {
        var control = text.IndexOfAny(Controls);
        var noncharacter = (control < 0 ? text : text[..control]).IndexOfAnyInRange('\uFFFE', '\uFFFF');
        return noncharacter >= 0 ? noncharacter : control;
    }
}

/// <summary>Tells bytes that need no decoding: UTF-8 without control characters and noncharacters.</summary>
internal static class CleanUtf8
{
    private static readonly SearchValues<byte> Controls =
        SearchValues.Create([.. Enumerable.Range(0, 32).Except([9, 10, 13]).Select(code => (byte)code)]);

    // Begins U+FFFE and U+FFFF, and other characters that are let go by slowly for it.
    private static ReadOnlySpan<byte> Noncharacter => [0xEF, 0xBF];

    /// <summary>The bytes without a character that breaks off at their end; nothing where one of them is not clean.</summary>
    public static ReadOnlySpan<byte> Prefix(ReadOnlySpan<byte> bytes)
    {
        if (bytes.ContainsAny(Controls))
            return [];
        if (Ascii.IsValid(bytes))
            return bytes;
        bytes = bytes[..^BrokenOff(bytes)];
        return Utf8.IsValid(bytes) && bytes.IndexOf(Noncharacter) < 0 ? bytes : [];
    }

    private static int BrokenOff(ReadOnlySpan<byte> bytes)
    {
        for (var length = 1; length <= Math.Min(3, bytes.Length); length++)
        {
            if (Rune.DecodeFromUtf8(bytes[^length..], out _, out _) == OperationStatus.NeedMoreData)
                return length;
        }
        return 0;
    }
}

/// <summary>Replaces bytes that are not of the encoding by U+FFFD and counts them.</summary>
internal sealed class CountingFallback : DecoderFallback
{
    public int Count { get; private set; }

    public override int MaxCharCount => 1;

    public override DecoderFallbackBuffer CreateFallbackBuffer() => new Buffer(this);

    private sealed class Buffer(CountingFallback owner) : DecoderFallbackBuffer
    {
        private bool _pending;

        public override int Remaining => _pending ? 1 : 0;

        public override bool Fallback(byte[] bytesUnknown, int index)
        {
            owner.Count++;
            _pending = true;
            return true;
        }

        public override char GetNextChar()
        {
            var next = _pending ? '\uFFFD' : '\0';
            _pending = false;
            return next;
        }

        public override bool MovePrevious() => false;

        public override void Reset() => _pending = false;
    }
}

/// <summary>Warnings about what the decoding had to replace.</summary>
internal static class Decoded
{
    public static void Report(ResultSource source, DecodingReader text, FileTally tally)
    {
        var line = text.IllegalBytes + text.IllegalCharacters > 0 ? LineOfFirst(source) : 0;
        if (text.Encoding.Warning is { } warning)
            tally.Add(Severity.Warning, warning, 1);
        if (text.IllegalBytes > 0)
            tally.Add(Severity.Warning,
                $"{Plural(text.IllegalBytes, "byte sequence")} not valid in {text.Encoding.Encoding.WebName}; read as U+FFFD", line);
        if (text.IllegalCharacters > 0)
            tally.Add(Severity.Warning, $"{Plural(text.IllegalCharacters, "control character")} not allowed in this format; read as U+FFFD",
                line);
    }

    private static int LineOfFirst(ResultSource source)
    {
        using var text = source.OpenText();
        var buffer = new char[16 * 1024];
        var (line, before) = (1, 0L);
        for (int read; (read = text.Read(buffer)) > 0; before += read)
        {
            line += buffer.AsSpan(0, (int)Math.Min(read, (text.FirstReplaced ?? long.MaxValue) - before)).Count('\n');
            if (text.FirstReplaced is not null)
                break;
        }
        return line;
    }

    private static string Plural(int count, string noun) => count == 1 ? $"1 {noun} that is" : $"{count} {noun}s that are";
}
