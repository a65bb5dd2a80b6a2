using System.Text.Json;
using GateAction.Core.Model;

namespace GateAction.Core.Reports.Machine;

/// <summary>The verdict as a badge: a picture of its own, and the JSON that shields.io reads from an endpoint
/// (https://shields.io/badges/endpoint-badge).</summary>
public static class Badge
{
    // A mean of Verdana at 11 pixels: 'textLength' makes the text as long as its box, whatever the font.
    private const double LetterWidth = 6.6;
    private const int Padding = 12;

    public static string Svg(Verdict verdict)
    {
        var (label, message, color) = Parts(verdict);
        var (left, right) = (Width(label), Width(message));
        return $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20" role="img" aria-label="{Xml(label)}: {Xml(message)}">
            <title>{Xml(label)}: {Xml(message)}</title>
            <clipPath id="r"><rect width="{left + right}" height="20" rx="3"/></clipPath>
            <g clip-path="url(#r)"><rect width="{left}" height="20" fill="#444"/><rect x="{left}" width="{right}" height="20" fill="{color}"/></g>
            <g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">
            <text x="{left / 2}" y="14" textLength="{left - Padding}">{Xml(label)}</text><text x="{left + (right / 2)}" y="14" textLength="{right - Padding}">{Xml(message)}</text></g>
            </svg>

            """;
    }

    public static void WriteEndpoint(Stream stream, Verdict verdict)
    {
        var (label, message, color) = Parts(verdict);
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        writer.WriteStartObject();
        writer.WriteNumber("schemaVersion", 1);
        writer.WriteString("label", label);
        writer.WriteString("message", message);
        writer.WriteString("color", color);
        writer.WriteBoolean("isError", verdict.Blocks);
        writer.WriteEndObject();
    }

    private static (string Label, string Message, string Color) Parts(Verdict verdict)
    {
        var (word, color) = StateWords.Of(verdict.State).Badge;
        return ($"gate/{PlainText.Line(verdict.Gate, 60)}", verdict.Score is null ? word : $"{word} {StateWords.Percent(verdict.Score)}",
            color);
    }

    private static int Width(string text) => (int)Math.Ceiling(text.Length * LetterWidth) + Padding;

    private static string Xml(string text) => System.Net.WebUtility.HtmlEncode(text);
}
