using System.Globalization;
using System.Text.RegularExpressions;

namespace GateAction.Sources.Results.Reading;

/// <summary>Properties that producers write beside a case or suite and that mean something here.</summary>
internal static partial class Properties
{
    /// <summary>Bytes of <c>peak_memory</c>, <c>max_rss</c> and their kin: <c>peak_memory_mb</c> = <c>12.5</c>, <c>max_rss</c> = <c>300
    /// MiB</c>.</summary>
    public static long? PeakMemory(string? name, string? value)
    {
        if (name is null || value is null || !MemoryName().IsMatch(name))
            return null;
        var match = Quantity().Match(value);
        if (!match.Success || !double.TryParse(match.Groups["number"].Value, NumberStyles.Float, CultureInfo.InvariantCulture,
            out var number))
            return null;
        var unit = match.Groups["unit"].Value;
        var bytes = number * Factor(unit.Length > 0 ? unit : MemoryName().Match(name).Groups["unit"].Value);
        return bytes is >= 0 and < long.MaxValue / 2 ? (long)bytes : null;
    }

    public static bool IsTag(string name) => name.ToLowerInvariant() is "tag" or "tags" or "category" or "marker" or "mark" or "label";

    public static bool IsDuration(string name) => name.ToLowerInvariant() is "duration" or "duration_s" or "time" or "elapsed";

    private static double Factor(string unit) => unit.ToLowerInvariant() switch
    {
        // IEC 80000-13: kB is a thousand bytes, KiB 1,024.
        "k" or "kb" => 1e3,
        "m" or "mb" => 1e6,
        "g" or "gb" => 1e9,
        "ki" or "kib" => 1 << 10,
        "mi" or "mib" => 1 << 20,
        "gi" or "gib" => 1 << 30,
        _ => 1,
    };

    [GeneratedRegex(
        """^(peak[-_. ]?(memory|mem|rss)|(memory|mem|rss)[-_. ]?peak|max[-_. ]?(rss|memory)|maxrss)([-_. ](?<unit>bytes|[kmg]i?b))?$""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex MemoryName();

    [GeneratedRegex("""^\s*(?<number>[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?)\s*(?<unit>[kKmMgG]i?[bB]?|[bB](ytes)?)?\s*$""",
        RegexOptions.CultureInvariant)]
    private static partial Regex Quantity();
}
