using GateAction.Core.Model;

namespace GateAction.Core.Reports.Markdown;

/// <summary>The comment on a pull request: the verdict in words and the one thing to do, then what is wrong, then everything else
/// folded.</summary>
public static class Comment
{
    /// <summary>GitHub takes 65,536 bytes; what is left is for the marker by which the comment is found again.</summary>
    public const int MostBytes = 64_000;

    public static string Render(Verdict verdict, ReportContext context, int mostBytes = MostBytes) => Layout.Fit(
        [
            Head(verdict, context),
            ChangesSection.Of(verdict, context.Previous),
            GroupsSection.Of(verdict),
            CriteriaSections.Open(verdict, context),
            PreviewSection.Of(verdict, context.Preview),
            WaiversSection.Of(verdict),
            CriteriaSections.Warnings(verdict, context),
            PerformanceSection.Of(verdict),
            CriteriaSections.Passed(verdict),
            NotMeasuredSection.Of(verdict),
            Foot(verdict, context),
        ],
        mostBytes,
        dropped => $"\nLeft out here for its length: {dropped}. {FullReport(context)}\n\n");

    /// <summary>Where all of it is: a link to the report if its address is known, else to the run. A run whose workflow uploads nothing has
    /// no artifact, so none is promised.</summary>
    internal static MarkdownText FullReport(ReportContext context)
    {
        // An address that is none (a variable that was not set) is as good as not given.
        if (MarkdownText.Address(context.ReportUrl) is { } report)
            return $"See the {MarkdownText.Link("full report", report)}.";
        if (MarkdownText.Address(context.RunUrl) is { } run)
            return $"`report.html` has all of it: among the artifacts of {MarkdownText.Link("the run", run)}, if its workflow uploads "
                + $"the report folder.";
        return $"`report.html` in the report folder has all of it.";
    }

    private static Section Head(Verdict verdict, ReportContext context)
    {
        var words = StateWords.Of(verdict.State);
        var next = NextStep.Of(verdict, context);
        MarkdownText[] lines =
        [
            $"### {words.Mark} {MarkdownText.Text(Headline.Of(verdict, context.Previous), 200)}\n",
            next.IsEmpty ? next : $"**Next:** {next}\n",
            $"{Figures(verdict)}\n",
            verdict.Trend is { } trend ? $"{trend}\n" : MarkdownText.Empty,
            .. verdict.Notes.Concat(context.Notes ?? []).Select(note => (MarkdownText)$"> {MarkdownText.Text(note, 600)}\n"),
        ];
        return Section.Whole("the verdict", 0, $"{MarkdownText.Join($"\n", lines)}\n");
    }

    private static MarkdownText Figures(Verdict verdict)
    {
        MarkdownText needed = verdict.PassScore > 0 ? $" ({StateWords.Percent(verdict.PassScore)} needed)" : MarkdownText.Empty;
        return MarkdownText.Join(
            $" · ",
            [
                $"**{StateWords.Percent(verdict.Score)}** score{needed}",
                $"**{StateWords.Percent(verdict.Measured)}** measured",
                .. Enum.GetValues<CriterionState>().Select(state => Tally(verdict, state)),
            ]);
    }

    private static MarkdownText Tally(Verdict verdict, CriterionState state)
    {
        var count = verdict.Criteria.Count(criterion => criterion.State == state);
        return count == 0 ? MarkdownText.Empty : $"{count:#,0} {StateWords.Of(state).Word}";
    }

    private static Section Foot(Verdict verdict, ReportContext context)
    {
        var parts = MarkdownText.Join(
            $" · ",
            [
                $"Gate {MarkdownText.Code(verdict.Gate)}{(context.CommitSha is { } sha ? $" on {Sha(sha)}" : MarkdownText.Empty)}",
                context.ManifestPath is { } path ? $"manifest {Manifest(path, context)}" : MarkdownText.Empty,
                LinkIfAny("run", context.RunUrl),
                LinkIfAny("full report", context.ReportUrl),
                $"took {verdict.Duration}",
                $"gate {context.Version}",
            ]);
        return Section.Whole("the foot", 0, $"\n<sub>{parts}</sub>\n");
    }

    private static MarkdownText LinkIfAny(string text, string? url) =>
        MarkdownText.Address(url) is null ? MarkdownText.Empty : MarkdownText.Link(text, url);

    private static MarkdownText Manifest(string path, ReportContext context)
    {
        var link = Positions.Url(path, 0, context) is { } url ? MarkdownText.Link(path, url) : MarkdownText.Code(path);
        MarkdownText read = context.ManifestCommit is { } commit ? $"{link} at {Sha(commit)}" : link;
        var extended = MarkdownText.Join($", ", context.Extends.Select(file => Extended(file, context)));
        return extended.IsEmpty ? read : $"{read}, which extends {extended}";
    }

    private static MarkdownText Extended(ExtendedFile file, ReportContext context)
    {
        var link = Positions.Url(file, 0, context) is { } url ? MarkdownText.Link(file.File, url) : MarkdownText.Code(file.File);
        return file.Commit is { } commit ? $"{link} at {Sha(commit)}" : link;
    }

    private static MarkdownText Sha(string sha) => MarkdownText.Code(RunIdentity.Short(sha));
}

/// <summary>The Markdown on the run's page: the comment with the space to say everything.</summary>
public static class JobSummary
{
    /// <summary>GitHub takes 1 MiB for a step; other tools may write into the same step.</summary>
    public const int MostBytes = 900_000;

    public static string Render(Verdict verdict, ReportContext context) =>
        Comment.Render(verdict, context with { Previous = null }, MostBytes);
}
