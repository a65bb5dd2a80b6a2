using System.Text.RegularExpressions;
using System.Xml;

namespace GateAction.Sources.Results.Reading;

/// <summary>What is wrong with a document, in our words where the runtime's do not help.</summary>
internal static partial class XmlFault
{
    public static string Describe(XmlException exception)
    {
        var message = Position().Replace(exception.Message, "").Trim();
        if (message.Contains("DTD", StringComparison.Ordinal))
            return "has a document type declaration; entities are never expanded, so such a file is refused: write it without <!DOCTYPE>";
        if (message.StartsWith("Unexpected end of file", StringComparison.Ordinal)
            || message.StartsWith("Root element is missing", StringComparison.Ordinal))
            return $"breaks off in the middle: {message}";
        return $"is not well-formed XML: {message}";
    }

    [GeneratedRegex("""\s*Line \d+, position \d+\.""", RegexOptions.CultureInvariant)]
    private static partial Regex Position();
}
