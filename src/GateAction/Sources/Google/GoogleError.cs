using System.Text.Json;

namespace GateAction.Sources.Google;

/// <summary>The error of a Google API (google.rpc.Status as JSON).</summary>
/// <param name="Status">The canonical code: <c>PERMISSION_DENIED</c>.</param>
/// <param name="Reason">The reason of its ErrorInfo (<c>SERVICE_DISABLED</c>, <c>IAM_PERMISSION_DENIED</c>); empty where there is
/// none.</param>
internal sealed record GoogleError(int Code, string Status, string Message, string Reason)
{
    private const int LongestMessage = 300;

    public string Suffix => $": {Message}";

    /// <summary>Null where the body is no such error: that of a proxy, say.</summary>
    public static GoogleError? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var error = document.RootElement.GetProperty("error");
            return new(
                error.GetProperty("code").GetInt32(),
                TextOf(error, "status"),
                Shorten(TextOf(error, "message")),
                error.TryGetProperty("details", out var details) ? ReasonOf(details) : "");
        }
        catch (Exception exception)
            when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static string ReasonOf(JsonElement details) =>
        details.EnumerateArray().Select(detail => TextOf(detail, "reason")).FirstOrDefault(reason => reason.Length > 0) ?? "";

    private static string TextOf(JsonElement element, string name) =>
        element.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";

    private static string Shorten(string message)
    {
        var line = message.ReplaceLineEndings(" ").TrimEnd('.', ' ');
        return line.Length <= LongestMessage ? line : line[..LongestMessage] + "…";
    }
}
