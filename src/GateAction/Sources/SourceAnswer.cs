using System.Text;
using System.Text.Json;
using GateAction.Cel;
using GateAction.Http;

namespace GateAction.Sources;

/// <summary>Reads what a source of evidence answered. Throws <see cref="NoEvidenceException"/> if it is nothing to judge by.</summary>
internal static class SourceAnswer
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    /// <param name="source">Who answered: <c>Prometheus</c>.</param>
    public static JsonDocument ReadJson(HttpAnswer answer, string source)
    {
        var (text, reason) = answer.Body.Decode();
        if (text is null)
            throw new NoEvidenceException($"{source} answered what cannot be read: {reason}");
        if (string.IsNullOrWhiteSpace(text))
            throw new NoEvidenceException($"{source} gave an empty answer ({StatusOf(answer)})");
        try
        {
            return JsonDocument.Parse(text, Strict);
        }
        // Which of the two it is the reader's exception does not say, but in words that change between versions of .NET.
        catch (JsonException exception) when (IsTooDeep(text))
        {
            throw new NoEvidenceException(
                $"{source} gave an answer in JSON that is nested more than {JsonSieve.MaxDepth} levels deep, which is not read "
                + $"({StatusOf(answer)})", exception);
        }
        catch (JsonException exception)
        {
            var place = exception.LineNumber is { } line
                ? $", line {line + 1}, byte {exception.BytePositionInLine + 1}"
                : ", a key stands twice";
            throw new NoEvidenceException($"{source} gave an answer that is not JSON ({StatusOf(answer)}{TypeOf(answer)}{place})",
                exception);
        }
    }

    private static bool IsTooDeep(string text)
    {
        var sieve = new JsonSieve(new FactUse());
        sieve.Write(Encoding.UTF8.GetBytes(text));
        sieve.Finish();
        return sieve.Fault is JsonDepthException;
    }

    /// <summary><c>status 429, too many requests; it asks to wait 30 s</c>.</summary>
    public static string StatusOf(HttpAnswer answer)
    {
        var meaning = answer.Status switch
        {
            400 => ", a request it does not understand",
            401 => ", it wants other credentials",
            403 => ", access is denied",
            404 => ", not found",
            429 => ", too many requests",
            >= 500 => ", a fault of its own",
            _ => "",
        };
        // Seconds, or a date of less than 40 characters (RFC 9110, 10.2.3); what is longer is no such thing.
        var wait = HeaderOf(answer, "retry-after") is { Length: > 0 and < 40 } after
            ? $"; it asks to wait {after}{(after.All(char.IsAsciiDigit) ? " s" : "")}"
            : "";
        return $"status {answer.Status}{meaning}{wait}";
    }

    private static string TypeOf(HttpAnswer answer) => HeaderOf(answer, "content-type") is { } type ? $", '{type.Split(';')[0]}'" : "";

    private static string? HeaderOf(HttpAnswer answer, string name) => answer.Headers.GetValueOrDefault(name);
}
