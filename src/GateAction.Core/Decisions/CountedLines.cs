using GateAction.Cel;
using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Core.Decisions;

/// <summary>What a criterion that is not met counts: the lines that a count was counted from, and the texts of a list. Who reads that it is
/// 1 and not 0 asks which one.</summary>
/// <param name="Sources">The probes that they are from.</param>
internal sealed record CountedLines(IReadOnlyList<string> Shown, IReadOnlyList<string> Sources)
{
    private const int Most = 10;

    public static CountedLines None { get; } = new([], []);

    /// <summary>The first line of each count, those of rare ones first, then the second of each.</summary>
    public static CountedLines Of(Criterion criterion, EvaluationContext context)
    {
        // Only of what the criterion reads: the other counts of a log explain nothing here.
        var use = criterion.Conditions.Aggregate(new FactUse(), (use, condition) => use.Add(condition));
        var counts = context.Of(EvaluationContext.Reads(criterion))
            .SelectMany(source => In(source.Measurement, use.Under(source.Name)).Select(count => (Source: source.Name, Count: count)))
            .OrderBy(entry => entry.Count.Lines.Count).ToArray();
        var shown = Enumerable.Range(0, Most)
            .SelectMany(row => counts.Where(entry => row < entry.Count.Lines.Count)
                .Select(entry => (entry.Source, Line: $"{entry.Count.Label}{entry.Count.Lines[row]}")))
            .Take(Most).ToArray();
        return new(
            [.. shown.Select(entry => entry.Line)],
            [.. shown.Select(entry => entry.Source).Distinct(StringComparer.Ordinal)]);
    }

    private static IEnumerable<(string Label, IReadOnlyList<string> Lines)> In(Measurement measurement, FactUse? use)
    {
        if (use is null || measurement.Facts.Kind != ValueKind.Map)
            yield break;
        foreach (var (fact, type) in measurement.Declared?.Facts.Fields ?? new Dictionary<string, FactType>())
        {
            if (use.Under(fact) is not { } read)
                continue;
            if (type is { Kind: FactKind.List, Element.Kind: FactKind.String })
                yield return ("", measurement.Facts.AsMap.TryGet(fact, out var texts) ? Texts(texts) : []);
            else if (type.CountedFrom is { } from && measurement.Facts.AsMap.TryGet(from, out var kept) && kept.Kind == ValueKind.Map)
            {
                foreach (var (key, lines) in kept.AsMap.Entries)
                {
                    if (IsText(key) && read.Under(key.AsString) is not null)
                        yield return ($"{key.AsString}: ", Texts(lines));
                }
            }
        }
    }

    /// <summary>Those that are not masked.</summary>
    private static IReadOnlyList<string> Texts(Value list) => list.Kind == ValueKind.List
        ? [.. list.AsList.Where(IsText).Select(text => text.AsString)]
        : [];

    private static bool IsText(Value value) => value.Kind == ValueKind.String && !value.IsWithheld;
}
