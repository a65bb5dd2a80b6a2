using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace GateAction.Surroundings;

/// <summary>What is packed and written in Base64, of both alphabets, broken into lines, or cut at its end: as much of it as can be
/// read.</summary>
internal static partial class Packed
{
    /// <summary>What a text of Brotli begins with that the gate itself packed; one of gzip says it by its own first bytes.</summary>
    public const string BrotliMark = "3:";

    /// <param name="budget">How many bytes may still be unpacked.</param>
    /// <returns>Null if it takes more than that: then nobody knows what is in it.</returns>
    public static string? Read(ReadOnlySpan<char> base64, ref int budget)
    {
        var isBrotli = base64.StartsWith(BrotliMark);
        if (isBrotli)
            base64 = base64[BrotliMark.Length..];
        var text = new StringBuilder(base64.Length);
        foreach (var c in Unescaped(base64.ToString()))
        {
            if (char.IsAsciiLetterOrDigit(c))
                text.Append(c);
            else if (c is '+' or '-' or '/' or '_')
                text.Append(c is '+' or '-' ? '+' : '/');
        }
        using var plain = new MemoryStream();
        // Cut to whole groups of four: a text that was cut anywhere still gives all but its last bytes.
        var isWhole = TryUnpack(Convert.FromBase64String(text.ToString(0, text.Length / 4 * 4)), isBrotli, plain, budget);
        budget -= (int)plain.Length;
        return isWhole ? Encoding.UTF8.GetString(plain.GetBuffer(), 0, (int)plain.Length) : null;
    }

    // What programs escape of the alphabet's 65 characters, each in its own way.
    private static string Unescaped(string text) => text.AsSpan().IndexOfAny('\\', '%', '&') < 0 ? text : Escape().Replace(text, escape =>
        ((char)int.Parse(escape.Groups["hex"].ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)).ToString());

    [GeneratedRegex(@"(\\+u00|%|&\#[xX])(?<hex>2[bBfF]|3[dD]);?")]
    private static partial Regex Escape();

    /// <summary>False if there is more than the budget allows. What is damaged ends where it is.</summary>
    private static bool TryUnpack(byte[] bytes, bool isBrotli, MemoryStream plain, int budget)
    {
        try
        {
            using var packed = new MemoryStream(bytes);
            using Stream unpacked = isBrotli
                ? new BrotliStream(packed, CompressionMode.Decompress)
                : new GZipStream(packed, CompressionMode.Decompress);
            var buffer = new byte[32 * 1024];
            while (unpacked.Read(buffer) is > 0 and var read)
            {
                // A gigabyte of zeros is a megabyte packed, and whoever is tested may have written it.
                if (plain.Length + read > budget)
                    return false;
                plain.Write(buffer, 0, read);
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException or EndOfStreamException)
        {
            // What was read until here is all that can be read.
        }
        return true;
    }
}
