using GateAction.Core.Model;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Formats;

/// <summary>What was counted within a JUnit suite, in the ways dialects count.</summary>
/// <param name="Errors">Cases that are errors, among those that fail.</param>
/// <param name="Attempts">Cases with each rerun counted apart.</param>
/// <param name="Findings">Failure and error elements: several may stand in one case.</param>
/// <param name="FailedAttempts">The same with those of reruns, also of cases that passed in the end.</param>
/// <param name="SkipElements">Skip elements, also of cases that failed as well.</param>
/// <param name="FailingElsewhere">Cases that fail and that the dialect has in another figure, or in none: PHPUnit's warnings, what CTest
/// could not start.</param>
/// <param name="Todos">Cases among those skipped that no figure has as skipped.</param>
/// <param name="Bare">Cases that passed and have no time.</param>
internal readonly record struct JUnitFigures(
    long Cases,
    long Failing,
    long Errors,
    long Skipped,
    long Attempts,
    long Findings,
    long FailedAttempts,
    long SkipElements,
    long FailingElsewhere = 0,
    long Todos = 0,
    long Bare = 0)
{
    public static JUnitFigures Passed(long cases) => new(cases, 0, 0, 0, cases, 0, 0, 0);

    public static JUnitFigures operator +(JUnitFigures left, JUnitFigures right) => new(
        left.Cases + right.Cases,
        left.Failing + right.Failing,
        left.Errors + right.Errors,
        left.Skipped + right.Skipped,
        left.Attempts + right.Attempts,
        left.Findings + right.Findings,
        left.FailedAttempts + right.FailedAttempts,
        left.SkipElements + right.SkipElements,
        left.FailingElsewhere + right.FailingElsewhere,
        left.Todos + right.Todos,
        left.Bare + right.Bare);
}

/// <summary>What the child elements of one case say that it came to: the worst of them, the first of its kind.</summary>
internal sealed class JUnitFinding(Xml xml, FileTally tally)
{
    public TestOutcome? Outcome { get; private set; }

    public string? Message { get; private set; }

    public string? Details { get; private set; }

    public string? File { get; private set; }

    public int? SourceLine { get; private set; }

    /// <summary>Reads the element on which the reader stands.</summary>
    public void Read(TestOutcome outcome)
    {
        if (Outcome is { } known && known >= outcome)
        {
            xml.SkipContent();
            return;
        }
        Outcome = outcome;
        Message = Text.Cut(xml.Attribute("message"), ResultLimits.Message);
        File = xml.Attribute("file") ?? File;
        SourceLine = Numbers.Line(xml.Attribute("line")) ?? SourceLine;
        var hasMessage = !string.IsNullOrWhiteSpace(Message);
        // Past the limit of traces no details are read. Without the attribute the text's first line is the message, so it is read anyway.
        Details = xml.ReadText(hasMessage ? tally.DetailsLimit : Math.Max(tally.DetailsLimit, ResultLimits.Message))?.Trim();
        if (!hasMessage)
            Message = Text.Cut(Text.FirstLine(Details), ResultLimits.Message);
    }

    public void Clear() => (Outcome, Message, Details, File, SourceLine) = (null, null, null, null, null);
}
