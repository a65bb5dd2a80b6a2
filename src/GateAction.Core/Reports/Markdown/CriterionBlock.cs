using System.Text;
using GateAction.Cel.Values;
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
        block.Append(
            $"#### {StateWords.Of(criterion.State).Mark} {Kind(criterion)}: "
            + $"{MarkdownText.Text(Headline.Describe(criterion, withReason: false), 200)}\n\n");
        if (criterion.Explanation.Count == 0)
            block.Append($"- {MarkdownText.Code(criterion.Condition)}\n");
        foreach (var part in criterion.Explanation.Take(MostComparisons))
            block.Append($"- {Explained(part)}\n");
        if (criterion.Reason is { } reason)
            block.Append($"- {MarkdownText.Text(reason, 600)}\n");
        var probes = verdict.Probes.Where(probe => criterion.Reads.Contains(probe.Name)).ToArray();
        foreach (var probe in probes.Where(probe => !shown.Contains(probe.Name) || Shows(probe, criterion)))
            block.Append($"- {Evidence(probe, criterion)}\n");
        if (criterion.Help is { } help)
            block.Append("- Help: ")
                .Append(MarkdownText.Address(help) is { } url
                    ? $"[{MarkdownText.Text(NextStep.Shown(url), 120)}](<{url}>)"
                    : MarkdownText.Text(help, 600))
                .Append('\n');
        block.Append($"- {MarkdownText.Code(criterion.Id)}{(Positions.Link(criterion, context) is { } link ? $" in {link}" : "")}\n\n");
        foreach (var probe in probes.Where(probe => shown.Add(probe.Name) && probe.Details.Count > 0))
            block.Append(Details(probe));
        return block.ToString();
    }

    /// <summary>The expression, its value and its limit.</summary>
    public static string Explained(Explanation part)
    {
        var expression = part.Expression.Length == 0 ? "" : MarkdownText.Code(part.Expression);
        var more = part.More > 0 ? $" (and {part.More} more)" : "";
        if (part.Actual is not { } actual)
            return $"{expression}{(expression.Length > 0 ? ": " : "")}{MarkdownText.Text(part.Found, 600)}{more}";
        var limit = part.Limit is { IsMeasured: true } measured
            ? $"; {MarkdownText.Code(measured.Expression)} was {Measured(measured)}"
            : "";
        return $"{expression} was {Measured(actual)}{limit}{more}";
    }

    private static string Measured(ComparedValue reading)
    {
        var parts = reading.Parts.Select(part => $"{MarkdownText.Code(part.Expression ?? "")} was {MarkdownText.Code(part.Text)}")
            .ToArray();
        return $"**{MarkdownText.Code(reading.Text)}**{(parts.Length > 0 ? $" ({string.Join(", ", parts)})" : "")}";
    }

    private static string Kind(CriterionVerdict criterion)
    {
        var word = StateWords.Of(criterion.State).Word;
        return $"{char.ToUpperInvariant(word[0])}{word[1..]}{(criterion.Required ? "" : " (advisory)")}";
    }

    private static bool IsAboutLatency(ProbeSummary probe, CriterionVerdict criterion) =>
        criterion.Facts.Any(read => read.Probe == probe.Name && probe.Figures.Any(figure => figure.IsOfTiming && figure.Fact == read.Fact));

    private static bool HasLatency(ProbeSummary probe) =>
        probe.Figures.Any(figure => figure.Name is FigureNames.P95 or FigureNames.Latency);

    /// <summary>True where the criterion is about the probe's latency, which others may not have shown.</summary>
    private static bool Shows(ProbeSummary probe, CriterionVerdict criterion) => HasLatency(probe) && IsAboutLatency(probe, criterion);

    private static string Evidence(ProbeSummary probe, CriterionVerdict criterion)
    {
        var shows = !HasLatency(probe) || IsAboutLatency(probe, criterion);
        string?[] parts =
        [
            probe.Subject is { } subject ? MarkdownText.Code(subject, 160) : null,
            probe.Reason is { } reason && criterion.ReasonOf != probe.Name ? MarkdownText.Text(reason, 400) : null,
            probe.Caveat is { } caveat && criterion.ReasonOf != probe.Name ? MarkdownText.Text(caveat) : null,
            .. probe.Figures.Take(shows ? 6 : 1)
                .Select(figure => $"{MarkdownText.Text(figure.Name)} {MarkdownText.Text(figure.Text)}{StateWords.Change(figure.Change)}"),
            shows && Sparkline.Of(probe.Samples) is { Length: > 0 } line ? line : null,
        ];
        return $"{MarkdownText.Code(probe.Name)} ({MarkdownText.Text(probe.Kind)}): "
            + $"{string.Join(" · ", parts.OfType<string>().DefaultIfEmpty("measured"))}";
    }

    private static string Details(ProbeSummary probe) => $"{MarkdownText.Fence(probe.Details, MostDetails, 300)}{LeftOut(probe)}\n";

    /// <summary>A verdict holds the first lines of a probe only; how many tests failed in all it says too.</summary>
    private static string LeftOut(ProbeSummary probe)
    {
        var lines = Math.Max(0, probe.Details.Count - MostDetails);
        return probe.FailingTests switch
        {
            _ when lines == 0 => "",
            // A line can stand for many tests.
            > MostDetails and var failing =>
                $"\n{StateWords.Count(failing, "test")} of {MarkdownText.Code(probe.Name)} failed; those not shown are in the full "
                + "report.\n",
            _ => $"\n{StateWords.Count(lines, "more line")} from {MarkdownText.Code(probe.Name)} {(lines == 1 ? "is" : "are")} in the "
                + "full report.\n",
        };
    }
}
