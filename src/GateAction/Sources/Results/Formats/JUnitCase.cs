using System.Xml;
using GateAction.Core.Model;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Formats;

/// <summary>Reads one <c>testcase</c> element.</summary>
/// <param name="known">What an earlier reading of the same file found.</param>
internal sealed class JUnitCase(Xml xml, FileTally tally, JUnitUncounted known)
{
    private readonly JUnitFinding _finding = new(xml, tally);
    private readonly List<string> _tags = [];
    private readonly HashSet<string> _unknown = [];
    private readonly char[] _name = new char[ResultLimits.Name];
    private readonly char[] _value = new char[ResultLimits.Name];
    private Func<TestCase>? _create;
    private Content _case;
    private int _suiteNumber = -1;
    private long _leftTodos;
    private string _lastClass = "";
    private string _lastFile = "";

    public void Read(JUnitSuite suite)
    {
        xml.Take();
        _finding.Clear();
        _tags.Clear();
        _case = new(suite, xml.Line);
        _leftTodos = suite.Number == _suiteNumber ? _leftTodos : known.TodosOf(_suiteNumber = suite.Number);
        var depth = xml.Reader.Depth;
        var isEmpty = xml.Reader.IsEmptyElement;
        ReadAttributes();
        while (!isEmpty && xml.Next() && xml.Reader.Depth > depth)
        {
            if (xml.Reader.Depth != depth + 1)
                continue;
            if (xml.Reader.NodeType == XmlNodeType.Element)
                ReadChild(xml.Reader.LocalName);
            else
                xml.ReportText("testcase", tally);
        }
        Finish();
    }

    private void Finish()
    {
        if (_case.NameLength == 0)
            tally.Add(Severity.Warning, "a test case has no name", _case.Line);
        var isBare = _finding.Outcome is null && _case.Stated == TestOutcome.Passed && !_case.IsFlaky;
        if (isBare && _tags.Count == 0 && _case.PeakMemory is null && !known.KnowsAttempts && !IsTodo() && !IsUnjudged() && !IsUnended())
        {
            tally.AddPassed(string.IsNullOrEmpty(_case.ClassName) ? _case.Suite.Name : _case.ClassName, _name.AsSpan(0, _case.NameLength),
                _case.Time ?? TimeSpan.Zero, _create ??= () => Create(TestOutcome.Passed));
            _case.Suite.AddPassed();
            if (_case.Suite.Dialect == JUnitDialect.Jest && (_case.Time ?? TimeSpan.Zero) == TimeSpan.Zero)
                _case.Suite.Add(default(JUnitFigures) with { Bare = 1 });
            return;
        }
        if (isBare && IsUnended())
        {
            Count(TestOutcome.Error);
        }
        else if (isBare && IsUnjudged())
        {
            Count(TestOutcome.Skipped, isTodo: _case.IsWithoutSteps);
        }
        else if (isBare && IsTodo())
        {
            _leftTodos--;
            Count(TestOutcome.Skipped, isTodo: true);
        }
        else if (!isBare)
        {
            Count(Outcome());
        }
        else if (known.OutcomeOf(Create(TestOutcome.Passed)) is { } outcome)
        {
            Count(outcome);
        }
    }

    private bool IsUnjudged() => _case.IsWithoutSteps
        || (_case.ClassName == "test" && Unjudged.IsNodeFile(_name.AsSpan(0, _case.NameLength)))
        || (_case.Suite.Dialect is JUnitDialect.Qt or JUnitDialect.Listed && !_case.HasState && _case.Time is null);

    private bool IsUnended() => _case.Suite is { Dialect: JUnitDialect.Vitest, TookNoTime: true } && _case.Time == TimeSpan.Zero;

    private bool IsTodo() => _leftTodos > 0 && (_case.Time ?? TimeSpan.Zero) == TimeSpan.Zero;

    private void Count(TestOutcome outcome, bool isTodo = false)
    {
        var test = Create(outcome);
        tally.Add(test);
        var isSkipped = test.Outcome == TestOutcome.Skipped;
        var failing = test.IsFailing ? 1 : 0;
        var findings = test.IsFailing ? Math.Max(_case.Findings, 1)
            : outcome == TestOutcome.Flaky || _case.IsExpectedToFail ? 0
            : _case.Findings;
        _case.Suite.Add(new(
            1,
            failing,
            test.Outcome == TestOutcome.Error ? 1 : 0,
            isSkipped ? 1 : 0,
            _case.Attempts,
            findings,
            findings + _case.Attempts - 1,
            isSkipped && _case.Skips == 0 ? 1 : _case.Skips,
            test.IsFailing && _case.Findings == 0 && (_case.IsWarning || IsUnstarted() || IsUnended()) ? 1 : 0,
            isTodo ? 1 : 0));
    }

    private TestCase Create(TestOutcome outcome) => new(new string(_name, 0, _case.NameLength), _case.Suite.Name, outcome)
    {
        ClassName = _case.ClassName,
        File = _finding.File ?? _case.File ?? _case.Suite.File,
        Line = _finding.SourceLine ?? _case.SourceLine,
        Duration = _case.Time,
        Message = outcome == TestOutcome.Error && _finding.Outcome is null && IsUnended() ? "the test never ended" : _finding.Message,
        Details = _finding.Details,
        Tags = _tags.Count == 0 ? [] : [.. _tags],
        PeakMemory = _case.PeakMemory,
        FileLine = _case.Line,
    };

    // The worst of all that the case says of itself, whichever stands first.
    private TestOutcome Outcome()
    {
        var outcome = _finding.Outcome is { } worst && worst > _case.Stated ? worst : _case.Stated;
        // Known not to work yet, as TODO in TAP.
        if (_case.IsExpectedToFail && _case.Stated <= TestOutcome.Skipped)
            return TestOutcome.Skipped;
        if (_case.IsFlaky && outcome < TestOutcome.Skipped)
            return TestOutcome.Flaky;
        if (_case.IsFlaky && _case.Suite.Dialect == JUnitDialect.Flank && _case.Stated == TestOutcome.Passed)
            return TestOutcome.Flaky;
        return outcome == TestOutcome.Skipped && IsUnstarted() ? TestOutcome.Error : outcome;
    }

    // CTest calls every test that has not run 'skipped': those that skipped themselves by a rule, and those that could not be started.
    private bool IsUnstarted() =>
        _case.IsNotRun && _case.SkipMessage is { Length: > 0 } && !_case.SkipMessage.StartsWith("SKIP_", StringComparison.Ordinal)
        && _name.AsSpan(0, _case.NameLength).SequenceEqual(_case.ClassName);

    private void ReadAttributes()
    {
        while (xml.Reader.MoveToNextAttribute())
        {
            switch (xml.Reader.LocalName)
            {
                case "name":
                    _case.NameLength = xml.ReadAttribute(_name).Length;
                    break;
                case "classname":
                    _case.ClassName = Shared(ref _lastClass);
                    break;
                case "time":
                    _case.Time = Numbers.Seconds(xml.ReadAttribute(_value));
                    break;
                case "file" or "filepath":
                    _case.File = Shared(ref _lastFile);
                    break;
                case "line":
                    _case.SourceLine = Numbers.Line(xml.Reader.Value);
                    break;
                case "flaky":
                    _case.IsFlaky = JUnitWords.Find(xml.Reader.Value) == TestOutcome.Passed;
                    break;
                case "tags":
                    _tags.AddRange(xml.Reader.Value.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries));
                    break;
                default:
                    if (JUnitWords.IsState(xml.Reader.LocalName))
                        ReadState(xml.Reader.LocalName, xml.Reader.Value);
                    break;
            }
        }
        xml.Reader.MoveToElement();
    }

    private void ReadState(string attribute, string word)
    {
        _case.HasState = true;
        if (word == "run")
            return;
        _case.IsNotRun |= word == "notrun";
        _case.IsSaidPassed |= word == "passed";
        var outcome = JUnitWords.Of(attribute, word, tally, _case.Line);
        _case.Stated = outcome > _case.Stated ? outcome : _case.Stated;
    }

    // Class and file of neighbouring cases are the same: one string for all of them.
    private string Shared(ref string last)
    {
        var value = xml.ReadAttribute(_value);
        return value.SequenceEqual(last) ? last : last = value.ToString();
    }

    private void ReadChild(string element)
    {
        switch (element)
        {
            case "failure" or "error":
                xml.Take();
                _case.Findings++;
                _finding.Read(element == "error" ? TestOutcome.Error : TestOutcome.Failed);
                break;
            // Surefire's: 'rerun…' are further attempts of a case that failed, 'flaky…' those of one that passed in the end.
            case "rerunFailure" or "rerunError":
                xml.Take();
                _case.Attempts++;
                _finding.Read(element == "rerunError" ? TestOutcome.Error : TestOutcome.Failed);
                break;
            case "flakyFailure" or "flakyError":
                xml.Take();
                _case.Attempts++;
                _finding.Read(TestOutcome.Flaky);
                break;
            case "skipped" or "ignored" or "disabled":
                _case.Skips++;
                ReadSkip();
                break;
            case "warning":
                _case.IsWarning = true;
                _finding.Read(TestOutcome.Error);
                break;
            case "properties":
                xml.ForEachChild(ReadProperty);
                break;
            case "property":
                ReadProperty(element);
                break;
            case "system-out" when _case.IsSaidPassed:
                _case.IsWithoutSteps |= Unjudged.IsScenarioWithoutSteps(xml.ReadText(ResultLimits.Details));
                break;
            case "system-out" or "system-err" or "rerun":
                break;
            default:
                ReportUnknown(element);
                break;
        }
    }

    // A failure whose name is damaged is an unknown element that still looks like one. What a dialect adds of its own is said once.
    private void ReportUnknown(string element)
    {
        var looksLikeFinding = xml.Attribute("message") is not null || JUnitWords.LooksLikeFinding(element);
        if (looksLikeFinding || (_unknown.Count < ResultLimits.Problems && _unknown.Add(element)))
            UnknownElement.Report(tally, element, JUnitXml.Format.Title, xml.Line, looksLikeFinding ? Severity.Error : Severity.Warning);
    }

    private void ReadSkip()
    {
        var message = xml.Attribute("message");
        // node:test and Catch2 write a test that may fail as skipped, beside the failure.
        _case.IsExpectedToFail |= xml.Attribute("type") == "todo"
            || message?.StartsWith("TEST_CASE tagged with !", StringComparison.Ordinal) == true;
        _case.SkipMessage ??= message;
        _finding.Read(TestOutcome.Skipped);
    }

    private void ReadProperty(string element)
    {
        if (element != "property" || xml.Attribute("name") is not { } name)
            return;
        var value = xml.Attribute("value");
        _case.PeakMemory ??= Properties.PeakMemory(name, value);
        if (Properties.IsTag(name) && value is not null)
            _tags.Add(value);
        else if (_case.Time is null && Properties.IsDuration(name))
            _case.Time = Numbers.Seconds(value);
    }

    /// <summary>What the case that is read says of itself.</summary>
    private struct Content(JUnitSuite suite, int line)
    {
        public readonly JUnitSuite Suite = suite;
        public readonly int Line = line;
        public int NameLength;
        public string? ClassName;
        public string? File;
        public int? SourceLine;
        public TimeSpan? Time;
        public long? PeakMemory;
        public string? SkipMessage;

        /// <summary>The worst outcome that an attribute states.</summary>
        public TestOutcome Stated = TestOutcome.Passed;
        public bool HasState;
        public bool IsSaidPassed;
        public bool IsFlaky;
        public bool IsExpectedToFail;
        public bool IsNotRun;
        public bool IsWarning;
        public bool IsWithoutSteps;

        public int Attempts = 1;
        public int Findings;
        public int Skips;
    }
}
