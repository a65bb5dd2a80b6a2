using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Core.Reports.Markdown;

/// <summary>One criterion with all its evidence, open to read.</summary>
internal static class CriterionBlock
{
    private const int MostComparisons = 6;
    private const int MostDetails = 12;
    private const int MostMembers = 20;
    private const int ComparedBins = 16;

    /// <param name="shown">Probes that stand above already with their details; those of this cause are added.</param>
    public static MarkdownText Of(Cause cause, Verdict verdict, ReportContext context, HashSet<string> shown)
    {
        if (cause.Reason is not { } reason)
            return MarkdownText.Concat([.. cause.Criteria.Select(criterion => Of(criterion, verdict, context, shown))]);
        var probes = verdict.Probes.Where(probe => cause.Sources.Contains(probe.Name)).ToArray();
        var first = cause.Criteria[0];
        var members = MarkdownText.Join($", ", cause.Criteria.Take(MostMembers).Select(criterion =>
            (MarkdownText)$"{MarkdownText.Text(criterion.Title, 100)} ({MarkdownText.Code(criterion.Id)})"));
        MarkdownText more = cause.Criteria.Count > MostMembers ? $" and {cause.Criteria.Count - MostMembers:#,0} more" : MarkdownText.Empty;
        MarkdownText help = cause.Criteria.Select(criterion => criterion.Help).FirstOrDefault(help => help is not null) is { } text
            ? $"- Help: {Help(text)}\n"
            : MarkdownText.Empty;
        return MarkdownText.Concat(
            [
                $"#### {StateWords.Of(first.State).Mark} {Kind(first)}{CriteriaSections.Advisory(first)}, "
                    + $"{StateWords.Criteria(cause.Criteria.Count)}: {MarkdownText.Text(reason, 300)}\n\n",
                .. probes.Select(probe => (MarkdownText)$"- {Evidence(probe, first)}\n"),
                $"- {members}{more}\n",
                .. cause.Criteria.Select(criterion => ComparedSamples.In(criterion, verdict, context)).OfType<ComparedSamples>()
                    .Select(compared => (MarkdownText)$"- {Compared(compared)}\n"),
                help,
                $"\n",
                .. probes.Where(probe => shown.Add(probe.Name) && probe.Details.Count > 0).Select(probe => Details(probe, context)),
            ]);
    }

    private static MarkdownText Of(CriterionVerdict criterion, Verdict verdict, ReportContext context, HashSet<string> shown)
    {
        var probes = verdict.Probes.Where(probe => criterion.Reads.Contains(probe.Name)).ToArray();
        // A probe that several criteria read is told once, unless this one is about what was not shown of it.
        var evidence = probes.Where(probe => !shown.Contains(probe.Name) || Shows(probe, criterion))
            .Select(probe => Evidence(probe, criterion)).ToArray();
        var details = probes.Where(probe => !criterion.LinesOf.Contains(probe.Name) && shown.Add(probe.Name) && probe.Details.Count > 0)
            .Select(probe => Details(probe, context)).ToArray();
        var link = Positions.Link(criterion, context);
        MarkdownText title = $"#### {StateWords.Of(criterion.State).Mark} {Kind(criterion)}{CriteriaSections.Advisory(criterion)}: "
            + $"{MarkdownText.Text(Headline.Describe(criterion, withReason: false), 200)}\n\n";
        return MarkdownText.Concat(
            [
                title,
                criterion.Explanation.Count == 0 ? $"- {MarkdownText.Code(criterion.Condition)}\n" : MarkdownText.Empty,
                .. criterion.Explanation.Take(MostComparisons).Select(part => (MarkdownText)$"- {Explained(part)}\n"),
                criterion.Reason is { } reason ? $"- {MarkdownText.Text(reason, 600)}\n" : MarkdownText.Empty,
                .. evidence.Select(line => (MarkdownText)$"- {line}\n"),
                ComparedSamples.In(criterion, verdict, context) is { } compared ? $"- {Compared(compared)}\n" : MarkdownText.Empty,
                criterion.Help is { } help ? $"- Help: {Help(help)}\n" : MarkdownText.Empty,
                $"- {MarkdownText.Code(criterion.Id)}{(link.IsEmpty ? link : $" in {link}")}\n\n",
                criterion.Lines.Count > 0 ? $"{MarkdownText.Fence(criterion.Lines, MostDetails, 300)}\n" : MarkdownText.Empty,
                .. details,
            ]);
    }

    /// <summary>The expression, its value and its limit.</summary>
    public static MarkdownText Explained(Explanation part)
    {
        var expression = part.Expression.Length == 0 ? MarkdownText.Empty : MarkdownText.Code(part.Expression);
        MarkdownText more = part.More > 0 ? $" (and {part.More} more)" : MarkdownText.Empty;
        if (part.Actual is not { } actual)
            return $"{MarkdownText.Join($": ", [expression, MarkdownText.Text(part.Found, 600)])}{more}";
        MarkdownText limit = part.Limit is { IsMeasured: true } measured
            ? $"; {MarkdownText.Code(measured.Expression)} was {Measured(measured)}"
            : MarkdownText.Empty;
        return $"{expression} was {Measured(actual)}{limit}{more}";
    }

    private static MarkdownText Measured(ComparedValue reading)
    {
        var parts = MarkdownText.Join(
            $", ",
            reading.Parts.Select(part => (MarkdownText)$"{MarkdownText.Code(part.Expression ?? "")} was {MarkdownText.Code(part.Text)}"));
        return $"**{MarkdownText.Code(reading.Text)}**{(parts.IsEmpty ? parts : $" ({parts})")}";
    }

    private static MarkdownText Help(string help) => MarkdownText.Address(help) is { } url
        ? MarkdownText.Link(NextStep.Shown(url), url, 120)
        : MarkdownText.Text(help, 600);

    private static string Kind(CriterionVerdict criterion)
    {
        var word = StateWords.Of(criterion.State).Word;
        return $"{char.ToUpperInvariant(word[0])}{word[1..]}";
    }

    private static bool IsAboutLatency(ProbeSummary probe, CriterionVerdict criterion) =>
        criterion.Facts.Any(read => read.Probe == probe.Name && probe.Figures.Any(figure => figure.IsOfTiming && figure.Fact == read.Fact));

    private static bool HasLatency(ProbeSummary probe) =>
        probe.Figures.Any(figure => figure.Name is FigureNames.P95 or FigureNames.Latency);

    /// <summary>True if the criterion is about the probe's latency, which others may not have shown.</summary>
    private static bool Shows(ProbeSummary probe, CriterionVerdict criterion) => HasLatency(probe) && IsAboutLatency(probe, criterion);

    private static MarkdownText Evidence(ProbeSummary probe, CriterionVerdict criterion)
    {
        var shows = !HasLatency(probe) || IsAboutLatency(probe, criterion);
        var parts = MarkdownText.Join(
            $" · ",
            [
                probe.Subject is { } subject ? MarkdownText.Code(subject, 160) : MarkdownText.Empty,
                probe.Reason is { } reason && Concerns(probe, criterion) ? MarkdownText.Text(reason, 400) : MarkdownText.Empty,
                probe.Caveat is { } caveat && criterion.ReasonOf != probe.Name ? $"{caveat}" : MarkdownText.Empty,
                .. probe.Figures.Take(shows ? 6 : 1).Select(Figure),
                shows ? $"{Sparkline.Of(probe.Samples)}" : MarkdownText.Empty,
            ]);
        return $"{MarkdownText.Code(probe.Name)} ({probe.Kind}): {(parts.IsEmpty ? $"measured" : parts)}";
    }

    /// <summary>A probe that was measured has a reason for what it does not have; who could be decided does not miss it.</summary>
    private static bool Concerns(ProbeSummary probe, CriterionVerdict criterion) =>
        criterion.ReasonOf != probe.Name
        && (probe.Outcome != Outcome.Measured || criterion.Underlying == CriterionState.Inconclusive);

    private static MarkdownText Figure(Figure figure) =>
        MarkdownText.Join($" ", [$"{figure.Name} {figure.Text}", $"{StateWords.Change(figure.Change)}"]);

    /// <summary>How often each latency was seen, one side below the other on one scale.</summary>
    private static MarkdownText Compared(ComparedSamples compared)
    {
        var sides = MarkdownText.Join($", ", compared.Sides.Select(Side));
        return $"{sides} (from {LatencyScale.Text(compared.Scale.From)} to {LatencyScale.Text(compared.Scale.To)}"
            + $"{(compared.Scale.IsLogarithmic ? $", logarithmic" : MarkdownText.Empty)})";

        MarkdownText Side(ComparedSide side) => $"{MarkdownText.Code(side.Name, 60)} "
            + $"{Sparkline.Of(compared.Scale.Bins(side.Seconds, ComparedBins))} p50 {LatencyScale.Text(side.Median)}";
    }

    private static MarkdownText Details(ProbeSummary probe, ReportContext context) =>
        $"{MarkdownText.Fence(probe.Details, MostDetails, 300)}{LeftOut(probe, context)}\n";

    /// <summary>A verdict holds the first lines of a probe only; how many tests failed in all it says too.</summary>
    private static MarkdownText LeftOut(ProbeSummary probe, ReportContext context)
    {
        var lines = Math.Max(0, probe.Details.Count - MostDetails);
        return probe.FailingTests switch
        {
            _ when lines == 0 => $"",
            // A line can stand for many tests.
            > MostDetails and var failing =>
                $"\n{StateWords.Count(failing, "test")} of {MarkdownText.Code(probe.Name)} failed. {Comment.FullReport(context)}\n",
            _ => $"\n{StateWords.Count(lines, "more line")} from {MarkdownText.Code(probe.Name)}. {Comment.FullReport(context)}\n",
        };
    }
}
