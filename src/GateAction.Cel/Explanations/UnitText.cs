using System.Globalization;
using GateAction.Cel.Syntax;
using GateAction.Cel.Values;

namespace GateAction.Cel.Explanations;

/// <summary>A value in the unit of the literal that it is compared with: <c>700Mi</c> beside <c>512Mi</c>, <c>93.1%</c> beside <c>95%</c>.</summary>
internal static class UnitText
{
    private static readonly (string Name, double Bytes)[] Sizes = [("Ti", 1099511627776), ("Gi", 1073741824), ("Mi", 1048576), ("Ki", 1024)];

    public static string Like(Value value, QuantityUnit unit) => (unit, value.Kind) switch
    {
        (QuantityUnit.Percent, ValueKind.Double) => Rounded(value.AsDouble * 100) + "%",
        (QuantityUnit.Size, ValueKind.Int) => Size(value.AsInt),
        (QuantityUnit.Size, ValueKind.Double) when Math.Abs(value.AsDouble) < 1e18 => Size(value.AsDouble),
        _ => ValueText.Short(value),
    };

    private static string Size(double bytes)
    {
        foreach (var (name, size) in Sizes)
        {
            if (Math.Abs(bytes) >= size)
                return Rounded(bytes / size) + name;
        }
        return Rounded(bytes) + "B";
    }

    /// <summary>Two decimals, or more where two would show a whole number that it is not: 94.9996 does not become the 95 that it missed.</summary>
    private static string Rounded(double number)
    {
        var decimals = 2;
        while (decimals < 8 && Math.Round(number, decimals) is var rounded && rounded == Math.Round(number) && Math.Abs(rounded - number) > 1e-9)
            decimals++;
        return Math.Round(number, decimals).ToString("0.########", CultureInfo.InvariantCulture);
    }
}
