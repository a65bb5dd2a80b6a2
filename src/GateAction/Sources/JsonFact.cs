using System.Text.Json;
using GateAction.Cel.Values;
using GateAction.Http;

namespace GateAction.Sources;

/// <summary>Reads a text as JSON (RFC 8259). A key that stands twice is refused: readers disagree on which of the two counts.</summary>
internal static class JsonFact
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    /// <param name="what">Whose text it is, for the reason: "the body".</param>
    /// <param name="reason">Set where the text is no JSON.</param>
    public static Value? Read(string what, string text, ref string? reason)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            reason = $"{what} is empty, so there is no JSON in it";
            return null;
        }
        try
        {
            using var document = JsonDocument.Parse(text, Strict);
            return ValueJson.Read(document.RootElement);
        }
        catch (JsonException exception)
        {
            reason = Why(what, exception);
            return null;
        }
    }

    /// <summary>What was kept of a text that was read piece by piece.</summary>
    public static Value? Read(string what, JsonSieve sieve, out string? reason)
    {
        var kept = sieve.Finish();
        reason = sieve.Fault switch
        {
            null => null,
            JsonException exception => Why(what, exception),
            _ => $"{what} is not text in utf-8",
        };
        return reason is null ? kept : null;
    }

    private static string Why(string what, JsonException exception) => exception.LineNumber is { } line
        ? $"{what} is not JSON (line {line + 1}, byte {exception.BytePositionInLine + 1})"
        : $"{what} is not JSON that can be read: a key stands twice";
}
