using System.Xml;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Formats;

/// <summary>Walks one JUnit document and keeps the open suites.</summary>
internal sealed class JUnitReader
{
    private const int MostDepth = 256;
    private readonly Xml _xml;
    private readonly FileTally _tally;
    private readonly JUnitUncounted _found = new();
    private readonly JUnitClaims _claims;
    private readonly JUnitCase _case;
    private int _suites;

    /// <param name="known">What an earlier reading of the same file found; empty in the first.</param>
    public JUnitReader(Xml xml, FileTally tally, JUnitUncounted known)
    {
        (_xml, _tally) = (xml, tally);
        _claims = new(tally, _found);
        _case = new(xml, tally, known);
        IsFirst = known.IsEmpty;
    }

    /// <summary>What another reading must know; null where this one saw everything.</summary>
    public JUnitUncounted? Found => IsFirst && !_found.IsEmpty ? _found : null;

    private bool IsFirst { get; }

    public void ReadRoot() => ReadSuite(_xml.Reader.LocalName, null);

    private void ReadSuite(string element, JUnitSuite? parent)
    {
        _xml.Take();
        var isEmpty = _xml.Reader.IsEmptyElement;
        var depth = _xml.Reader.Depth;
        // Each level is a call: without a bound a file could end the process by an overflow of the stack, which .NET cannot catch.
        if (depth > MostDepth)
            throw new XmlException($"suites are nested deeper than {MostDepth}", null, _xml.Line, 1);
        var suite = JUnitSuite.Open(_xml.Reader, _xml.Line, _suites++, parent, _tally);
        if (element == "testsuite")
            _tally.Suites++;
        while (!isEmpty && _xml.Next() && _xml.Reader.Depth > depth)
        {
            if (_xml.Reader.Depth != depth + 1)
                continue;
            if (_xml.Reader.NodeType == XmlNodeType.Element)
                ReadChild(suite, _xml.Reader.LocalName);
            else
                _xml.ReportText(element, _tally);
        }
        _claims.Compare(suite);
        parent?.AddNested(suite);
    }

    private void ReadChild(JUnitSuite suite, string element)
    {
        switch (element)
        {
            case "testcase":
                _case.Read(suite);
                break;
            case "testsuite" or "testsuites":
                ReadSuite(element, suite);
                break;
            case "failure" or "error":
                ReportSuiteLevel(suite, element);
                break;
            case "properties":
                ReadProperties(suite);
                break;
            case "system-out" or "system-err" or "skipped" or "package" or "rerun":
                break;
            default:
                ReportUnknown(element);
                break;
        }
    }

    private void ReadProperties(JUnitSuite suite) => _xml.ForEachChild(element =>
    {
        if (element != "property")
            return;
        var (name, value) = (_xml.Attribute("name"), _xml.Attribute("value"));
        suite.ReadProperty(name, value, _tally);
        if (Properties.PeakMemory(name, value) is { } peak)
            _tally.AddPeakMemory(peak);
    });

    private void ReportSuiteLevel(JUnitSuite suite, string element)
    {
        _xml.Take();
        var line = _xml.Line;
        var message = _xml.Attribute("message");
        message = Text.FirstLine(string.IsNullOrWhiteSpace(message) ? _xml.ReadText(ResultLimits.Message) : message);
        var about = message is null ? "" : $": {Text.Cut(message, 200)}";
        _tally.Add(Severity.Error, $"suite '{Text.Cut(suite.Name, 100)}' has an <{element}> outside of its cases{about}", line);
    }

    // What is named or holds elements of its own can be a test in a language that is not JUnit's.
    private void ReportUnknown(string element)
    {
        var line = _xml.Line;
        var looksLikeCase = _xml.Attribute("name") is not null || _xml.Attribute("classname") is not null
            || JUnitWords.LooksLikeFinding(element);
        _xml.ForEachChild(_ => looksLikeCase = true);
        UnknownElement.Report(_tally, element, JUnitXml.Format.Title, line, looksLikeCase ? Severity.Error : Severity.Warning);
    }
}
