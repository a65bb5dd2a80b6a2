using GateAction.Cel;
using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Core.Decisions;

/// <summary>
/// Judges a condition for each distinct observation of the soak that it reads: it holds only where it holds for all of them. Where nothing
/// that it reads differs between samples it is judged once.
/// </summary>
/// <param name="Evaluation">Of the observation that decides.</param>
/// <param name="Samples">For how many samples it holds, and what it came to; null if it is judged once, or holds for all.</param>
internal sealed record SoakJudge(Evaluation Evaluation, Finding Finding, string? Samples)
{
    private const int MostShown = 5;

    /// <summary>The worst first.</summary>
    private static readonly CriterionState[] Order =
        [CriterionState.Failed, CriterionState.Inconclusive, CriterionState.Skipped, CriterionState.Degraded, CriterionState.Passed];

    public static SoakJudge Of(Condition condition, EvaluationContext context, bool baselineOptional)
    {
        var soaks = DifferingSoaks(condition, context)
            .Where(soak => !soak.IsKeptFor(condition) || soak.Cases.Count != 1 || soak.Spread.Unkept > 0).ToArray();
        var evaluation = condition.Evaluate(context.Scope);
        if (soaks.Length == 0)
            return new(evaluation, Finding.Of(evaluation, condition, context, baselineOptional), null);
        if (soaks.FirstOrDefault(soak => !soak.IsKeptFor(condition)) is { } other)
            return Unknown(
                $"the samples of '{other.Name}' differ in {Listed([.. other.Spread.Differing.Select(part => part.ToString())])}, and only "
                + "what other conditions read of them "
                + "was kept: measure again with this manifest");
        if (soaks.FirstOrDefault(soak => soak.Cases.Count == 0) is { } none)
            return Unknown($"the samples of '{none.Name}' differ, and none of them was kept");
        // They were taken at different moments: whichever are put together, a condition over both would be judged by chance.
        if (soaks.Length > 1 || soaks[0].IsOfBaseline)
            return Unknown(
                $"the samples of {Listed([.. soaks.Select(soak => soak.Name)])} differ in what the condition reads, and which of them "
                + "belong together is not known");
        return soaks[0].Judge(condition, context, baselineOptional);

        SoakJudge Unknown(string reason) => new(evaluation, new(CriterionState.Inconclusive, reason), null);
    }

    private static IEnumerable<Soak> DifferingSoaks(Condition condition, EvaluationContext context)
    {
        var use = new FactUse().Add(condition);
        return Among(context.Measurements, name => use.Under(name), isOfBaseline: false)
            .Concat(context.Baseline
            is null ? [] : Among(context.Baseline, name => use.Under(GateVariables.Baseline, name), isOfBaseline: true));
    }

    private static IEnumerable<Soak> Among(IReadOnlyDictionary<string, Measurement> measurements, Func<string, FactUse?> useOf,
        bool isOfBaseline) => measurements
        .Where(entry => entry.Value.Spread is not null)
        .Select(entry => (entry.Key, Spread: entry.Value.Spread!, Use: useOf(entry.Key)))
        .Where(entry => entry.Use is not null && entry.Spread.Touches(entry.Use))
        .Select(entry => new Soak(entry.Key, entry.Spread, entry.Use!, isOfBaseline));

    private static string Listed(IReadOnlyList<string> names) =>
        string.Join(names.Count > 2 ? ", " : " and ", names.Take(MostShown).Select(name => $"'{name}'"));

    /// <summary>One soak with the observations that the condition can tell apart.</summary>
    private sealed class Soak(string name, SoakSpread spread, FactUse use, bool isOfBaseline)
    {
        private readonly HashSet<string> _differing = [.. spread.Differing.Select(part => part.Fact)];

        public string Name => name;

        public SoakSpread Spread => spread;

        public bool IsOfBaseline => isOfBaseline;

        public bool IsKeptFor(Condition condition) => spread.KeptFor?.Contains(condition.Text) != false;

        public IReadOnlyList<SoakObservation> Cases => field ??=
        [
            .. spread.Observations
                .Select(observation => observation with { Facts = use.Project(observation.Facts) })
                // What this condition reads is a part of what all conditions read, and in that many are alike again.
                .GroupBy(observation => ValueJson.Write(observation.Facts), StringComparer.Ordinal)
                .Select(alike => alike.First() with { Count = alike.Sum(one => one.Count) }),
        ];

        public SoakJudge Judge(Condition condition, EvaluationContext context, bool baselineOptional)
        {
            var judged = Cases.Select(one => Judge(one, condition, context, baselineOptional))
                .OrderBy(one => Array.IndexOf(Order, one.Finding.State)).ThenByDescending(one => one.Count).ToArray();
            var (_, evaluation, finding) = judged[0];
            // It may fail in one of those that nobody kept. A failure stands: one sample is enough for it.
            if (spread.Unkept > 0 && finding.State is CriterionState.Passed or CriterionState.Degraded)
                finding = new(CriterionState.Inconclusive,
                    $"{spread.Unkept} samples of '{name}' are too large and too different to be kept");
            var held = judged.Where(one => one.Finding.State is CriterionState.Passed or CriterionState.Degraded).Sum(one => one.Count);
            var all = judged.Sum(one => one.Count) + spread.Unkept;
            return new(evaluation, finding, held == all
                || judged.Length == 1 ? null : $"it holds for {held} of {all} samples of '{name}': {Shown(judged)}");
        }

        private static string Shown((int Count, Evaluation Evaluation, Finding Finding)[] judged) =>
            string.Join("; ", judged.Take(MostShown)
            .Select(one => $"{one.Count} × {(one.Evaluation.Explanation is [var line, ..] ? line : one.Evaluation.Value.ToString())}"))
            + (judged.Length > MostShown ? $"; and {judged.Skip(MostShown).Sum(one => one.Count)} more" : "");

        private (int Count, Evaluation Evaluation, Finding Finding) Judge(SoakObservation one, Condition condition,
            EvaluationContext context,
            bool baselineOptional)
        {
            var variables = new Dictionary<string, Value>(context.Scope.Variables, StringComparer.Ordinal)
            { [name] = WithFactsOf(one, context.Scope.Variables[name]) };
            var reasons = new Dictionary<string, string>(context.Scope.Reasons, StringComparer.Ordinal);
            // That is the reason of the sample that is shown, and not of this one.
            reasons.Remove(name);
            if (one.Reason is not null)
                reasons[name] = one.Reason;
            var evaluation = condition.Evaluate(new Scope(variables, reasons));
            return (one.Count, evaluation, Finding.Of(evaluation, condition, context, baselineOptional));
        }

        private Value WithFactsOf(SoakObservation one, Value facts) => Value.Map(
            facts.AsMap.Entries.Concat(one.Facts.AsMap.Entries)
                .Select(entry => (entry.Key.AsString, entry.Value))
                .GroupBy(entry => entry.AsString)
                .Where(entry => !_differing.Contains(entry.Key) || one.Facts.AsMap.TryGet(entry.Key, out _))
                .Select(entry => (entry.Key, _differing.Contains(entry.Key) ? entry.Last().Value : entry.First().Value)));
    }
}
