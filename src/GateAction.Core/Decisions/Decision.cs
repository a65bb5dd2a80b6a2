using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Core.Decisions;

/// <summary>Evidence to verdict: a pure function, so that the same evidence is always decided the same way.</summary>
public static class Decision
{
    /// <summary>Thresholds are compared with this much grace, so that 9 of 10 is 90 % whatever the order of the sums.</summary>
    private const double Rounding = 1e-9;

    /// <param name="baseline">The evidence of the base branch's last run; null if there is none.</param>
    /// <param name="now">The clock of waivers.</param>
    /// <param name="measuredAt">The variable <c>now</c> of conditions, for evidence that is decided on later; null for the same
    /// clock.</param>
    public static Verdict Decide(Gate gate, Evidence evidence, Evidence? baseline, DateTimeOffset now, DateTimeOffset? measuredAt = null)
    {
        if (Applicability.WhyNotConcerned(gate, evidence.Changed) is { } reason)
            return NotConcerned(gate, evidence, reason);
        var context = EvaluationContext.Of(gate, evidence, baseline, measuredAt ?? now);
        var evaluations = gate.Criteria.Select(criterion => CriterionEvaluation.Of(criterion, evidence, context)).ToArray();
        var underlying = gate.Criteria.Zip(evaluations)
            .ToDictionary(pair => pair.First.Id, pair => pair.Second, StringComparer.Ordinal);
        // After the criteria, because a waiver counts only for one that needs it: the others are told as unused.
        var waivers = WaiverSelection.Settle(gate, underlying, now);
        var waived = waivers.Where(use => use.State == WaiverState.Used).Select(use => use.CriterionId).ToHashSet(StringComparer.Ordinal);
        CriterionVerdict[] criteria =
            [.. gate.Criteria.Zip(evaluations, (criterion, evaluation) => VerdictOf(criterion, evaluation, waived.Contains(criterion.Id)))];
        var score = ScoreResult.Of(gate, criteria);
        var (state, note) = Conclude(gate, criteria, score, WhyNothingIsDecided(gate, criteria, evaluations));
        return new(
            gate.Name, state, score.Score, gate.PassScore, gate.WarnScore, score.Measured, criteria, score.Groups, waivers,
            ProbeSummaries.Of(evidence, baseline),
            [.. waivers.Select(use => WaiverSelection.Note(use, gate.WaiverDays, underlying.GetValueOrDefault(use.CriterionId)))
            .Prepend(note).Concat(OffNotes(gate)).OfType<string>()],
            evidence.StartedAt,
            evidence.Duration,
            Run: evidence.Run);
    }

    private static IEnumerable<string> OffNotes(Gate gate) =>
        gate.Criteria.Where(criterion => criterion.Off is not null).Select(criterion => $"'{criterion.Id}' is {criterion.Off}");

    /// <summary>The one verdict without a measurement: what the change touches is known as a whole, and the gate is about none of
    /// it.</summary>
    private static Verdict NotConcerned(Gate gate, Evidence evidence, string reason)
    {
        CriterionVerdict[] criteria =
        [
            .. gate.Criteria.Select(criterion =>
                VerdictOf(criterion, new(CriterionState.Skipped, criterion.Pass.Text, [], reason, null, false), waived: false)),
        ];
        return new(
            gate.Name, VerdictState.NotConcerned, null, gate.PassScore, gate.WarnScore, 0, criteria, ScoreResult.Of(gate, criteria).Groups,
            [], [], [],
            evidence.StartedAt, evidence.Duration, Reason: reason, Run: evidence.Run);
    }

    private static CriterionVerdict VerdictOf(Criterion criterion, CriterionEvaluation evaluation, bool waived) => new(
        criterion.Id,
        criterion.Title,
        criterion.GroupId,
        criterion.Weight,
        criterion.Required,
        waived ? CriterionState.Waived : evaluation.State,
        evaluation.State,
        evaluation.Condition,
        evaluation.Explanation,
        evaluation.Reason,
        criterion.Help,
        [.. EvaluationContext.Reads(criterion)],
        criterion.Position,
        [.. EvaluationContext.Facts(criterion)],
        evaluation.ReasonOf)
    {
        Off = criterion.Off,
        Lines = evaluation.Lines.Shown,
        LinesOf = evaluation.Lines.Sources,
    };

    /// <summary>The verdict's table of the design, its rows from worst to best.</summary>
    private static (VerdictState State, string? Note) Conclude(Gate gate, CriterionVerdict[] criteria, ScoreResult score, string? nothing)
    {
        var required = criteria.Where(criterion => criterion.Required).ToArray();
        if (required.Any(criterion => criterion.State == CriterionState.Failed))
            return (VerdictState.Failed, null);
        // Not enough even if all that is unknown had passed: that is no question of measuring.
        if (Below(score.BestCase, gate.WarnScore))
            return (VerdictState.Failed, Short(score, gate.WarnScore));
        // Before 'on-inconclusive: warn' is looked at: it excuses single criteria, never a gate that measured nothing.
        if (nothing is not null)
            return (VerdictState.Inconclusive, nothing);
        if (!gate.InconclusiveWarns && required.Any(criterion => criterion.State == CriterionState.Inconclusive))
            return (VerdictState.Inconclusive, null);
        if (Below(score.Score, gate.WarnScore))
            return (gate.InconclusiveWarns ? VerdictState.Failed : VerdictState.Inconclusive, Short(score, gate.WarnScore));
        if (score.Score is null && gate.PassScore > 0)
            return (VerdictState.Inconclusive, "no criterion carries weight, so there is no score: give one a 'weight' above 0");
        if (Below(score.Score, gate.PassScore))
            return (VerdictState.Warned, Short(score, gate.PassScore));
        return (criteria.All(criterion => criterion.State is CriterionState.Passed or CriterionState.Skipped)
            ? VerdictState.Passed
            : VerdictState.Warned, null);
    }

    private static string? WhyNothingIsDecided(Gate gate, CriterionVerdict[] criteria, CriterionEvaluation[] evaluations)
    {
        var required = criteria.Where(criterion => criterion.Required).ToArray();
        var decided = criteria.Zip(evaluations).Where(pair => pair.First.Required && IsMet(pair.First) && pair.Second.IsMeasured)
            .Select(pair => pair.First.Id).ToHashSet(StringComparer.Ordinal);
        if (decided.Count > 0)
            return gate.Extended.FirstOrDefault(extended => !decided.Overlaps(extended.Weights.Keys)
                && required.Any(one => one.State == CriterionState.Inconclusive && extended.Weights.ContainsKey(one.Id))) is { } extended
                ? $"none of the required criteria of '{extended.File}' could be measured"
                : null;
        if (required.Any(IsMet))
            return "the gate decides nothing: its required criteria hold without any measurement; at least one must read a probe or a "
                + "result set";
        if (criteria.Length == 0)
            return "the gate decides nothing: it has no criteria";
        if (required.Length == 0)
            return "the gate decides nothing: all its criteria are advisory; make at least one required";
        return required.Any(criterion => criterion.State == CriterionState.Inconclusive)
            ? "the gate decides nothing: none of its required criteria could be measured"
            : "the gate decides nothing: all its required criteria are skipped or waived; at least one must be measured";
    }

    private static bool IsMet(CriterionVerdict criterion) => criterion.State is CriterionState.Passed or CriterionState.Degraded;

    private static bool Below(double? score, double limit) => score < limit - Rounding;

    private static string Short(ScoreResult score, double limit)
    {
        var found = score.Score.GetValueOrDefault();
        var (text, needed) = UnitText.Ratio(found) == UnitText.Ratio(limit)
            ? (UnitText.Exactly(Value.Double(found), Unit.Percent), UnitText.Exactly(Value.Double(limit), Unit.Percent))
            : (UnitText.Ratio(found), UnitText.Ratio(limit));
        return $"the score of {text} is below {needed}"
            + (score.LowestIn is { } file ? $": that of the criteria of '{file}', as they weigh there" : "");
    }
}
