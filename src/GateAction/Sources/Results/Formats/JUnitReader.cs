using System.Xml;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Formats;

/// <summary>Walks one JUnit document and keeps the open suites.</summary>
internal sealed class JUnitReader(Xml xml, FileTally tally)
{
    private const int MostDepth = 256;
    private readonly Stack<JUnitSuite> _open = new();
    private readonly JUnitCase _case = new(xml, tally);

    public void ReadRoot() => ReadSuite(xml.Reader.LocalName);

    private void ReadSuite(string element)
    {
        var isEmpty = xml.Reader.IsEmptyElement;
        var depth = xml.Reader.Depth;
        if (depth > MostDepth)
            throw new XmlException($"suites are nested deeper than {MostDepth}", null, xml.Line, 1);
        var suite = JUnitSuite.Open(xml.Reader, xml.Line);
        _open.Push(suite);
        if (element == "testsuite")
            tally.Suites++;
        while (!isEmpty && xml.Reader.Read() && xml.Reader.Depth > depth)
        {
            if (xml.Reader.Depth != depth + 1)
                continue;
            if (xml.Reader.NodeType == XmlNodeType.Element)
                ReadChild(suite, xml.Reader.LocalName);
            else
                xml.ReportText(element, tally);
        }
        Close(element, suite);
    }

    private void Close(string element, JUnitSuite suite)
    {
        _open.Pop();
        _open.TryPeek(out var parent);
        suite.Compare(element, parent, tally);
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
                ReadSuite(element);
                break;
            case "failure" or "error":
                ReportSuiteLevel(suite, element);
                break;
            case "properties":
                ReadProperties();
                break;
            case "system-out" or "system-err" or "skipped" or "package" or "rerun":
                break;
            default:
                ReportUnknown(element);
                break;
        }
    }

    private void ReadProperties() => xml.ForEachChild(element =>
    {
        if (element == "property" && Properties.PeakMemory(xml.Attribute("name"), xml.Attribute("value")) is { } peak)
            tally.AddPeakMemory(peak);
    });

    private void ReportSuiteLevel(JUnitSuite suite, string element)
    {
        var line = xml.Line;
        var message = xml.Attribute("message");
        message = Text.FirstLine(string.IsNullOrWhiteSpace(message) ? xml.ReadText(Limits.Message) : message);
        var about = message is null ? "" : $": {Text.Cut(message, 200)}";
        tally.Add(Severity.Error, $"suite '{Text.Cut(suite.Name, 100)}' has an <{element}> outside of its cases{about}", line);
    }

    // What is named or holds elements of its own can be a test in a language that is not JUnit's.
    private void ReportUnknown(string element)
    {
        var line = xml.Line;
        var looksLikeCase = xml.Attribute("name") is not null || xml.Attribute("classname") is not null;
        xml.ForEachChild(_ => looksLikeCase = true);
        UnknownElement.Report(tally, element, JUnitXml.Format.Title, line, looksLikeCase ? Severity.Error : Severity.Warning);
    }
}
