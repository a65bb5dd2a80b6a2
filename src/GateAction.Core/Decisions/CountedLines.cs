using GateAction.Cel;
using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Core.Decisions;

/// <summary>The lines that what a criterion counts was counted from: who reads that it is 1 and not 0 asks which one.</summary>
internal static class CountedLines
{
    private const int Most = 10;

    /// <summary>The first line of each count, those of rare ones first, then the second of each.</summary>
    public static IReadOnlyList<string> Of(Criterion criterion, EvaluationContext grounds)
    {
        var use = new FactUse().Add(criterion.Pass);
        if (criterion.Warn is not null)
            use.Add(criterion.Warn);
        var counts = grounds.Of(EvaluationContext.Reads(criterion)).SelectMany(source => In(source.Measurement, use.Under(source.Name)))
            .OrderBy(count => count.Lines.Count).ToArray();
        return [.. Enumerable.Range(0, Most).SelectMany(row => counts.Where(count => row < count.Lines.Count)
            .Select(count => $"{count.Name}: {count.Lines[row]}")).Take(Most)];
    }

    private static IEnumerable<(string Name, IReadOnlyList<string> Lines)> In(Measurement measurement, FactUse? use)
    {
        if (use is null || measurement.Facts.Kind != ValueKind.Map)
            yield break;
        foreach (var (fact, type) in measurement.Declared?.Facts.Fields ?? new Dictionary<string, FactType>())
        {
            if (type.CountedFrom is null || use.Under(fact) is not { } counted
                || !measurement.Facts.AsMap.TryGet(type.CountedFrom, out var kept) || kept.Kind != ValueKind.Map)
                continue;
            foreach (var (key, lines) in kept.AsMap.Entries)
            {
                if (IsText(key) && counted.Under(key.AsString) is not null && lines.Kind == ValueKind.List)
                    yield return (key.AsString, [.. lines.AsList.Where(IsText).Select(line => line.AsString)]);
            }
        }
    }

    private static bool IsText(Value value) => value.Kind == ValueKind.String && !value.IsWithheld;
}
