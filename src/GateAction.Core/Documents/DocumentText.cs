using System.Globalization;
using System.Text;

namespace GateAction.Core.Documents;

/// <summary>How the gate's documents write durations (<c>0.812s</c>, as protobuf's JSON does), times (RFC 3339) and states
/// (<c>too-long</c>).</summary>
internal static class DocumentText
{
    public static string Of(TimeSpan duration) => $"{(decimal)duration.Ticks / TimeSpan.TicksPerSecond:0.#######}s";

    public static string Of(DateTimeOffset timestamp) =>
        timestamp.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    public static string Of(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Of<T>(T value)
        where T : struct, Enum => NameOf(value.ToString());

    public static string[] NamesOf<T>()
        where T : struct, Enum => [.. Enum.GetNames<T>().Select(NameOf)];

    public static bool TryDuration(string text, out TimeSpan duration)
    {
        duration = default;
        if (!text.EndsWith('s')
            || !decimal.TryParse(text[..^1], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out var seconds))
            return false;
        if (Math.Abs(seconds) > (decimal)TimeSpan.MaxValue.TotalSeconds - 1)
            return false;
        duration = TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond));
        return true;
    }

    private static string NameOf(string name)
    {
        var text = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0)
                text.Append('-');
            text.Append(char.ToLowerInvariant(letter));
        }
        return text.ToString();
    }
}
