using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace GateAction.Sources.Results.Reading;

/// <summary>Reads a JSON document from a stream, holding one token or one array element at a time.</summary>
internal sealed class JsonStream
{
    // Utf8JsonReader takes a token whole, so the buffer grows to the longest; one without an end must not take all memory.
    private const int MostTokenBytes = 64 << 20;

    // Value() calls itself for every level: deeper than any report, and far from the end of the stack.
    private const int MostDepth = 256;

    private readonly Stream _stream;
    private byte[] _buffer;
    private int _start;
    private int _end;
    private bool _isFinal;
    private JsonReaderState _state =
        new(new() { MaxDepth = MostDepth, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
    private int _tokenStart;

    public JsonStream(Stream stream)
    {
        _stream = stream;
        _buffer = new byte[64 * 1024];
    }

    /// <summary>Over bytes that are all there.</summary>
    public JsonStream(byte[] bytes, int length, int line)
    {
        _stream = Stream.Null;
        _buffer = bytes;
        _end = length;
        _isFinal = true;
        Line = line;
    }

    /// <summary>The line of the current token.</summary>
    public int Line { get; private set; } = 1;

    public JsonTokenType Token { get; private set; }

    /// <summary>How many objects and lists are open around the current token.</summary>
    public int Depth { get; private set; }

    /// <summary>The name of the property that the current token is.</summary>
    public string Key => String(ResultLimits.Name);

    /// <summary>Reads a document whose faults become problems at the line reached.</summary>
    public static void Read(ResultSource source, Action<JsonStream> read)
    {
        using var stream = source.OpenUtf8();
        var json = new JsonStream(stream);
        try
        {
            json.Advance();
            read(json);
            // To the end of the file: what stands behind the document is damage, and the reader throws on it.
            while (json.Advance())
            {
            }
        }
        catch (JsonException exception)
        {
            throw new FormatFaultException(JsonFault.Describe(exception), json.Line, 0, exception);
        }
    }

    /// <summary>Calls the action with each key of the object that begins here; what the action does not read is skipped.</summary>
    public void ForEachField(Action<string> field)
    {
        if (Token != JsonTokenType.StartObject)
        {
            Skip();
            return;
        }
        var names = new JsonNames();
        while (Require() != JsonTokenType.EndObject)
        {
            var name = Name(names);
            Require();
            var at = _read;
            field(name);
            if (at == _read)
                Skip();
        }
    }

    /// <summary>The whole number that the current token is; null for any other token and for what has more than 64 bits.</summary>
    public long? Integer =>
        Token == JsonTokenType.Number && Utf8Parser.TryParse(TokenBytes, out long number, out var used) && used == TokenBytes.Length
        ? number
        : null;

    /// <summary>The number that the current token is, as it is written.</summary>
    public string Number => Encoding.ASCII.GetString(TokenBytes);

    /// <summary>The text that the current token is; null for any other token.</summary>
    public string? Text => Token == JsonTokenType.String ? String(ResultLimits.Name) : null;

    /// <summary>Calls the action with each name of the map that begins here, of which there may be a million; what the action does not read
    /// is skipped.</summary>
    public void ForEachEntry(Action<string> entry)
    {
        if (Token != JsonTokenType.StartObject)
        {
            Skip();
            return;
        }
        // No look for a name that stands twice, for which all of them would be held.
        while (Require() != JsonTokenType.EndObject)
        {
            var name = String(ResultLimits.Name);
            Require();
            var at = _read;
            entry(name);
            if (at == _read)
                Skip();
        }
    }

    /// <summary>Calls the action with each element of the array that begins here.</summary>
    public void ForEachItem(Action<JsonData> item)
    {
        if (Token != JsonTokenType.StartArray)
        {
            Skip();
            return;
        }
        while (Require() != JsonTokenType.EndArray)
            item(Value());
    }

    /// <summary>Calls the action on each element of the array that begins here; what the action does not read is skipped.</summary>
    public void ForEachElement(Action element)
    {
        if (Token != JsonTokenType.StartArray)
        {
            Skip();
            return;
        }
        while (Require() != JsonTokenType.EndArray)
        {
            var at = _read;
            element();
            if (at == _read)
                Skip();
        }
    }

    /// <summary>The value that begins here, whole, its texts cut.</summary>
    public JsonData Value()
    {
        _read++;
        var line = Line;
        switch (Token)
        {
            case JsonTokenType.StartObject:
                var fields = new Dictionary<string, JsonData>(StringComparer.Ordinal);
                while (Require() != JsonTokenType.EndObject)
                {
                    var name = String(ResultLimits.Name);
                    Require();
                    if (!fields.TryAdd(name, Value()))
                        throw Twice(name);
                }
                return new() { Fields = fields, IsObject = true, Line = line };
            case JsonTokenType.StartArray:
                var items = new List<JsonData>();
                while (Require() != JsonTokenType.EndArray)
                    items.Add(Value());
                return new() { Items = items, IsList = true, Line = line };
            case JsonTokenType.String:
                return new() { Text = String(ResultLimits.Details), Line = line };
            case JsonTokenType.Number:
                return new()
                {
                    Number =
                    double.TryParse(Encoding.ASCII.GetString(TokenBytes), System.Globalization.CultureInfo.InvariantCulture, out var number)
                    ? number
                    : null,
                    Line = line
                };
            case JsonTokenType.True or JsonTokenType.False:
                return new() { Flag = Token == JsonTokenType.True, Line = line };
            default:
                return JsonData.Missing;
        }
    }

    private string Name(JsonNames names)
    {
        var name = String(ResultLimits.Name);
        return names.Add(name) ? name : throw Twice(name);
    }

    // Readers differ in which of the two they take: what one calls failed is passed for the other.
    private FormatFaultException Twice(string name) => new($"the key '{Reading.Text.Cut(name, 60)}' stands twice in one object", Line);

    private long _read;

    private ReadOnlySpan<byte> TokenBytes => _buffer.AsSpan(_tokenStart, _start - _tokenStart);

    private void Skip()
    {
        var depth = 0;
        do
        {
            depth += Token is JsonTokenType.StartObject or JsonTokenType.StartArray ? 1 : 0;
            depth -= Token is JsonTokenType.EndObject or JsonTokenType.EndArray ? 1 : 0;
        }
        while (depth > 0 && Require() != JsonTokenType.None);
    }

    private JsonTokenType Require()
    {
        if (!Advance())
            throw new JsonException("the document breaks off");
        return Token;
    }

    public bool Advance()
    {
        _read++;
        while (true)
        {
            var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _isFinal, _state);
            var isRead = reader.Read();
            var consumed = (int)reader.BytesConsumed;
            _tokenStart = _start + (isRead ? (int)reader.TokenStartIndex : 0);
            Line += _buffer.AsSpan(_start, consumed).Count((byte)'\n');
            _start += consumed;
            _state = reader.CurrentState;
            if (isRead)
            {
                (Token, Depth) = (reader.TokenType, reader.CurrentDepth);
                return true;
            }
            if (_isFinal)
                return false;
            Fill();
        }
    }

    private void Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= MostTokenBytes)
                throw new JsonException("a single text or number, or white space, is longer than 64 MiB");
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
        var read = _stream.Read(_buffer.AsSpan(_end));
        _end += read;
        _isFinal = read == 0;
    }

    private string String(int limit)
    {
        // A property name's token ends with its colon, which the reader consumes with it.
        var token = TokenBytes;
        var reader = new Utf8JsonReader(token[..(token.LastIndexOf((byte)'"') + 1)]);
        reader.Read();
        try
        {
            return Reading.Text.Cut(reader.GetString() ?? "", limit);
        }
        // Half of a surrogate pair, as "\ud83d" of an emoji that was cut, is in no UTF-8: the text stays as it is written.
        catch (InvalidOperationException)
        {
            return Reading.Text.Cut(Encoding.UTF8.GetString(reader.ValueSpan), limit);
        }
    }
}

/// <summary>The names of one object, to find one that stands twice. Most objects have a handful, for which a list is enough.</summary>
internal sealed class JsonNames
{
    private const int Few = 12;
    private readonly List<string> _few = new(Few);
    private HashSet<string>? _many;

    public bool Add(string name)
    {
        if (_many is not null)
            return _many.Add(name);
        if (_few.Contains(name))
            return false;
        _few.Add(name);
        if (_few.Count == Few)
            _many = new(_few, StringComparer.Ordinal);
        return true;
    }
}
