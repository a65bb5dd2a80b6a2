using System.Text.Json;
using GateAction.Core.Conditions;

namespace GateAction.Probes;

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
            reason = exception.LineNumber is { } line
                ? $"{what} is not JSON (line {line + 1}, byte {exception.BytePositionInLine + 1})"
                : $"{what} is not JSON that can be read: a key stands twice";
            return null;
        }
    }
}
