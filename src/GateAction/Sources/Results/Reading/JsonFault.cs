using System.Text.Json;
using System.Text.RegularExpressions;

namespace GateAction.Sources.Results.Reading;

/// <summary>What is wrong with a JSON document.</summary>
internal static partial class JsonFault
{
    public static string Describe(JsonException exception)
    {
        // The place is told as for every format, by file and line; two would contradict each other, since the runtime counts lines from 0.
        var message = Position().Replace(exception.Message, "").Trim();
        var breaksOff = message.Contains("breaks off", StringComparison.Ordinal)
            || message.Contains("end of data", StringComparison.Ordinal)
            || message.Contains("incomplete", StringComparison.OrdinalIgnoreCase);
        return breaksOff ? "the file breaks off in the middle of its JSON" : $"the file is not well-formed JSON: {message}";
    }

    [GeneratedRegex("""\s*(Path: .*\| )?LineNumber: \d+ \| BytePositionInLine: \d+\.?""", RegexOptions.CultureInvariant)]
    private static partial Regex Position();
}
