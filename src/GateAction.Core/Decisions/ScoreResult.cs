using GateAction.Core.Model;

namespace GateAction.Core.Decisions;

/// <summary>
/// The score: a criterion's weight inside its group, the group's weight in the total. Degraded earns half; waived and skipped leave the
/// sum; inconclusive earns nothing. Nothing to count is null, never 1.
/// </summary>
/// <param name="BestCase">The score if everything that could not be measured had passed.</param>
internal sealed record ScoreResult(double? Score, double? BestCase, double Measured, IReadOnlyList<GroupScore> Groups)
{
    /// <summary>Keeps the sums finite whatever a manifest says.</summary>
    private const double HeaviestWeight = 1e12;

    /// <summary>The extended manifest whose criteria came to this score, which is lower than that of all; null if it is that of
    /// all.</summary>
    public string? LowestIn { get; private init; }

    /// <summary>The lowest of the gate's own score and those of the manifests that it extends.</summary>
    public static ScoreResult Of(Gate gate, IReadOnlyList<CriterionVerdict> criteria)
    {
        var all = Of(gate.Groups, criteria);
        foreach (var extended in gate.Extended.Where(extended => extended.HasScore))
        {
            CriterionVerdict[] own = [.. criteria.Where(criterion => extended.Weights.ContainsKey(criterion.Id)).Select(criterion =>
                criterion with { Weight = extended.Weights[criterion.Id].Weight, GroupId = extended.Weights[criterion.Id].GroupId })];
            var alone = Of(extended.Groups, own);
            // What applies and carries no weight there has no score; what does not apply asks for none.
            var isLower = alone.Score < all.Score || (alone.Score is null
                && own.Any(criterion => criterion.State is not (CriterionState.Skipped or CriterionState.Waived)));
            all = all with
            {
                BestCase = alone.BestCase < all.BestCase ? alone.BestCase : all.BestCase,
                Score = isLower ? alone.Score : all.Score,
                LowestIn = isLower ? extended.File : all.LowestIn,
            };
        }
        return all;
    }

    private static ScoreResult Of(IReadOnlyList<Group> groups, IReadOnlyList<CriterionVerdict> criteria)
    {
        var parts = GroupsOf(groups, criteria).Select(group => Part.Of(group, criteria)).ToArray();
        return new(
            Mean(parts, part => part.Score),
            Mean(parts, part => part.BestCase),
            Mean(parts, part => part.Measured) ?? 0,
            [.. parts.Select(part => new GroupScore(part.Group.Id, part.Group.Title, part.Group.Weight, part.Score, part.Measured ?? 0))]);
    }

    /// <summary>The manifest's groups that have criteria, in its order, then the group of those that name none.</summary>
    private static IEnumerable<Group> GroupsOf(IReadOnlyList<Group> groups, IReadOnlyList<CriterionVerdict> criteria)
    {
        var used = criteria.Select(criterion => criterion.GroupId).ToHashSet(StringComparer.Ordinal);
        // A group without criteria has no part in the score.
        var known = groups.Where(group => used.Remove(group.Id)).ToArray();
        return known.Concat(used.Order(StringComparer.Ordinal).Select(id => new Group(id, id, 1)));
    }

    private static double? Mean(Part[] parts, Func<Part, double?> ratio) =>
        WeightedMean(parts.Where(part => ratio(part) is not null).Select(part => (part.Group.Weight, ratio(part)!.Value)));

    private static double? WeightedMean(IEnumerable<(double Weight, double Ratio)> items)
    {
        double weights = 0, sum = 0;
        foreach (var (weight, ratio) in items)
        {
            var bounded = double.IsNaN(weight) ? 0 : Math.Clamp(weight, 0, HeaviestWeight);
            weights += bounded;
            sum += bounded * ratio;
        }
        return weights > 0 ? Math.Clamp(sum / weights, 0, 1) : null;
    }

    private sealed record Part(Group Group, double? Score, double? BestCase, double? Measured)
    {
        public static Part Of(Group group, IReadOnlyList<CriterionVerdict> all)
        {
            var applied = all.Where(criterion => criterion.GroupId == group.Id && criterion.State != CriterionState.Skipped).ToArray();
            var counted = applied.Where(criterion => criterion.State != CriterionState.Waived).ToArray();
            return new(
                group,
                WeightedMean(counted.Select(criterion => (criterion.Weight, Earned(criterion.State)))),
                WeightedMean(counted.Select(criterion =>
                (criterion.Weight, criterion.State == CriterionState.Inconclusive ? 1 : Earned(criterion.State)))),
                // By what it was without the waiver: to be excused is not to be measured.
                WeightedMean(applied.Select(criterion =>
                (criterion.Weight, criterion.Underlying == CriterionState.Inconclusive ? 0.0 : 1.0))));
        }

        private static double Earned(CriterionState state) => state switch
        {
            CriterionState.Passed => 1,
            CriterionState.Degraded => 0.5,
            CriterionState.Failed or CriterionState.Inconclusive or CriterionState.Waived or CriterionState.Skipped => 0,
        };
    }
}
