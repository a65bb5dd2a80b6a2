using System.Xml;
using GateAction.Results.Reading;

namespace GateAction.Results.Formats;

/// <summary>A suite element while it is open: what its attributes claim and what was counted within it.</summary>
internal sealed class JUnitSuite
{
    private bool _claimsSkipped;

    public string Name { get; private set; } = "";

    public string? File { get; private set; }

    public int Line { get; init; }

    public JUnitFigures Counted { get; set; }

    /// <summary>The part of <see cref="Counted"/> that stands directly in this element: some dialects leave nested suites out of the claim.</summary>
    public JUnitFigures Direct { get; set; }

    private long? Tests { get; set; }

    private long? Failing { get; set; }

    private long? Skipped { get; set; }

    public static JUnitSuite Open(XmlReader reader, int line)
    {
        var suite = new JUnitSuite { Line = line };
        while (reader.MoveToNextAttribute())
            suite.Claim(reader.LocalName, reader.Value);
        reader.MoveToElement();
        return suite;
    }

    /// <summary>Says where the attributes and the cases disagree: then something was lost, or the producer miscounted, and nobody can tell which.</summary>
    public void Compare(string element, JUnitSuite? parent, FileTally tally)
    {
        var where = Name.Length == 0 ? $"<{element}>" : $"<{element}> '{Text.Cut(Name, 100)}'";
        if (Name == "pytest" && Tests > Counted.Cases && Counted.Cases > 0)
            CompareWithPytest(where, parent, tally);
        else
            Claims.Compare(tally, where, "tests", Tests, Line, Counted.Cases, Direct.Cases, Counted.Cases - Counted.Skipped, Direct.Cases - Direct.Skipped, Counted.Attempts, Counted.Cases - Counted.Errors);
        Claims.Compare(tally, where, "failures and errors", Failing, Line, Counted.Failing, Direct.Failing, Counted.Findings, Direct.Findings, Counted.FailedAttempts);
        // GoogleTest's 'disabled' leaves out what was skipped while it ran.
        if (_claimsSkipped || Skipped > Counted.Skipped)
            Claims.Compare(tally, where, "skipped", Skipped, Line, Counted.Skipped, Direct.Skipped, Counted.SkipElements);
    }

    // pytest counts reports: a test that passed and broke in its tear-down is one case and two of them, and so is each passed subtest, which is not written at all.
    private void CompareWithPytest(string where, JUnitSuite? parent, FileTally tally)
    {
        if (Tests <= Counted.Cases + Counted.Errors)
            return;
        var hasSubtests = parent?.Name == "pytest tests";
        tally.Add(
            hasSubtests ? Severity.Warning : Severity.Error,
            $"{where} says {Tests} tests, its cases are {Counted.Cases}{(hasSubtests ? ": pytest counts passed subtests and does not write them" : "")}",
            Line);
    }

    private void Claim(string name, string value)
    {
        switch (name)
        {
            case "name":
                Name = Text.Cut(value, Limits.Name);
                break;
            case "file" or "filepath":
                File = value;
                break;
            case "tests":
                Tests = Numbers.Count(value);
                break;
            case "failures" or "errors" when Numbers.Count(value) is { } failing:
                Failing = (Failing ?? 0) + failing;
                break;
            case "skipped" or "skips" or "disabled" or "ignored" when Numbers.Count(value) is { } skipped:
                Skipped = (Skipped ?? 0) + skipped;
                _claimsSkipped |= name != "disabled";
                break;
        }
    }
}
