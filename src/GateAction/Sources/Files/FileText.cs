using System.Text;

namespace GateAction.Sources.Files;

/// <summary>The text of a file of at most <see cref="MaxBytes"/>: UTF-8, or what its byte order mark says.</summary>
internal static class FileText
{
    public const int MaxBytes = 1024 * 1024;
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>The text, or why there is none.</summary>
    public static async Task<(string? Text, string? Reason)> ReadAsync(Stream stream, CancellationToken cancellation)
    {
        var bytes = new byte[MaxBytes + 1];
        var length = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation);
        return length > MaxBytes
            ? (null, $"the file is larger than {MaxBytes / 1024} KiB, too large to be read as a text")
            : Decode(bytes.AsSpan(0, length));
    }

    private static (string? Text, string? Reason) Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return bytes switch
            {
                [0xEF, 0xBB, 0xBF, ..] => (Utf8.GetString(bytes[3..]), null),
                [0xFF, 0xFE, ..] => (new UnicodeEncoding(false, false, true).GetString(bytes[2..]), null),
                [0xFE, 0xFF, ..] => (new UnicodeEncoding(true, false, true).GetString(bytes[2..]), null),
                _ => (Utf8.GetString(bytes), null),
            };
        }
        catch (DecoderFallbackException)
        {
            return (null, "the file is no text in UTF-8");
        }
    }
}
