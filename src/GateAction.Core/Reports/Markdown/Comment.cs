using GateAction.Cel.Values;
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

    /// <summary>"see the full report", with a link where there is one.</summary>
    public static string FullReport(ReportContext context) =>
        MarkdownText.Address(context.ReportUrl ?? context.RunUrl) is { } url
        ? $"See the [full report](<{url}>)."
        : "The report files of the run hold it.";

    private static Section Head(Verdict verdict, ReportContext context)
    {
        var words = StateWords.Of(verdict.State);
        var lines = new List<string>
        {
            $"### {words.Mark} {MarkdownText.Text(Headline.Of(verdict, context.Previous), 200)}\n",
            NextStep.Of(verdict, context) is { } next ? $"**Next:** {next}\n" : "",
            $"{Figures(verdict)}\n",
            verdict.Trend is { } trend ? $"{MarkdownText.Text(trend)}\n" : "",
        };
        lines.AddRange(verdict.Notes.Concat(context.Notes ?? []).Select(note => $"> {MarkdownText.Text(note, 600)}\n"));
        return Section.Whole("the verdict", 0, string.Join('\n', lines.Where(line => line.Length > 0)) + "\n");
    }

    private static string Figures(Verdict verdict)
    {
        string?[] figures =
        [
            $"**{StateWords.Percent(verdict.Score)}** "
                + $"score{(verdict.PassScore > 0 ? $" ({StateWords.Percent(verdict.PassScore)} needed)" : "")}",
            $"**{StateWords.Percent(verdict.Measured)}** measured",
            .. Enum.GetValues<CriterionState>().Select(state => Tally(verdict, state)),
        ];
        return string.Join(" · ", figures.OfType<string>());
    }

    private static string? Tally(Verdict verdict, CriterionState state)
    {
        var count = verdict.Criteria.Count(criterion => criterion.State == state);
        return count == 0 ? null : $"{count:#,0} {StateWords.Of(state).Word}";
    }

    private static Section Foot(Verdict verdict, ReportContext context)
    {
        string?[] parts =
        [
            $"Gate {MarkdownText.Code(verdict.Gate)}{(context.CommitSha is { } sha ? $" on {Sha(sha)}" : "")}",
            context.ManifestPath is { } path ? $"manifest {Manifest(path, context)}" : null,
            MarkdownText.Address(context.RunUrl) is { } run ? $"[run](<{run}>)" : null,
            MarkdownText.Address(context.ReportUrl) is { } report ? $"[full report](<{report}>)" : null,
            $"took {UnitText.Duration(verdict.Duration)}",
            $"gate {MarkdownText.Text(context.Version)}",
        ];
        return Section.Whole("the foot", 0, $"\n<sub>{string.Join(" · ", parts.OfType<string>())}</sub>\n");
    }

    private static string Manifest(string path, ReportContext context)
    {
        var link = Positions.Url(path, 0, context) is { } url ? $"[{MarkdownText.Text(path)}](<{url}>)" : MarkdownText.Code(path);
        return context.ManifestCommit is { } commit ? $"{link} at {Sha(commit)}" : link;
    }

    private static string Sha(string sha) => MarkdownText.Code(sha.Length > 7 ? sha[..7] : sha);
}
