using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace GateAction.Tests.EndToEnd;

/// <summary>Looks for a secret as somebody would who wants it: decodes a text in every way, two deep, and looks into each.</summary>
internal static partial class Leaks
{
    /// <summary>The place where it stands; null if it is nowhere.</summary>
    public static string? Find(string text, string secret) => Find(text, Plain(secret), depth: 2);

    private static string? Find(string text, string secret, int depth)
    {
        if (Plain(text) is var plain && plain.IndexOf(secret, StringComparison.Ordinal) is >= 0 and var at)
            return plain[Math.Max(0, at - 60)..Math.Min(plain.Length, at + secret.Length + 20)];
        return depth == 0
            ? null
            : Decoded(text).Where(decoded => decoded.Length > 0 && decoded != text).Select(decoded => Find(decoded, secret, depth - 1))
            .FirstOrDefault(found => found is not null);
    }

    // Hosts are in lower case, headers are folded.
    private static string Plain(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c))).ToLowerInvariant();

    private static IEnumerable<string> Decoded(string text) =>
        [Uri.UnescapeDataString(text), WebUtility.UrlDecode(text), WebUtility.HtmlDecode(text), Unescaped(text), .. FromBase64(text)];

    private static string Unescaped(string text) => Escape().Replace(text, escape => escape.Groups["hex"] is { Success: true } hex
        ? ((char)Convert.ToInt32(hex.Value, 16)).ToString()
        : escape.Value[1] switch { 'n' => "\n", 'r' => "\r", 't' => "\t", var c => c.ToString() });

    private static IEnumerable<string> FromBase64(string text)
    {
        foreach (var run in Run().Matches(text).Select(match => match.Value.Replace('-', '+').Replace('_', '/')))
        {
            for (var offset = 0; offset < 4 && run.Length - offset >= 8; offset++)
            {
                var bytes = Convert.FromBase64String(run[offset..^((run.Length - offset) % 4)]);
                yield return Encoding.UTF8.GetString(bytes);
                if (bytes is [0x1F, 0x8B, ..])
                    yield return Unpacked(bytes);
            }
        }
    }

    private static string Unpacked(byte[] bytes)
    {
        using var plain = new MemoryStream();
        try
        {
            using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
            for (int c; (c = gzip.ReadByte()) >= 0;)
                plain.WriteByte((byte)c);
        }
        catch (InvalidDataException)
        {
            // As much as can be read.
        }
        return Encoding.UTF8.GetString(plain.ToArray());
    }

    [GeneratedRegex(@"\\(u(?<hex>[0-9a-fA-F]{4})|[^\r\n])")]
    private static partial Regex Escape();

    [GeneratedRegex("[A-Za-z0-9+/_-]{8,}")]
    private static partial Regex Run();
}
