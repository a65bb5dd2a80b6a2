using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Core.Decisions;

/// <summary>What the reports show of each measurement, so that a verdict can be reported without its evidence.</summary>
internal static class ProbeSummaries
{
    /// <summary>Severities that are worth a figure only where there are such lines.</summary>
    private static readonly string[] Rare = ["critical", "alert", "emergency"];

    /// <summary>Name of the figure, the fact it is, and how it is written.</summary>
    private static readonly (string Name, string[] Path, Func<double, string> Write)[] KnownFigures =
    [
        ("status", ["status"], Count),
        ("p50", ["latency", "p50"], Duration),
        ("p95", ["latency", "p95"], Duration),
        ("max", ["latency", "max"], Duration),
        ("latency", ["latency"], Duration),
        ("availability", ["availability"], UnitText.Ratio),
        ("passed", ["passed"], Count),
        ("failed", ["failed"], Count),
        ("errors", ["errors"], Count),
        ("skipped", ["skipped"], Count),
        ("flaky", ["flaky"], Count),
        ("errors", ["severity", "error"], Count),
        ("critical", ["severity", "critical"], Count),
        ("alert", ["severity", "alert"], Count),
        ("emergency", ["severity", "emergency"], Count),
        ("known", ["known"], Count),
        ("total", ["total"], Count),
        ("lines", ["lines"], UnitText.Ratio),
        ("branches", ["branches"], UnitText.Ratio),
        ("value", ["value"], Number),
    ];

    public static IReadOnlyList<ProbeSummary> Of(Evidence evidence, Evidence? baseline) =>
        [.. evidence.Measurements.Select(entry => Of(entry.Key, entry.Value, baseline?.Measurements.GetValueOrDefault(entry.Key)))];

    public static ProbeSummary Of(string name, Measurement measurement, Measurement? baseline) => new(
        name,
        measurement.Kind,
        measurement.Subject,
        measurement.Outcome,
        measurement.Reason,
        measurement.Caveat,
        measurement.Duration,
        Figures(measurement.Facts, baseline?.Facts ?? Value.Null),
        measurement.Samples ?? [],
        measurement.Details ?? []);

    /// <summary>A single look has one latency: its percentiles are all the same and would say more than is known.</summary>
    private static Figure[] Figures(Value facts, Value baseline)
    {
        var isOne = At(facts, ["samples"]) is { Kind: ValueKind.Int, AsInt: 1 };
        var figures = new List<Figure>();
        foreach (var figure in KnownFigures)
        {
            if (isOne && figure.Name is ("p95" or "max"))
                continue;
            if (Of(isOne && figure.Name == "p50" ? figure with { Name = "latency" } : figure, facts, baseline) is { } known)
                figures.Add(known);
        }
        return [.. figures];
    }

    private static Figure? Of((string Name, string[] Path, Func<double, string> Write) figure, Value facts, Value baseline)
    {
        var value = At(facts, figure.Path);
        if (Magnitude(value) is not { } now || (now == 0 && Rare.Contains(figure.Name))
            || (figure.Write == Duration && value.Kind != ValueKind.Duration))
            return null;
        var before = Magnitude(At(baseline, figure.Path));
        return new(figure.Name, now, figure.Write(now), before > 0 ? (now - before) / before : null);
    }

    private static Value At(Value value, string[] path)
    {
        foreach (var step in path)
        {
            if (value.Kind != ValueKind.Map || !value.AsMap.TryGet(step, out var next))
                return Value.Null;
            value = next;
        }
        return value;
    }

    private static double? Magnitude(Value value)
    {
        double? number = value.Kind switch
        {
            ValueKind.Int => value.AsInt,
            ValueKind.UInt => value.AsUInt,
            ValueKind.Double => value.AsDouble,
            ValueKind.Duration => value.Seconds + (value.Nanos / 1e9),
            _ => null,
        };
        return number is { } finite && double.IsFinite(finite) ? finite : null;
    }

    private static string Count(double number) => number.ToString("#,0.###");

    private static string Number(double number) => number.ToString("G6");

    private static string Duration(double seconds) => UnitText.Duration(TimeSpan.FromSeconds(Math.Clamp(seconds, -1e9, 1e9)));
}
