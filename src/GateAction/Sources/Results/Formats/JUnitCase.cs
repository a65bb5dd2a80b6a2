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
    private JUnitSuite _suite = null!;
    private int _nameLength;
    private int _line;
    private string? _className;
    private string? _file;
    private TestOutcome _stated;
    private bool _isFlaky;
    private bool _isExpectedToFail;
    private bool _isNotRun;
    private bool _hasState;
    private bool _isSaidPassed;
    private bool _isWithoutSteps;
    private string? _skipMessage;
    private TimeSpan? _time;
    private int? _sourceLine;
    private bool _isWarning;
    private long? _peakMemory;
    private int _attempts;
    private int _findings;
    private int _skips;
    private int _suiteNumber = -1;
    private long _leftTodos;
    private string _lastClass = "";
    private string _lastFile = "";

    public void Read(JUnitSuite suite)
    {
        Clear();
        xml.Take();
        _suite = suite;
        _leftTodos = suite.Number == _suiteNumber ? _leftTodos : known.TodosOf(_suiteNumber = suite.Number);
        _line = xml.Line;
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
        if (_nameLength == 0)
            tally.Add(Severity.Warning, "a test case has no name", _line);
        var isBare = _finding.Outcome is null && _stated == TestOutcome.Passed && !_isFlaky;
        if (isBare && _tags.Count == 0 && _peakMemory is null && !known.KnowsAttempts && !IsTodo() && !IsUnjudged() && !IsUnended())
        {
            tally.AddPassed(string.IsNullOrEmpty(_className) ? _suite.Name : _className, _name.AsSpan(0, _nameLength),
                _time ?? TimeSpan.Zero, _create ??= () => Create(TestOutcome.Passed));
            _suite.AddPassed();
            if (_suite.Dialect == JUnitDialect.Jest && (_time ?? TimeSpan.Zero) == TimeSpan.Zero)
                _suite.Add(default(JUnitFigures) with { Bare = 1 });
            return;
        }
        if (isBare && IsUnended())
        {
            Count(TestOutcome.Error);
        }
        else if (isBare && IsUnjudged())
        {
            Count(TestOutcome.Skipped, isTodo: _isWithoutSteps);
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

    private bool IsUnjudged() => _isWithoutSteps
        || (_className == "test" && Unjudged.IsNodeFile(_name.AsSpan(0, _nameLength)))
        || (_suite.Dialect is JUnitDialect.Qt or JUnitDialect.Listed && !_hasState && _time is null);

    private bool IsUnended() => _suite is { Dialect: JUnitDialect.Vitest, TookNoTime: true } && _time == TimeSpan.Zero;

    private bool IsTodo() => _leftTodos > 0 && (_time ?? TimeSpan.Zero) == TimeSpan.Zero;

    private void Count(TestOutcome outcome, bool isTodo = false)
    {
        var test = Create(outcome);
        tally.Add(test);
        var isSkipped = test.Outcome == TestOutcome.Skipped;
        var failing = test.IsFailing ? 1 : 0;
        var findings = test.IsFailing ? Math.Max(_findings, 1) : outcome == TestOutcome.Flaky || _isExpectedToFail ? 0 : _findings;
        _suite.Add(new(
            1,
            failing,
            test.Outcome == TestOutcome.Error ? 1 : 0,
            isSkipped ? 1 : 0,
            _attempts,
            findings,
            findings + _attempts - 1,
            isSkipped && _skips == 0 ? 1 : _skips,
            test.IsFailing && _findings == 0 && (_isWarning || IsUnstarted() || IsUnended()) ? 1 : 0,
            isTodo ? 1 : 0));
    }

    private TestCase Create(TestOutcome outcome) => new(new string(_name, 0, _nameLength), _suite.Name, outcome)
    {
        ClassName = _className,
        File = _finding.File ?? _file ?? _suite.File,
        Line = _finding.SourceLine ?? _sourceLine,
        Duration = _time,
        Message = outcome == TestOutcome.Error && _finding.Outcome is null && IsUnended() ? "the test never ended" : _finding.Message,
        Details = _finding.Details,
        Tags = _tags.Count == 0 ? [] : [.. _tags],
        PeakMemory = _peakMemory,
        FileLine = _line,
    };

    // The worst of all that the case says of itself, whichever stands first.
    private TestOutcome Outcome()
    {
        var outcome = _finding.Outcome is { } worst && worst > _stated ? worst : _stated;
        // Known not to work yet, as TODO in TAP.
        if (_isExpectedToFail && _stated <= TestOutcome.Skipped)
            return TestOutcome.Skipped;
        if (_isFlaky && outcome < TestOutcome.Skipped)
            return TestOutcome.Flaky;
        if (_isFlaky && _suite.Dialect == JUnitDialect.Flank && _stated == TestOutcome.Passed)
            return TestOutcome.Flaky;
        return outcome == TestOutcome.Skipped && IsUnstarted() ? TestOutcome.Error : outcome;
    }

    // CTest calls every test that has not run 'skipped': those that skipped themselves by a rule, and those that could not be started.
    private bool IsUnstarted() =>
        _isNotRun && _skipMessage is { Length: > 0 } && !_skipMessage.StartsWith("SKIP_", StringComparison.Ordinal)
        && _name.AsSpan(0, _nameLength).SequenceEqual(_className);

    private void ReadAttributes()
    {
        while (xml.Reader.MoveToNextAttribute())
        {
            switch (xml.Reader.LocalName)
            {
                case "name":
                    _nameLength = xml.ReadAttribute(_name).Length;
                    break;
                case "classname":
                    _className = Shared(ref _lastClass);
                    break;
                case "time":
                    _time = Numbers.Seconds(xml.ReadAttribute(_value));
                    break;
                case "file" or "filepath":
                    _file = Shared(ref _lastFile);
                    break;
                case "line":
                    _sourceLine = Numbers.Line(xml.Reader.Value);
                    break;
                case "flaky":
                    _isFlaky = JUnitWords.Find(xml.Reader.Value) == TestOutcome.Passed;
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
        _hasState = true;
        if (word == "run")
            return;
        _isNotRun |= word == "notrun";
        _isSaidPassed |= word == "passed";
        var outcome = JUnitWords.Of(attribute, word, tally, _line);
        _stated = outcome > _stated ? outcome : _stated;
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
                _findings++;
                _finding.Read(element == "error" ? TestOutcome.Error : TestOutcome.Failed);
                break;
            case "rerunFailure" or "rerunError":
                xml.Take();
                _attempts++;
                _finding.Read(element == "rerunError" ? TestOutcome.Error : TestOutcome.Failed);
                break;
            case "flakyFailure" or "flakyError":
                xml.Take();
                _attempts++;
                _finding.Read(TestOutcome.Flaky);
                break;
            case "skipped" or "ignored" or "disabled":
                _skips++;
                ReadSkip();
                break;
            case "warning":
                _isWarning = true;
                _finding.Read(TestOutcome.Error);
                break;
            case "properties":
                xml.ForEachChild(ReadProperty);
                break;
            case "property":
                ReadProperty(element);
                break;
            case "system-out" when _isSaidPassed:
                _isWithoutSteps |= Unjudged.IsScenarioWithoutSteps(xml.ReadText(ResultLimits.Details));
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
        _isExpectedToFail |= xml.Attribute("type") == "todo"
            || message?.StartsWith("TEST_CASE tagged with !", StringComparison.Ordinal) == true;
        _skipMessage ??= message;
        _finding.Read(TestOutcome.Skipped);
    }

    private void ReadProperty(string element)
    {
        if (element != "property" || xml.Attribute("name") is not { } name)
            return;
        var value = xml.Attribute("value");
        _peakMemory ??= Properties.PeakMemory(name, value);
        if (Properties.IsTag(name) && value is not null)
            _tags.Add(value);
        else if (_time is null && Properties.IsDuration(name))
            _time = Numbers.Seconds(value);
    }

    private void Clear()
    {
        _finding.Clear();
        _tags.Clear();
        _nameLength = 0;
        (_className, _file, _sourceLine, _time, _skipMessage, _peakMemory) = (null, null, null, null, null, null);
        (_stated, _isFlaky, _isExpectedToFail, _isNotRun, _isWarning) = (TestOutcome.Passed, false, false, false, false);
        (_hasState, _isSaidPassed, _isWithoutSteps) = (false, false, false);
        (_attempts, _findings, _skips) = (1, 0, 0);
    }
}
