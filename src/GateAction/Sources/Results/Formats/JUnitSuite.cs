using System.Xml;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Formats;

/// <summary>A suite element while it is open: what its attributes claim and what was counted within it.</summary>
internal sealed class JUnitSuite
{
    private bool _claimsSkipped;
    private JUnitFigures _nested;
    private JUnitFigures _direct;
    private long _passed;

    public string Name { get; private set; } = "";

    public string? File { get; private set; }

    public int Line { get; init; }

    public JUnitFigures Counted => _nested + Direct;

    /// <summary>The part of <see cref="Counted"/> that stands directly in this element: some dialects leave nested suites out of the claim.</summary>
    private JUnitFigures Direct => _direct + JUnitFigures.Passed(_passed);

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

    public void Add(JUnitFigures figures) => _direct += figures;

    /// <summary>Adds a case that plainly passed, as almost all do.</summary>
    public void AddPassed() => _passed++;

    public void AddNested(JUnitSuite suite) => _nested += suite.Counted;

    /// <summary>Says where the attributes and the cases disagree: then something was lost, or the producer miscounted, and nobody can tell which.</summary>
    public void Compare(string element, JUnitSuite? parent, FileTally tally)
    {
        var (counted, direct) = (Counted, Direct);
        var where = Name.Length == 0 ? $"<{element}>" : $"<{element}> '{Text.Cut(Name, 100)}'";
        if (Name == "pytest" && Tests > counted.Cases && counted.Cases > 0)
            CompareWithPytest(where, parent, tally);
        else
            Claims.Compare(tally, where, "tests", Tests, Line, counted.Cases, direct.Cases, counted.Cases - counted.Skipped, direct.Cases - direct.Skipped, counted.Attempts, counted.Cases - counted.Errors);
        Claims.Compare(tally, where, "failures and errors", Failing, Line, counted.Failing, direct.Failing, counted.Findings, direct.Findings, counted.FailedAttempts);
        // GoogleTest's 'disabled' leaves out what was skipped while it ran.
        if (_claimsSkipped || Skipped > counted.Skipped)
            Claims.Compare(tally, where, "skipped", Skipped, Line, counted.Skipped, direct.Skipped, counted.SkipElements);
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
