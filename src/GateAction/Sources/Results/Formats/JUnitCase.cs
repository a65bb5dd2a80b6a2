using System.Xml;
using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Formats;

/// <summary>Reads one <c>testcase</c> element.</summary>
internal sealed class JUnitCase(Xml xml, FileTally tally)
{
    private readonly List<string> _tags = [];
    private readonly HashSet<string> _unknown = [];
    private readonly char[] _name = new char[Limits.Name];
    private readonly char[] _value = new char[Limits.Name];
    private Func<TestCase>? _create;
    private JUnitSuite _suite = null!;
    private int _nameLength;
    private int _line;
    private string? _className;
    private string? _file;
    private string? _status;
    private TimeSpan? _time;
    private int? _sourceLine;
    private TestOutcome? _worst;
    private string? _message;
    private string? _details;
    private long? _peakMemory;
    private int _attempts;
    private int _findings;
    private int _skips;
    private string _lastClass = "";
    private string _lastFile = "";

    public void Read(JUnitSuite suite)
    {
        Clear();
        _suite = suite;
        _line = xml.Line;
        var depth = xml.Reader.Depth;
        var isEmpty = xml.Reader.IsEmptyElement;
        ReadAttributes();
        while (!isEmpty && xml.Reader.Read() && xml.Reader.Depth > depth)
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
        if (_worst is null && _status is null && _tags.Count == 0 && _peakMemory is null)
        {
            tally.AddPassed(string.IsNullOrEmpty(_className) ? _suite.Name : _className, _name.AsSpan(0, _nameLength), _time ?? TimeSpan.Zero, _create ??= () => Create(TestOutcome.Passed));
            _suite.AddPassed();
            return;
        }
        var test = Create(Outcome(_line));
        tally.Add(test);
        var isSkipped = test.Outcome == TestOutcome.Skipped;
        _suite.Add(new(
            1,
            test.IsFailing ? 1 : 0,
            test.Outcome == TestOutcome.Error ? 1 : 0,
            isSkipped ? 1 : 0,
            _attempts,
            test.IsFailing && _findings == 0 ? 1 : _findings,
            _findings + _attempts - 1,
            isSkipped && _skips == 0 ? 1 : _skips));
    }

    private TestCase Create(TestOutcome outcome) => new(new string(_name, 0, _nameLength), _suite.Name, outcome)
    {
        ClassName = _className,
        File = _file ?? _suite.File,
        Line = _sourceLine,
        Duration = _time,
        Message = _message,
        Details = _details,
        Tags = _tags.Count == 0 ? [] : [.. _tags],
        PeakMemory = _peakMemory,
        FileLine = _line,
    };

    private TestOutcome Outcome(int line)
    {
        var outcome = _worst ?? TestOutcome.Passed;
        if (_status is null || outcome is TestOutcome.Failed or TestOutcome.Error)
            return outcome;
        if (JUnitXml.Format.States.TryGet($"status={_status}", out var stated))
            return stated > outcome ? stated : outcome;
        if (!IsPassedStatus(_status))
            tally.Add(Severity.Warning, $"status '{Text.Cut(_status, 50)}' is not known; the case counts by its child elements", line);
        return outcome;
    }

    private static bool IsPassedStatus(string status) =>
        status.ToLowerInvariant() is "" or "run" or "passed" or "pass" or "success" or "successful" or "succeeded" or "completed" or "ok" or "true" or "finished" or "fixed" or "suppressed";

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
                case "status":
                    _status = xml.Reader.Value.Trim();
                    break;
                case "result" when _status is null or "run":
                    _status = xml.Reader.Value.Trim();
                    break;
                case "tags":
                    _tags.AddRange(xml.Reader.Value.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries));
                    break;
            }
        }
        xml.Reader.MoveToElement();
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
                _findings++;
                ReadFinding(element == "error" ? TestOutcome.Error : TestOutcome.Failed);
                break;
            case "rerunFailure" or "rerunError":
                _attempts++;
                ReadFinding(element == "rerunError" ? TestOutcome.Error : TestOutcome.Failed);
                break;
            case "flakyFailure" or "flakyError":
                _attempts++;
                ReadFinding(TestOutcome.Flaky);
                break;
            case "skipped" or "ignored" or "disabled":
                _skips++;
                ReadFinding(TestOutcome.Skipped);
                break;
            case "properties":
                xml.ForEachChild(ReadProperty);
                break;
            case "property":
                ReadProperty(element);
                break;
            case "system-out" or "system-err" or "rerun":
                break;
            default:
                ReportUnknown(element);
                break;
        }
    }

    // A failure whose name is damaged is an element that nobody knows: it looks like one still. What a dialect adds of its own is said once.
    private void ReportUnknown(string element)
    {
        var looksLikeFinding = xml.Attribute("message") is not null || Suggestion.Nearest(element, JUnitXml.Findings) is not null;
        if (looksLikeFinding || (_unknown.Count < Limits.Problems && _unknown.Add(element)))
            UnknownElement.Report(tally, element, JUnitXml.Format.Title, xml.Line, looksLikeFinding ? Severity.Error : Severity.Warning);
    }

    /// <summary>The message and trace kept are those of the worst finding, the first of its kind.</summary>
    private void ReadFinding(TestOutcome outcome)
    {
        if (_worst is { } known && known >= outcome)
        {
            xml.SkipContent();
            return;
        }
        _worst = outcome;
        _message = Text.Cut(xml.Attribute("message"), Limits.Message);
        _file = xml.Attribute("file") ?? _file;
        _sourceLine = Numbers.Line(xml.Attribute("line")) ?? _sourceLine;
        var hasMessage = !string.IsNullOrWhiteSpace(_message);
        _details = ReadDetails(hasMessage ? tally.DetailsLimit : Math.Max(tally.DetailsLimit, Limits.Message));
        if (!hasMessage)
            _message = Text.Cut(Text.FirstLine(_details), Limits.Message);
    }

    private string? ReadDetails(int limit)
    {
        if (limit > 0)
            return xml.ReadText(limit)?.Trim();
        xml.SkipContent();
        return null;
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
        _tags.Clear();
        _nameLength = 0;
        (_className, _file, _status, _time, _message, _details) = (null, null, null, null, null, null);
        (_sourceLine, _worst, _peakMemory) = (null, null, null);
        (_attempts, _findings, _skips) = (1, 0, 0);
    }
}
