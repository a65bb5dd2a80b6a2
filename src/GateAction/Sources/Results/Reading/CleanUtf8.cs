using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace GateAction.Sources.Results.Reading;

/// <summary>Tells bytes that need no decoding: UTF-8 without control characters and noncharacters.</summary>
internal static class CleanUtf8
{
    private static readonly SearchValues<byte> Controls =
        SearchValues.Create([.. Enumerable.Range(0, 32).Except([9, 10, 13]).Select(code => (byte)code)]);

    // Begins U+FFFE and U+FFFF, and other characters that are let go by slowly for it.
    private static ReadOnlySpan<byte> Noncharacter => [0xEF, 0xBF];

    /// <summary>The bytes without a character that breaks off at their end; nothing where one of them is not clean.</summary>
    public static ReadOnlySpan<byte> Prefix(ReadOnlySpan<byte> bytes)
    {
        if (bytes.ContainsAny(Controls))
            return [];
        if (Ascii.IsValid(bytes))
            return bytes;
        bytes = bytes[..^BrokenOff(bytes)];
        return Utf8.IsValid(bytes) && bytes.IndexOf(Noncharacter) < 0 ? bytes : [];
    }

    private static int BrokenOff(ReadOnlySpan<byte> bytes)
    {
        for (var length = 1; length <= Math.Min(3, bytes.Length); length++)
        {
            if (Rune.DecodeFromUtf8(bytes[^length..], out _, out _) == OperationStatus.NeedMoreData)
                return length;
        }
        return 0;
    }
}
