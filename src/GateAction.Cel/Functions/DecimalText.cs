using System.Globalization;
using System.Numerics;
using GateAction.Cel.Values;

namespace GateAction.Cel.Functions;

/// <summary>
/// Doubles with so many digits, rounded from their exact value, halves to even: <c>ToString("F0")</c> of .NET rounds 2.5 to 3, where
/// <c>format</c> has to give 2.
/// </summary>
internal static class DecimalText
{
    public static string Fixed(double number, int precision)
    {
        if (!double.IsFinite(number))
            return ValueText.Format(number);
        var digits = Scaled(Math.Abs(number), precision).ToString(CultureInfo.InvariantCulture).PadLeft(precision + 1, '0');
        var text = precision == 0 ? digits : $"{digits[..^precision]}.{digits[^precision..]}";
        return double.IsNegative(number) ? "-" + text : text;
    }

    public static string Scientific(double number, int precision)
    {
        if (!double.IsFinite(number))
            return ValueText.Format(number);
        var magnitude = Math.Abs(number);
        var exponent = magnitude == 0 ? 0 : Exponent(magnitude);
        var digits = Scaled(magnitude, precision - exponent).ToString(CultureInfo.InvariantCulture);
        // Rounding has carried: 9.99 is 10.0, one digit too many.
        if (digits.Length > precision + 1)
        {
            exponent++;
            digits = digits[..^1];
        }
        digits = digits.PadRight(precision + 1, '0');
        var mantissa = precision == 0 ? digits : $"{digits[0]}.{digits[1..]}";
        return $"{(double.IsNegative(number) ? "-" : "")}{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
    }

    private static int Exponent(double magnitude)
    {
        // A logarithm is off by one beside a power of ten.
        var text = magnitude.ToString("E17", CultureInfo.InvariantCulture);
        return int.Parse(text.AsSpan(text.IndexOf('E') + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
    }

    /// <summary>The number times ten to the <paramref name="power"/>, as the nearest whole number.</summary>
    private static BigInteger Scaled(double number, int power)
    {
        var bits = BitConverter.DoubleToInt64Bits(number);
        var exponent = (int)(bits >> 52 & 0x7FF);
        BigInteger numerator = bits & 0xFFFFFFFFFFFFF | (exponent == 0 ? 0 : 1L << 52);
        var denominator = BigInteger.One;
        // IEEE 754: a bias of 1023 and 52 bits behind the point; an exponent of 0 (subnormal) counts as 1.
        var shift = Math.Max(exponent, 1) - 1075;
        if (shift >= 0)
            numerator <<= shift;
        else
            denominator <<= -shift;
        if (power >= 0)
            numerator *= BigInteger.Pow(10, power);
        else
            denominator *= BigInteger.Pow(10, -power);
        var quotient = BigInteger.DivRem(numerator, denominator, out var rest);
        var half = (rest * 2).CompareTo(denominator);
        return half > 0 || (half == 0 && !quotient.IsEven) ? quotient + 1 : quotient;
    }
}
