using System.Globalization;
using System.Text.RegularExpressions;

namespace GateAction.Syntax;

/// <summary>The core schema of YAML 1.2.2 (§10.3.2): which plain scalars are null, booleans and numbers.</summary>
internal static partial class CoreSchema
{
    /// <summary>The scalar as JSON; null if it is a text (so are .inf and .nan, which JSON cannot write).</summary>
    public static string? ToJson(ScalarNode scalar)
    {
        if (scalar.IsNull)
            return "null";
        // What stands in quotation marks is a text, whatever it looks like.
        if (!scalar.IsPlain)
            return null;
        var text = scalar.Text;
        return text switch
        {
            "true" or "True" or "TRUE" => "true",
            "false" or "False" or "FALSE" => "false",
            _ when Octal().IsMatch(text) => Convert.ToInt64(text[2..], 8).ToString(CultureInfo.InvariantCulture),
            _ when Hexadecimal().IsMatch(text) => Convert.ToInt64(text[2..], 16).ToString(CultureInfo.InvariantCulture),
            _ when Integer().IsMatch(text) => Decimal(text),
            _ when Float().IsMatch(text) && double.TryParse(text, CultureInfo.InvariantCulture, out var number)
                && double.IsFinite(number) =>
                number.ToString("R", CultureInfo.InvariantCulture),
            _ => null,
        };
    }

    // By its digits, however many: the nearest double would be another number.
    private static string Decimal(string text)
    {
        var digits = text.TrimStart('+', '-').TrimStart('0');
        return digits.Length == 0 ? "0" : text[0] == '-' ? $"-{digits}" : digits;
    }

    // As many digits as an int64 holds for sure; what has more is a text.
    [GeneratedRegex(@"\A0o[0-7]{1,20}\z")]
    private static partial Regex Octal();

    [GeneratedRegex(@"\A0x[0-9a-fA-F]{1,15}\z")]
    private static partial Regex Hexadecimal();

    [GeneratedRegex(@"\A[-+]?[0-9]+\z")]
    private static partial Regex Integer();

    [GeneratedRegex(@"\A[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z")]
    private static partial Regex Float();
}
