using System.Text.RegularExpressions;
using GateAction.Cel;
using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Sources.Results;
using GateAction.Syntax;

namespace GateAction.Manifests.Checks;

/// <summary>What a manifest may say and hardly means: told by <c>gate validate</c>, and no obstacle to a run.</summary>
internal static partial class DoubtfulParts
{
    // What is sent. Elsewhere '$NAME' may be meant as it stands: in a pattern, a PromQL expression, an argument of a program.
    private static readonly string[] Texts = ["http", "websocket", "url", "headers", "body", "json", "form"];

    public static void Warn(MappingNode root, ManifestDraft draft, IReadOnlyDictionary<string, FactType> names, DateOnly today,
        Problems problems)
    {
        foreach (var (_, criterion, _) in draft.Criteria)
        {
            foreach (var condition in criterion.Conditions)
                WarnOfCondition(condition, names, problems);
            if (criterion.Warn is { Node: { } node } warn && warn.Value.IsNoWeakerThan(criterion.Pass.Value))
                problems.Warn(node,
                    $"'warn' never holds where 'pass' does not: '{warn.Value.Text}' asks for as much as '{criterion.Pass.Value.Text}' or "
                    + "more; make it weaker, or leave it out");
        }
        WarnOfErrors(draft, problems);
        WarnOfUnused(root, draft, problems);
        foreach (var waiver in draft.Waivers.Where(waiver => waiver.Expires.Value < today))
        {
            if (waiver.Expires.Node is { } expires)
                problems.Warn(expires,
                    $"the waiver of '{waiver.Criterion.Value}' expired, so it waives nothing; take it out, or choose a later day");
        }
        foreach (var probe in (root.Find("probes") as MappingNode)?.Entries.Select(entry => entry.Value).OfType<MappingNode>() ?? [])
            WarnOfTexts(probe, problems);
    }

    private static void WarnOfCondition(Located<Condition> condition, IReadOnlyDictionary<string, FactType> names, Problems problems)
    {
        if (condition.Node is not ScalarNode node)
            return;
        foreach (var warning in condition.Value.Warnings(names))
            problems.Warn(node, warning.Start, warning.Length, warning.Message);
        if (Placeholder().Match(condition.Value.Text) is { Success: true } match)
            problems.Warn(node, match.Index, match.Length,
                $"nothing is filled in in a condition: '{match.Value}' stands for itself here; write the value, compare two facts, or "
                + "list the "
                + "variable under 'env' and write env.NAME");
    }

    private static void WarnOfErrors(ManifestDraft draft, Problems problems)
    {
        var conditions = draft.Criteria.SelectMany(entry => entry.Value.Conditions).ToArray();
        foreach (var source in draft.Sources.Where(source => source.Source is ResultSet))
        {
            var read = conditions.SelectMany(condition => condition.Value.Selections).Where(selection => selection.Root == source.Name)
                .Select(selection => selection.Fact).ToHashSet();
            // In JUnit XML a test that broke is an <error> and no <failure>: 'failed == 0' alone is green over a suite that crashed.
            if (!read.Contains(TestFigure.Failed.Name)
                || read.Any(fact => source.Facts.Fields?.GetValueOrDefault(fact)?.TellsErrors == true))
                continue;
            if (conditions.First(condition => condition.Value.Selections.Contains((source.Name, TestFigure.Failed.Name))).Node is { } node)
                problems.Warn(node,
                    $"'errors' of '{source.Name}' are not looked at, and a test that broke has not failed; add && {source.Name}.errors == 0");
        }
    }

    private static void WarnOfUnused(MappingNode root, ManifestDraft draft, Problems problems)
    {
        var conditions = draft.Criteria.SelectMany(entry => entry.Value.Conditions).Select(condition => condition.Value).ToArray();
        // What a criterion reads of the baseline must be measured for the next one.
        var used = conditions.SelectMany(condition => condition.Roots)
            .Concat(conditions.SelectMany(condition => condition.Selections).Where(selection => selection.Root == "baseline")
                .Select(selection => selection.Fact))
            .Concat(draft.Sources.SelectMany(source => source.DependsOn))
            // One that only opens a session for the next is used.
            .Concat(draft.Sources.Select(source => source.Follows).OfType<string>())
            .ToHashSet();
        foreach (var source in draft.Sources.Where(source => !used.Contains(source.Name)))
            problems.Warn(source.Key,
                $"no criterion reads '{source.Name}', so whatever it measures decides nothing; add a criterion, or take it out");
    }

    private static void WarnOfTexts(MappingNode probe, Problems problems)
    {
        foreach (var (key, value) in probe.Entries.Where(entry => Texts.Contains(entry.Key.Text)))
        {
            if (key.Text == "json" && value is ScalarNode { IsNull: false } text
                && text.Text.TrimStart() is ['{' or '[', ..] and not ['$', ..])
                problems.Warn(text,
                    "this is one JSON text, in quotation marks, and no object; write a mapping here, or the text under 'body'");
            foreach (var node in Scalars(value))
            {
                foreach (var match in ShellVariable().Matches(node.Text).Where(match => match.Success))
                    problems.Warn(node, match.Index, match.Length,
                        $"'{match.Value}' is sent as it stands; write ${{{match.Value[1..]}}} and list {match.Value[1..]} under 'env' or "
                        + "'secrets'");
            }
        }
    }

    private static IEnumerable<ScalarNode> Scalars(Node node) => node switch
    {
        ScalarNode scalar => [scalar],
        MappingNode mapping => mapping.Entries.SelectMany(entry => Scalars(entry.Value)),
        SequenceNode sequence => sequence.Items.SelectMany(Scalars),
        _ => [],
    };

    [GeneratedRegex("""\$\{[A-Za-z_][\w.]*\}""", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();

    [GeneratedRegex("""(?<![$\\])\$[A-Z][A-Z0-9_]{2,}\b""", RegexOptions.CultureInvariant)]
    private static partial Regex ShellVariable();
}
