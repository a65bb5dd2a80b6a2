using System.Text;
using System.Text.Json;
using GateAction.Cel;
using GateAction.Cel.Values;

namespace GateAction.Http;

/// <summary>
/// Reads JSON (RFC 8259) in UTF-8 piece by piece and keeps what is read of it, so that a large answer costs no more memory than its facts.
/// The whole is checked, also what is not kept: its syntax, its encoding, and that no key stands twice in an object.
/// </summary>
internal sealed class JsonSieve(FactUse use)
{
    /// <summary>What is nested deeper is not read: evidence and conditions would have to go as deep.</summary>
    public const int MaxDepth = 64;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private readonly Decoder _utf8 = StrictUtf8.GetDecoder();
    private readonly JsonNameCache _names = new();
    private readonly PooledBytes _pending = new();
    private readonly Stack<JsonLevel> _open = new();
    private readonly Stack<JsonLevel> _spare = new();
    // Our own limit counts the depth, so that a text which is too deep is told apart from one that is not JSON.
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = int.MaxValue });
    private bool _isBegun;
    private bool _isFinished;
    private Value _root;

    /// <summary>
    /// What is wrong with the text: a <see cref="JsonException"/> (without a line if a key stands twice), a
    /// <see cref="JsonDepthException"/> or a
    /// <see cref="DecoderFallbackException"/>.
    /// </summary>
    public Exception? Fault { get; private set; }

    public void Write(ReadOnlySpan<byte> bytes) => Take(bytes, isLast: false);

    /// <summary>What was kept; look at <see cref="Fault"/> first.</summary>
    public Value Finish()
    {
        if (_isFinished)
            return _root;
        _isFinished = true;
        Take([], isLast: true);
        _pending.Release();
        return _root;
    }

    private void Take(ReadOnlySpan<byte> bytes, bool isLast)
    {
        if (Fault is not null)
            return;
        try
        {
            CheckEncoding(bytes, isLast);
            _pending.Append(bytes);
            Parse(isLast);
        }
        catch (Exception exception) when (exception is JsonException or DecoderFallbackException)
        {
            Fault = exception;
        }
    }

    private void CheckEncoding(ReadOnlySpan<byte> bytes, bool isLast)
    {
        Span<char> characters = stackalloc char[1024];
        bool isComplete;
        do
        {
            // The reader itself does not look: it takes a text with broken UTF-8 as long as quotes and braces are right.
            _utf8.Convert(bytes, characters, isLast, out var used, out _, out isComplete);
            bytes = bytes[used..];
        }
        while (!isComplete);
    }

    private void Parse(bool isLast)
    {
        // The mark may come in two pieces.
        if (!_isBegun && _pending.Span.Length < Encoding.UTF8.Preamble.Length && !isLast)
            return;
        if (!_isBegun && _pending.Span.StartsWith(Encoding.UTF8.Preamble))
            _pending.Drop(Encoding.UTF8.Preamble.Length);
        _isBegun = true;
        var reader = new Utf8JsonReader(_pending.Span, isLast, _state);
        while (reader.Read())
            Take(ref reader);
        _state = reader.CurrentState;
        _pending.Drop((int)reader.BytesConsumed);
    }

    private void Take(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                if (_open.Count == MaxDepth)
                    throw new JsonDepthException();
                var below = UseHere();
                _open.Push((_spare.TryPop(out var level)
                    ? level
                    : new JsonLevel()).Open(below, reader.TokenType == JsonTokenType.StartObject));
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                var closed = _open.Pop();
                Keep(closed.Use, closed.Use is null ? default : closed.ToValue());
                _spare.Push(closed);
                break;
            case JsonTokenType.PropertyName:
                if (!_open.Peek().TryName(_names.Of(reader.ValueSpan)))
                    throw new JsonException("a key stands twice");
                break;
            default:
                if (UseHere() is { } kept)
                    Keep(kept, ValueOf(ref reader));
                break;
        }
    }

    private FactUse? UseHere() => _open.TryPeek(out var level) ? level.UseOfNext : use;

    private void Keep(FactUse? kept, Value value)
    {
        if (kept is null)
            return;
        if (_open.TryPeek(out var level))
            level.Add(value);
        else
            _root = value;
    }

    private static Value ValueOf(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.True => Value.True,
        JsonTokenType.False => Value.False,
        JsonTokenType.Number => ValueJson.Number(reader.ValueSpan),
        JsonTokenType.String => Value.String(JsonText.Decode(reader.ValueSpan)),
        _ => Value.Null,
    };
}

/// <summary>Ends the reading of a text that is JSON as far as it was read, and nested deeper than is read.</summary>
internal sealed class JsonDepthException() : JsonException($"nested more than {JsonSieve.MaxDepth} levels deep");

/// <summary>The names of fields: an array of objects says the same few again and again, and each is decoded once.</summary>
internal sealed class JsonNameCache
{
    private const int Slots = 32;
    private const int Longest = 64;

    private readonly (byte[]? Bytes, string Name)[] _names = new (byte[]?, string)[Slots];

    /// <param name="utf8">As it stands between the quotes.</param>
    public string Of(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > Longest)
            return JsonText.Decode(utf8);
        var hash = new HashCode();
        // HashCode is seeded anew in each process: a server cannot choose names that all fall into one slot.
        hash.AddBytes(utf8);
        ref var slot = ref _names[(uint)hash.ToHashCode() % Slots];
        if (slot.Bytes is null || !utf8.SequenceEqual(slot.Bytes))
            slot = (utf8.ToArray(), JsonText.Decode(utf8));
        return slot.Name;
    }
}
