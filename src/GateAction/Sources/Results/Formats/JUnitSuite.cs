using System.Xml;
using GateAction.Core.Model;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Formats;

/// <summary>A suite element while it is open: what its attributes say and what was counted within it.</summary>
internal sealed class JUnitSuite
{
    private JUnitFigures _nested;
    private JUnitFigures _direct;
    private long _passed;
    private long? _failures;
    private long? _errors;
    private IReadOnlyList<(string Name, string Value)> _attributes = [];

    public required string Element { get; init; }

    public required int Line { get; init; }

    /// <summary>The number of the suite in its file.</summary>
    public required int Number { get; init; }

    public required JUnitSuite? Parent { get; init; }

    public JUnitDialect Dialect { get; private set; }

    public string Name { get; private set; } = "";

    public string? File { get; private set; }

    public JUnitFigures Counted => _nested + Direct;

    /// <summary>The part of <see cref="Counted"/> that stands directly in this element: some dialects leave nested suites out of the
    /// claim.</summary>
    public JUnitFigures Direct => _direct + JUnitFigures.Passed(_passed);

    public long? Tests { get; private set; }

    /// <summary>True for a suite that says it took no time at all.</summary>
    public bool TookNoTime => _attributes.Contains(("time", "0"));

    /// <summary>How many cases fail by its own figures.</summary>
    public long? Failing => Dialect == JUnitDialect.Qt ? _failures : Sum(_failures, _errors);

    public long? Skipped { get; private set; }

    public bool ClaimsSkipped { get; private set; }

    /// <summary>The worst that the suite says of itself in a word, and that word.</summary>
    public (TestOutcome Outcome, string Word)? Stated { get; private set; }

    /// <summary>What the suites in this one say of themselves, where each of them says it.</summary>
    public long? NestedTests { get; private set; } = 0;

    /// <summary>Suites in it that say more tests than they hold and say nothing of skips: what is around them may say it.</summary>
    public List<JUnitShortfall> Short { get; } = [];

    public string Where => Name.Length == 0 ? $"<{Element}>" : $"<{Element}> '{Text.Cut(Name, 100)}'";

    public static JUnitSuite Open(XmlReader reader, int line, int number, JUnitSuite? parent, FileTally tally)
    {
        var suite = new JUnitSuite { Element = reader.LocalName, Line = line, Number = number, Parent = parent };
        var attributes = new List<(string Name, string Value)>(reader.AttributeCount);
        while (reader.MoveToNextAttribute())
            attributes.Add((reader.LocalName, reader.Value));
        reader.MoveToElement();
        suite.Name = Text.Cut(attributes.Find(attribute => attribute.Name == "name").Value, ResultLimits.Name) ?? "";
        suite._attributes = attributes;
        suite.Dialect = JUnitMarks.Find(attributes);
        // The option junit_suite_name changes the name of the suite, but not that of the root.
        if (suite.Dialect == JUnitDialect.Other && parent?.Name == "pytest tests")
            suite.Dialect = JUnitDialect.Pytest;
        if (parent?.Dialect == JUnitDialect.Listed)
            suite.Dialect = JUnitDialect.Listed;
        if (parent is { Parent: null, Name: "vitest tests" })
            suite.Dialect = JUnitDialect.Vitest;
        foreach (var (name, value) in attributes)
            suite.Claim(name, value, tally);
        return suite;
    }

    public void Add(JUnitFigures figures) => _direct += figures;

    /// <summary>Adds a case that plainly passed, as almost all do.</summary>
    public void AddPassed() => _passed++;

    public void AddNested(JUnitSuite suite)
    {
        _nested += suite.Counted;
        NestedTests = suite.Tests is { } tests ? NestedTests + tests : null;
    }

    private void Claim(string name, string value, FileTally tally)
    {
        switch (name)
        {
            case "file" or "filepath":
                File = value;
                break;
            case "tests":
                Tests = ClaimedTotals.Count(tally, Where, name, value, Line);
                break;
            case "failures" or "failed":
                _failures = Sum(_failures, ClaimedTotals.Count(tally, Where, name, value, Line));
                break;
            case "errors":
                _errors = Sum(_errors, ClaimedTotals.Count(tally, Where, name, value, Line));
                break;
            case "skipped" or "skips" or "disabled" or "ignored":
                Skipped = Sum(Skipped, ClaimedTotals.Count(tally, Where, name, value, Line));
                ClaimsSkipped |= name != "disabled";
                break;
            default:
                if (JUnitWords.IsState(name))
                    State(value, tally);
                else if (JUnitWords.CountsFailures(name) && Numbers.Count(value) > 0)
                    Worsen(TestOutcome.Failed, $"{name}={value}");
                break;
        }
    }

    private void State(string word, FileTally tally)
    {
        if (JUnitWords.Find(word) is not { } outcome)
            tally.Add(Severity.Error, $"{Where} says of itself '{Text.Cut(word, 50)}', which is no known word", Line);
        else
            Worsen(outcome, word);
    }

    private void Worsen(TestOutcome outcome, string word)
    {
        if (Stated is not { } known || outcome > known.Outcome)
            Stated = (outcome, Text.Cut(word, 50));
    }

    /// <summary>What a property of the suite says of the run as a whole, such as Ginkgo's.</summary>
    public void ReadProperty(string? name, string? value, FileTally tally)
    {
        if (JUnitMarks.IsQt(_attributes, name))
            Dialect = JUnitDialect.Qt;
        else if (name == "SuiteSucceeded" && value == "false")
            Worsen(TestOutcome.Failed, "SuiteSucceeded=false");
        else if (name == "DryRun" && value == "true")
            tally.Add(Severity.Error, $"{Where} is of a dry run: none of its tests ran", Line);
    }

    private static long? Sum(long? sum, long? more) => more is null ? sum : (sum ?? 0) + more;
}

/// <summary>A suite that says more tests than it holds.</summary>
internal sealed record JUnitShortfall(long Missing, string Message, int Line);
