using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Core.Reports.Markdown;

namespace GateAction.Core.Reports.Html;

/// <summary>One criterion as a row that unfolds: what was compared, what it rests on, where it is written.</summary>
/// <param name="hasManifest">True if the page itself shows the manifest.</param>
internal sealed class CriterionRow(Verdict verdict, ReportContext context, Evidence? evidence, bool hasManifest)
{
    private readonly ILookup<string, (int Index, ProbeSummary Item)> _probes =
        verdict.Probes.Index().ToLookup(probe => probe.Item.Name, StringComparer.Ordinal);

    private const int MostFiles = 8;

    /// <summary>Sources whose evidence stands above already.</summary>
    private readonly HashSet<string> _shown = new(StringComparer.Ordinal);

    private readonly HashSet<string> _drawn = new(StringComparer.Ordinal);

    /// <param name="isOpen">True for what the reader is to see without a click.</param>
    /// <param name="isOneOfMany">True if the reason stands above all of them.</param>
    public Html Of(CriterionVerdict criterion, bool isOpen, bool isOneOfMany = false)
    {
        ProbeSummary[] read =
        [
            .. criterion.Reads.Distinct(StringComparer.Ordinal).SelectMany(name => _probes[name])
                .OrderBy(probe => probe.Index).Select(probe => probe.Item),
        ];
        Html open = isOpen ? $" open" : Html.Empty;
        Html condition = criterion.Explanation.Count == 0 ? $"<li>{Html.Code(criterion.Condition)}</li>" : Html.Empty;
        Html reason = criterion.Reason is { } text ? $"<li>{Html.Line(text, 1000)}</li>" : Html.Empty;
        Html lines = criterion.Lines.Count == 0
            ? Html.Empty
            : $"<pre tabindex=\"0\" aria-label=\"what {criterion.Title} counts\">{Html.Lines(criterion.Lines)}</pre>";
        var excerpts = criterion.IsUnmet || criterion.State == CriterionState.Degraded
            ? Html.Each(read, probe => Excerpt(probe, criterion))
            : Html.Empty;
        var compared = ComparisonChart.Of(criterion, verdict, context);
        return $"""
            <details{open} id="criterion-{criterion.Id}" data-state="{StateWords.Of(criterion.State).Name}"><summary>{Head(criterion, !isOneOfMany)}</summary>
            <ul>{condition}{Html.Each(criterion.Explanation, part => $"<li>{Explained(part)}</li>")}{reason}{Help(criterion.Help)}{Html.Each(read, probe => $"<li>{Probe(probe, criterion)}</li>")}<li class="muted">{Html.Code(criterion.Id)}, weight {criterion.Weight:0.##}{Position(criterion)}</li></ul>{lines}{compared}{excerpts}</details>

            """;
    }

    /// <summary>A row that leads to the one which tells it all.</summary>
    public static Html LinkTo(CriterionVerdict criterion) =>
        $"<a class=\"row\" href=\"#criterion-{criterion.Id}\" "
        + $"data-state=\"{StateWords.Of(criterion.State).Name}\">{Head(criterion, withReason: false)}</a>\n";

    private static Html Head(CriterionVerdict criterion, bool withReason)
    {
        Html advisory = criterion.Required ? Html.Empty : $" <small>advisory</small>";
        return $"{Html.Pill(criterion.State)} <span class=\"title\">{criterion.Title}{advisory}</span>{Value(criterion, withReason)}";
    }

    /// <summary>The value at the end of a row, if one comparison decided.</summary>
    private static Html Value(CriterionVerdict criterion, bool withReason) => criterion switch
    {
        { Explanation: [{ Actual: { } actual }] } => $" <small class=\"value\">was {Html.Code(actual.Text, 40)}</small>",
        { Reason: { } reason, State: not CriterionState.Passed } when withReason =>
            $" <small class=\"value\">{Html.Line(reason, 80)}</small>",
        _ => Html.Empty,
    };

    private static Html Explained(Explanation part)
    {
        Html expression = part.Expression.Length == 0 ? Html.Empty : Html.Code(part.Expression);
        Html more = part.More > 0 ? $" (and {part.More} more)" : Html.Empty;
        if (part.Actual is not { } actual)
            return $"{Html.Join(": ", [expression, Html.Line(part.Found, 1000)])}{more}";
        Html limit = part.Limit is { IsMeasured: true } measured
            ? $"; {Html.Code(measured.Expression)} was {Measured(measured)}"
            : Html.Empty;
        return $"{expression} was {Measured(actual)}{limit}{more}";
    }

    private static Html Measured(ComparedValue reading)
    {
        var parts = Html.Join(", ", reading.Parts.Select(Part));
        Html computed = parts.IsEmpty ? Html.Empty : $" ({parts})";
        return $"<b>{Html.Code(reading.Text)}</b>{computed}";

        static Html Part(ComparedValue part) => $"{Html.Code(part.Expression ?? "")} was {Html.Code(part.Text)}";
    }

    private Html Probe(ProbeSummary probe, CriterionVerdict criterion)
    {
        var figures = Html.Join(" · ", probe.Figures.Take(8).Select(Figure));
        // What the criterion gives as its own reason is not said twice.
        Html found = !figures.IsEmpty ? $": {figures}"
            : criterion.ReasonOf == probe.Name ? Html.Empty : $": {probe.Reason ?? "measured"}";
        return $"<a href=\"#{Anchors.Of(probe.Name, evidence)}\">{probe.Name}</a> ({probe.Kind}){found}";

        static Html Figure(Figure figure) => $"{figure.Name} {figure.Text}{StateWords.Change(figure.Change)}";
    }

    /// <summary>What the source itself shows of why: failing tests, a chart with the limit, its lines. Each source once.</summary>
    private Html Excerpt(ProbeSummary probe, CriterionVerdict criterion)
    {
        if (probe.Samples.Count > 1 && criterion.Facts.Any(read => read.Probe == probe.Name
            && probe.Figures.Any(figure => figure.IsOfTiming && figure.Fact == read.Fact)))
        {
            var limits = LatencyLimit.In([criterion], probe);
            return _drawn.Add(probe.Name) || limits.Count > 0 ? LatencyCharts.Of(probe, limits, evidence) : Html.Empty;
        }
        // Twenty criteria may read one probe: its lines stand below the first.
        if (criterion.LinesOf.Contains(probe.Name) || !_shown.Add(probe.Name))
            return Html.Empty;
        if (evidence?.Measurements.GetValueOrDefault(probe.Name)?.Content is TestContent { Failures.Count: > 0 } tests)
            return FailingTests.Of(probe.Name, tests);
        string[] details = evidence?.Measurements.GetValueOrDefault(probe.Name)?.Content is CoverageContent coverage
            ? [.. CoverageTables.Worst(coverage).Take(MostFiles).Select(file =>
                $"{file.Path}: {StateWords.Count(file.Figures.Lines - file.Figures.CoveredLines, "line")} not covered")]
            : [.. probe.Details.Except(criterion.Lines)];
        return details.Length == 0
            ? Html.Empty
            : $"<pre tabindex=\"0\" aria-label=\"evidence of {probe.Name}\">{Html.Lines(details)}</pre>\n";
    }

    private static Html Help(string? help)
    {
        if (help is null)
            return Html.Empty;
        var shown = MarkdownText.Address(help) is { } url ? Html.Link(NextStep.Shown(url), help) : Html.Line(help, 1000);
        return $"<li>Help: {shown}</li>";
    }

    private Html Position(CriterionVerdict criterion)
    {
        var line = criterion.Position.Line;
        if (line <= 0)
            return Html.Empty;
        var extended = Positions.Extended(criterion.Position.File, context);
        if (hasManifest && extended is null)
            return $", <a href=\"#L{line}\">line {line} of the manifest</a>";
        return $", {Html.Link($"line {line} of {extended?.File ?? "the manifest"}", Positions.Url(criterion.Position, context))}";
    }
}

/// <summary>Where the page tells more of a source.</summary>
internal static class Anchors
{
    public static string Of(string name, Evidence? evidence) => evidence?.Measurements.GetValueOrDefault(name)?.Content switch
    {
        TestContent => $"tests-{name}",
        CoverageContent => $"coverage-{name}",
        _ => $"probe-{name}",
    };
}

/// <summary>The first failing tests of a result set beside the criterion that they break; those with one message together.</summary>
internal static class FailingTests
{
    private const int Most = 10;
    private const int MostNames = 12;

    public static Html Of(string set, TestContent tests)
    {
        var all = tests.Counts.Failed + tests.Counts.Errors;
        var groups = FailureGroup.In(tests.Failures).ToArray();
        var grouped = groups.Select(group => group.Message).ToHashSet(StringComparer.Ordinal);
        Html[] rows =
        [
            .. groups.Select(Group),
            .. tests.Failures.Where(test => !grouped.Contains(FailureGroup.MessageOf(test))).Select(Single),
        ];
        Html more = rows.Length > Most || all > tests.Failures.Count
            ? $"<p><a href=\"#tests-{set}\">All {all:#,0} failing tests of {set}</a></p>\n"
            : Html.Empty;
        return $"<div class=\"rows\">\n{Html.Each(rows.Take(Most), row => row)}</div>\n{more}";
    }

    private static Html Group(FailureGroup group)
    {
        var names = Html.Each(group.Tests.Take(MostNames), test => $"<li>{Html.Line(test.FullName, 300)}</li>");
        Html more = group.Tests.Count > MostNames ? $"<li class=\"muted\">and {group.Tests.Count - MostNames:#,0} more</li>" : Html.Empty;
        return $"<details><summary><span class=\"pill bad\">{group.Tests.Count:#,0} ×</span> <span "
            + $"class=\"title\">{Html.Line(group.Message, 300)}</span></summary><ul>{names}{more}</ul>{Trace(group.Tests[0])}</details>\n";
    }

    private static Html Single(TestCase test)
    {
        Html place = test.File is null ? Html.Empty : $"<p class=\"muted\">{Html.Line(test.Place, 300)}</p>";
        Html message = test.Message is { Length: > 0 } text ? $"<small class=\"line\">{Html.Line(text, 300)}</small>" : Html.Empty;
        return $"<details><summary><span class=\"pill bad\"><span aria-hidden=\"true\">✗</span> {test.Outcome.Word()}</span> <span "
            + $"class=\"title\">{Html.Line(test.FullName, 300)}{message}</span></summary>{place}{Trace(test)}</details>\n";
    }

    private static Html Trace(TestCase test)
    {
        string[] told = [.. new[] { test.Message, test.Details }.OfType<string>().Where(text => text.Length > 0)];
        return told.Length == 0
            ? (Html)$"<p class=\"muted\">Nothing more is known.</p>"
            : $"<pre tabindex=\"0\" aria-label=\"trace of {Html.Line(test.FullName, 300)}\">{Html.Lines(told)}</pre>";
    }
}
