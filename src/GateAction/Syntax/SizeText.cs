using System.Globalization;

namespace GateAction.Syntax;

/// <summary>Counts of bytes as conditions write them too: <c>Ki Mi Gi Ti</c> (and with B) are powers of 1024, <c>kB MB GB TB</c> of
/// 1000.</summary>
internal static class SizeText
{
    public const string Pattern = @"^[0-9]+(\.[0-9]+)?(B|kB|KB|MB|GB|TB|Ki|Mi|Gi|Ti|KiB|MiB|GiB|TiB)?$";

    private static readonly (string Name, long Bytes)[] Units =
    [
        ("TiB", 1L << 40), ("GiB", 1L << 30), ("MiB", 1L << 20), ("KiB", 1L << 10),
        ("Ti", 1L << 40), ("Gi", 1L << 30), ("Mi", 1L << 20), ("Ki", 1L << 10),
        ("TB", 1_000_000_000_000), ("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000), ("KB", 1_000), ("B", 1),
    ];

    public static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        var digits = text.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').Count();
        var factor = digits == text.Length ? 1 : Units.FirstOrDefault(unit => unit.Name == text[digits..]).Bytes;
        if (factor == 0 || text.StartsWith('.')
            || !decimal.TryParse(text.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return false;
        if (number > long.MaxValue / factor)
            return false;
        bytes = (long)(number * factor);
        return true;
    }

    public static string Format(long bytes)
    {
        var unit = Units.Take(4).FirstOrDefault(unit => bytes >= unit.Bytes && bytes % unit.Bytes == 0);
        return unit.Bytes == 0 ? bytes.ToString(CultureInfo.InvariantCulture) : $"{bytes / unit.Bytes}{unit.Name}";
    }
}
