using System.Globalization;
using System.Text;
using GateAction.Core.Model;

namespace GateAction.Core.Reports.Markdown;

/// <summary>One criterion with all its evidence, open to read.</summary>
internal static class CriterionBlock
{
    private const int MostComparisons = 6;
    private const int MostDetails = 12;

    /// <param name="shown">Probes that stand above already with their details; those of this criterion are added.</param>
    public static string Of(CriterionVerdict criterion, Verdict verdict, ReportContext context, HashSet<string> shown)
    {
        var block = new StringBuilder();
        block.Append($"#### {StateWords.Of(criterion.State).Mark} {Kind(criterion)}: {MarkdownText.Text(Headline.Describe(criterion, withReason: false), 200)}\n\n");
        if (criterion.Explanation.Count == 0)
            block.Append($"- {MarkdownText.Code(criterion.Condition)}\n");
        foreach (var line in criterion.Explanation.Take(MostComparisons))
            block.Append($"- {Explained(line, criterion)}\n");
        if (criterion.Reason is { } reason && !IsSaid(reason, criterion))
            block.Append($"- {MarkdownText.Text(reason, 600)}\n");
        var probes = verdict.Probes.Where(probe => criterion.Reads.Contains(probe.Name)).ToArray();
        foreach (var probe in probes.Where(probe => !shown.Contains(probe.Name) || Shows(probe, criterion)))
            block.Append($"- {Evidence(probe, criterion)}\n");
        if (criterion.Help is { } help)
            block.Append($"- Help: {(MarkdownText.Address(help) is { } url ? $"[{MarkdownText.Text(NextStep.Shown(url), 120)}](<{url}>)" : MarkdownText.Text(help, 600))}\n");
        block.Append($"- {MarkdownText.Code(criterion.Id)}{(Positions.Link(criterion, context) is { } link ? $" in {link}" : "")}\n\n");
        foreach (var probe in probes.Where(probe => shown.Add(probe.Name) && probe.Details.Count > 0))
            block.Append(Details(probe));
        return block.ToString();
    }

    /// <summary>A line of an explanation with the expression, its value and its limit apart; one of another form as it is.</summary>
    public static string Explained(string line, CriterionVerdict criterion)
    {
        if (Comparison.Parse(line) is { } comparison)
        {
            var limit = comparison.LimitWas is { } was ? $"; {MarkdownText.Code(comparison.Limit!)} was **{MarkdownText.Code(was)}**" : "";
            return $"{MarkdownText.Code(comparison.Expression)} was **{MarkdownText.Code(comparison.Was)}**{limit}{(comparison.More is { } more ? $" ({more})" : "")}";
        }
        var at = line.IndexOf(": ", StringComparison.Ordinal);
        return at > 0 && criterion.Condition.Contains(line[..at], StringComparison.Ordinal)
            ? $"{MarkdownText.Code(line[..at])}: {MarkdownText.Text(line[(at + 2)..], 600)}"
            : MarkdownText.Text(line, 600);
    }

    private static string Kind(CriterionVerdict criterion)
    {
        var word = StateWords.Of(criterion.State).Word;
        return $"{char.ToUpperInvariant(word[0])}{word[1..]}{(criterion.Required ? "" : " (advisory)")}";
    }

    /// <summary>True where a line of the explanation ends in the reason, which names its source first.</summary>
    private static bool IsSaid(string reason, CriterionVerdict criterion)
    {
        var at = reason.IndexOf(": ", StringComparison.Ordinal);
        return at > 0 && criterion.Reads.Contains(reason[..at]) && criterion.Explanation.Any(line => line.Contains(reason[at..], StringComparison.Ordinal));
    }

    private static bool IsAboutLatency(CriterionVerdict criterion) => criterion.Condition.Contains(".latency.") || criterion.Condition.Contains(".availability");

    private static bool HasLatency(ProbeSummary probe) => probe.Figures.Any(figure => figure.Name is "p95" or "latency");

    /// <summary>True where the criterion is about the probe's latency, which others may not have shown.</summary>
    private static bool Shows(ProbeSummary probe, CriterionVerdict criterion) => HasLatency(probe) && IsAboutLatency(criterion);

    private static string Evidence(ProbeSummary probe, CriterionVerdict criterion)
    {
        var shows = !HasLatency(probe) || IsAboutLatency(criterion);
        string?[] parts =
        [
            probe.Subject is { } subject ? MarkdownText.Code(subject, 160) : null,
            probe.Reason is { } reason && criterion.Reason?.Contains(reason) != true ? MarkdownText.Text(reason, 400) : null,
            probe.Caveat is { } caveat && criterion.Reason?.Contains(caveat) != true ? MarkdownText.Text(caveat) : null,
            .. probe.Figures.Take(shows ? 6 : 1).Select(figure => $"{MarkdownText.Text(figure.Name)} {MarkdownText.Text(figure.Text)}{Change(figure)}"),
            shows && Sparkline.Of(probe.Samples) is { Length: > 0 } line ? line : null,
        ];
        return $"{MarkdownText.Code(probe.Name)} ({MarkdownText.Text(probe.Kind)}): {string.Join(" · ", parts.OfType<string>().DefaultIfEmpty("measured"))}";
    }

    /// <summary>" ▲ 12% against the baseline"; nothing where it is the same.</summary>
    public static string Change(Figure figure)
    {
        if (figure.Change is not { } change || Math.Abs(change) < 0.005)
            return "";
        return $" {(change > 0 ? '▲' : '▼')} {Math.Min(Math.Abs(change), 99.99) * 100:0}%";
    }

    private static string Details(ProbeSummary probe) => $"{MarkdownText.Fence(probe.Details, MostDetails, 300)}{LeftOut(probe)}\n";

    /// <summary>A verdict holds the first lines of a probe only; how many tests failed in all is among its figures.</summary>
    private static string LeftOut(ProbeSummary probe)
    {
        var failing = probe.Figures.Where(figure => figure.Name is "failed" or "errors").Sum(figure => long.TryParse(figure.Text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var count) ? count : 0);
        var lines = Math.Max(0, probe.Details.Count - MostDetails);
        return (probe.Kind, failing) switch
        {
            _ when lines == 0 => "",
            // A line can stand for many tests.
            ("results", > MostDetails) => $"\n{StateWords.Count(failing, "test")} of {MarkdownText.Code(probe.Name)} failed; those not shown are in the full report.\n",
            _ => $"\n{StateWords.Count(lines, "more line")} from {MarkdownText.Code(probe.Name)} {(lines == 1 ? "is" : "are")} in the full report.\n",
        };
    }
}
