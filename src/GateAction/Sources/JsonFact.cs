using System.Buffers;
using System.Text;
using System.Text.Json;
using GateAction.Cel;
using GateAction.Cel.Values;
using GateAction.Http;

namespace GateAction.Sources;

/// <summary>Reads a text as JSON (RFC 8259). A key that stands twice is refused: readers disagree on which of the two counts.</summary>
internal static class JsonFact
{
    /// <param name="what">Whose text it is, for the reason: "the body".</param>
    /// <param name="reason">Set if the text is no JSON.</param>
    public static Value? Read(string what, string text, ref string? reason)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            reason = $"{what} is empty, so there is no JSON in it";
            return null;
        }
        // One reader of JSON for a text and for a stream, so that a large answer and a small one are refused for the same things.
        var sieve = new JsonSieve(FactUse.Whole);
        var utf8 = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetByteCount(text));
        sieve.Write(utf8.AsSpan(0, Encoding.UTF8.GetBytes(text, utf8)));
        ArrayPool<byte>.Shared.Return(utf8);
        var json = Read(what, sieve, out var fault);
        reason = fault ?? reason;
        return json;
    }

    /// <summary>What was kept of a text that was read piece by piece.</summary>
    public static Value? Read(string what, JsonSieve sieve, out string? reason)
    {
        var kept = sieve.Finish();
        reason = sieve.Fault switch
        {
            null => null,
            JsonDepthException => $"{what} is JSON that is nested more than {JsonSieve.MaxDepth} levels deep, which is not read",
            JsonException { LineNumber: { } line } fault => $"{what} is not JSON (line {line + 1}, byte {fault.BytePositionInLine + 1})",
            JsonException => $"{what} is not JSON that can be read: a key stands twice",
            _ => $"{what} is not text in utf-8",
        };
        return reason is null ? kept : null;
    }
}
