using System.Globalization;
using System.Numerics;

namespace GateAction.Cel.Values;

/// <summary>Numbers that a double is only near, compared by what was written: two identifiers of twenty digits differ in their last
/// one.</summary>
internal static class ExactNumbers
{
    // To parse a number takes time by the square of its digits, and a server chooses how many it sends.
    private const int MostDigits = 2000;

    /// <summary>True for a whole number that is no int, and for what is too large or too small for a double.</summary>
    public static bool IsLost(double number, string text) =>
        !text.AsSpan().ContainsAny('.', 'e', 'E') || double.IsInfinity(number) || (number == 0 && !IsZero(text));

    /// <summary>Null if the order is not known.</summary>
    public static int? Compare(Value a, Value b)
    {
        if (a.Exact is not null && a.Exact == b.Exact)
            return 0;
        if (Whole(a) is { } left && Whole(b) is { } right)
            return left.CompareTo(right);
        // One of them has a fraction: what is whole and this large lies on one side of it.
        return (Whole(a), Whole(b)) switch
        {
            ({ } whole, null) when IsFinite(b) => Side(whole, b.AsDouble),
            (null, { } whole) when IsFinite(a) => -Side(whole, a.AsDouble),
            _ => null,
        };
    }

    public static string Problem(Value a, Value b) =>
        $"{ValueText.Short(a.Exact is null ? b : a)} fits no number that can be compared or calculated with; compare it as a text, or "
        + "keep it out of the condition";

    private static bool IsFinite(Value value) => value.Exact is null && double.IsFinite(value.AsDouble);

    private static int Side(BigInteger whole, double number) => whole <= new BigInteger(Math.Floor(number)) ? -1 : 1;

    private static BigInteger? Whole(Value value) => value.Kind switch
    {
        ValueKind.Int => value.AsInt,
        ValueKind.UInt => value.AsUInt,
        _ when value.Exact is { } text =>
            text.Length <= MostDigits && !text.AsSpan().ContainsAny('.', 'e', 'E')
            ? BigInteger.Parse(text, CultureInfo.InvariantCulture)
            : null,
        _ when double.IsInteger(value.AsDouble) => new BigInteger(value.AsDouble),
        _ => null,
    };

    private static bool IsZero(string text)
    {
        foreach (var character in text)
        {
            if (character is 'e' or 'E')
                return true;
            if (character is >= '1' and <= '9')
                return false;
        }
        return true;
    }
}
