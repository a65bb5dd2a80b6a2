using GateAction.Core.Model;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Formats;

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
        Message = Text.Cut(xml.Attribute("message"), Limits.Message);
        File = xml.Attribute("file") ?? File;
        SourceLine = Numbers.Line(xml.Attribute("line")) ?? SourceLine;
        var hasMessage = !string.IsNullOrWhiteSpace(Message);
        Details = xml.ReadText(hasMessage ? tally.DetailsLimit : Math.Max(tally.DetailsLimit, Limits.Message))?.Trim();
        if (!hasMessage)
            Message = Text.Cut(Text.FirstLine(Details), Limits.Message);
    }

    public void Clear() => (Outcome, Message, Details, File, SourceLine) = (null, null, null, null, null);
}
