using System.Globalization;
using GateAction.Syntax;

namespace GateAction.Manifests.Checks;

/// <summary>Waivers against criteria and calendar. One that has expired is no mistake of the manifest: the verdict reports it.</summary>
internal static class WaiverChecks
{
    public static void Check(ManifestDraft draft, DateOnly today, Problems problems)
    {
        var seen = new HashSet<string>();
        var criteria = draft.Criteria.Select(entry => entry.Key).ToHashSet();
        foreach (var waiver in draft.Waivers.TakeWhile(_ => !problems.IsFull))
        {
            if (waiver.Criterion.Node is { } node)
                CheckCriterion(waiver.Criterion.Value, node, criteria, seen, problems);
            var latest = today.AddDays(draft.WaiverDays);
            if (waiver.Expires.Node is { } expires && waiver.Expires.Value > latest)
                problems.Add(expires, TooFar(draft.WaiverDays, latest.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        }
    }

    private static string TooFar(int days, string latest) =>
        $"a waiver may expire at most {days} days ahead, so by {latest}; choose an earlier day, or set 'waiver-days'";

    private static void CheckCriterion(string id, Node node, HashSet<string> criteria, HashSet<string> seen, Problems problems)
    {
        if (!criteria.Contains(id))
            problems.Add(node, $"criterion '{id}' is unknown; {DidYouMean.For(id, criteria)}");
        else if (!seen.Add(id))
            problems.Add(node, $"criterion '{id}' is waived above already");
    }
}
