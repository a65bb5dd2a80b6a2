using System.Globalization;

namespace GateAction.Sources.Google;

/// <summary>Quantities as Kubernetes writes them: <c>1000m</c>, <c>512Mi</c>, <c>2G</c>.</summary>
internal static class RunQuantity
{
    private static readonly (string Name, decimal Factor)[] Units =
    [
        ("Ki", 1L << 10), ("Mi", 1L << 20), ("Gi", 1L << 30), ("Ti", 1L << 40), ("m", 0.001m), ("k", 1e3m), ("M", 1e6m), ("G", 1e9m),
        ("T", 1e12m),
    ];

    public static decimal? Parse(string? text)
    {
        var (unit, factor) = Units.FirstOrDefault(unit => text?.EndsWith(unit.Name, StringComparison.Ordinal) == true);
        var digits = unit is null ? text : text![..^unit.Length];
        return decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number * (unit is null ? 1 : factor)
            : null;
    }
}
