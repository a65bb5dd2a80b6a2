using System.Xml;
using GateAction.Core;
using GateAction.Results.Reading;

namespace GateAction.Results.Formats;

/// <summary>Reads one <c>testcase</c> element.</summary>
internal sealed class JUnitCase(Xml xml, FileTally tally)
{
    private readonly List<string> _tags = [];
    private string _name = "";
    private string? _className;
    private string? _file;
    private string? _status;
    private string? _time;
    private int? _sourceLine;
    private TestOutcome? _worst;
    private string? _message;
    private string? _details;
    private long? _peakMemory;
    private int _attempts;
    private int _findings;
    private int _skips;

    public JUnitFigures Read(JUnitSuite suite)
    {
        Clear();
        var line = xml.Line;
        var depth = xml.Reader.Depth;
        var isEmpty = xml.Reader.IsEmptyElement;
        ReadAttributes();
        while (!isEmpty && xml.Reader.Read() && xml.Reader.Depth > depth)
        {
            if (xml.Reader.NodeType == XmlNodeType.Element && xml.Reader.Depth == depth + 1)
                ReadChild(xml.Reader.LocalName);
        }
        return Finish(suite, line);
    }

    private JUnitFigures Finish(JUnitSuite suite, int line)
    {
        var outcome = Outcome(line);
        if (_name.Length == 0)
            tally.Add(Severity.Warning, "a test case has no name", line);
        tally.Add(new TestCase(_name, suite.Name, outcome)
        {
            ClassName = _className,
            File = _file ?? suite.File,
            Line = _sourceLine,
            Duration = Numbers.Seconds(_time),
            Message = _message,
            Details = _details,
            Tags = _tags.Count == 0 ? [] : [.. _tags],
            PeakMemory = _peakMemory,
            FileLine = line,
        });
        var isFailing = outcome is TestOutcome.Failed or TestOutcome.Error;
        var isSkipped = outcome == TestOutcome.Skipped;
        return new(1, isFailing ? 1 : 0, isSkipped ? 1 : 0, _attempts, isFailing && _findings == 0 ? 1 : _findings, isSkipped && _skips == 0 ? 1 : _skips);
    }

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
                    _name = Text.Cut(xml.Reader.Value, Limits.Name);
                    break;
                case "classname":
                    _className = ClassName(xml.Reader.Value);
                    break;
                case "time":
                    _time = xml.Reader.Value;
                    break;
                case "file" or "filepath":
                    _file = xml.Reader.Value;
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

    // The classes of neighbouring cases are the same: one string for all of them.
    private string? ClassName(string value)
    {
        if (value != _lastClass)
            _lastClass = Text.Cut(value, Limits.Name);
        return _lastClass;
    }

    private string? _lastClass;

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
        }
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
        _details = xml.ReadText(Limits.Details)?.Trim();
        if (string.IsNullOrWhiteSpace(_message))
            _message = Text.Cut(Text.FirstLine(_details), Limits.Message);
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
            _time = value;
    }

    private void Clear()
    {
        _tags.Clear();
        _name = "";
        (_className, _file, _status, _time, _message, _details) = (null, null, null, null, null, null);
        (_sourceLine, _worst, _peakMemory) = (null, null, null);
        (_attempts, _findings, _skips) = (1, 0, 0);
    }
}
