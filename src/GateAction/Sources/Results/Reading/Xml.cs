using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace GateAction.Sources.Results.Reading;

/// <summary>What the XML formats share: a reader over any encoding, capped text, lines.</summary>
internal sealed class Xml : IDisposable
{
    // What stands for a damaged byte or begins a file holds no test.
    private static readonly SearchValues<char> Blanks = SearchValues.Create(" \t\r\n\u00A0\uFEFF\uFFFD");

    private readonly DecodingReader _text;
    private readonly IXmlLineInfo _position;
    private readonly char[] _chunk = new char[1024];
    private readonly StringBuilder _builder = new();
    private string[] _watched = [];
    private FileTally? _tally;
    private string? _untaken;
    private int _untakenLine;

    public Xml(ResultSource source, DtdProcessing dtd = DtdProcessing.Prohibit)
    {
        _text = source.OpenText();
        var settings = ResultSource.XmlSettings;
        settings.DtdProcessing = dtd;
        settings.NameTable = new XmlNames();
        Reader = XmlReader.Create(new Utf8Text(_text, source.Length), settings);
        _position = (IXmlLineInfo)Reader;
    }

    public XmlReader Reader { get; }

    public int Line => _position.LineNumber;

    /// <summary>Reads a document: the action gets the reader on the root element; what the decoding replaced is a warning
    /// afterwards.</summary>
    public static void Read(ResultSource source, FileTally tally, Action<Xml> read)
    {
        using var xml = new Xml(source);
        try
        {
            xml.Reader.MoveToContent();
            read(xml);
            // To the end of the file: behind the root element there may be damage, or a test that nobody takes.
            while (xml.Next())
            {
            }
            xml.ReportUntaken();
        }
        catch (XmlException exception) when (exception.LineNumber == 0)
        {
            throw new FormatFaultException(XmlFault.Describe(exception), Math.Max(xml.Line, 1), 0, exception);
        }
        finally
        {
            Decoded.Report(source, xml._text, tally);
        }
    }

    /// <summary>
    /// Names the elements that are a test or a failure. Wherever one of them stands, a format takes it or it is an error: a test within a
    /// test, a failure within a property would else be lost without a word.
    /// </summary>
    public void Watch(FileTally tally, params IReadOnlyList<string> elements)
    {
        _tally = tally;
        // Of one name table, so that the names of elements are the same objects.
        _watched = [.. elements.Select(Reader.NameTable.Add)];
    }

    /// <summary>Says that the watched element on which the reader stands is read.</summary>
    public void Take() => _untaken = null;

    public bool Next()
    {
        if (!Reader.Read())
            return false;
        if (Reader.NodeType == XmlNodeType.Element && _watched.Length > 0)
            Notice(Reader.LocalName);
        return true;
    }

    /// <summary>Calls the action on every child element of the current one, which is left on its end tag; the action may read within the
    /// child.</summary>
    public void ForEachChild(Action<string> child) => ForEachChild(null, child);

    /// <summary>The same; with a tally, of an element that holds elements only: text in it is an error.</summary>
    public void ForEachChild(FileTally? tally, Action<string> child)
    {
        if (Reader.IsEmptyElement)
            return;
        var (depth, element) = (Reader.Depth, Reader.LocalName);
        while (Next() && Reader.Depth > depth)
        {
            if (Reader.Depth != depth + 1)
                continue;
            if (Reader.NodeType == XmlNodeType.Element)
                child(Reader.LocalName);
            else if (tally is not null)
                ReportText(element, tally);
        }
    }

    /// <summary>An error where the reader stands on text: a test whose '&lt;' was damaged is text, and nothing else tells that it was
    /// there.</summary>
    /// <param name="element">What the text stands in.</param>
    public void ReportText(string element, FileTally tally)
    {
        if (Reader.NodeType is not (XmlNodeType.Text or XmlNodeType.CDATA))
            return;
        var line = Line;
        var text = "";
        while (text.Length == 0 && Reader.ReadValueChunk(_chunk, 0, _chunk.Length) is > 0 and var length)
        {
            var chunk = _chunk.AsSpan(0, length);
            var start = chunk.IndexOfAnyExcept(Blanks);
            line += chunk[..(start < 0 ? length : start)].Count('\n');
            text = start < 0 ? "" : Text.FirstLine(chunk[start..].ToString()) ?? "";
        }
        if (text.Length > 0)
            tally.Add(Severity.Error,
                $"<{element}> holds text where only elements may stand: '{Text.Cut(text, 100)}'; a test may be lost in it", line);
    }

    /// <summary>The text within the current element and its children, cut at the limit while it is read; the reader is left on the end
    /// tag.</summary>
    public string? ReadText(int limit)
    {
        if (Reader.IsEmptyElement)
            return null;
        _builder.Clear();
        var depth = Reader.Depth;
        while (Next() && Reader.Depth > depth)
        {
            if (Reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace)
                AppendText(limit);
        }
        return _builder.Length == 0 ? null : _builder.ToString();
    }

    /// <summary>Leaves the reader on the end tag of the current element.</summary>
    public void SkipContent()
    {
        if (Reader.IsEmptyElement)
            return;
        var depth = Reader.Depth;
        // Not Reader.Skip(): a watched element in what is skipped must still be noticed.
        while (Next() && Reader.Depth > depth)
        {
        }
    }

    /// <summary>The value of the attribute the reader stands on, into the buffer as far as it fits; no string is made.</summary>
    public ReadOnlySpan<char> ReadAttribute(char[] buffer)
    {
        // The reader holds an attribute's value whole: it is copied at once, and to ask for more costs as much again.
        Debug.Assert(Reader.NodeType == XmlNodeType.Attribute);
        return buffer.AsSpan(0, Reader.ReadValueChunk(buffer, 0, buffer.Length));
    }

    public string? Attribute(string name) => Reader.GetAttribute(name);

    public void Dispose()
    {
        Reader.Dispose();
        _text.Dispose();
    }

    private void Notice(string element)
    {
        foreach (var watched in _watched)
        {
            if (!ReferenceEquals(watched, element))
                continue;
            ReportUntaken();
            (_untaken, _untakenLine) = (element, Line);
            return;
        }
    }

    private void ReportUntaken()
    {
        if (_untaken is not null)
            _tally?.Add(Severity.Error, $"<{_untaken}> stands where none may and is not read", _untakenLine);
        _untaken = null;
    }

    private void AppendText(int limit)
    {
        while (_builder.Length < limit)
        {
            var read = Reader.ReadValueChunk(_chunk, 0, Math.Min(_chunk.Length, limit - _builder.Length));
            if (read == 0)
                return;
            _builder.Append(_chunk, 0, read);
        }
    }
}

/// <summary>
/// The names of one document. A document has a handful and writes them for every case: those met last are found without the hash of the
/// base class, which stands behind and keeps documents with very many names in order.
/// </summary>
internal sealed class XmlNames : NameTable
{
    private const int Slots = 256;
    private readonly string?[] _recent = new string?[Slots];

    public override string Add(char[] key, int start, int len)
    {
        if (len == 0)
            return "";
        ref var recent = ref _recent[((key[start] * 31) + (key[start + len - 1] * 7) + len) & (Slots - 1)];
        return recent is not null && key.AsSpan(start, len).SequenceEqual(recent) ? recent : recent = base.Add(key, start, len);
    }
}

/// <summary>What is wrong with a document, in our words where the runtime's do not help.</summary>
internal static partial class XmlFault
{
    public static string Describe(XmlException exception)
    {
        var message = Position().Replace(exception.Message, "").Trim();
        if (message.Contains("DTD", StringComparison.Ordinal))
            return "the file has a document type declaration; entities are never expanded, so such a file is refused: write it without "
                + "<!DOCTYPE>";
        if (message.StartsWith("Unexpected end of file", StringComparison.Ordinal)
            || message.StartsWith("Root element is missing", StringComparison.Ordinal))
            return $"the file breaks off in the middle: {message}";
        return $"the file is not well-formed XML: {message}";
    }

    [GeneratedRegex("""\s*Line \d+, position \d+\.""", RegexOptions.CultureInvariant)]
    private static partial Regex Position();
}

/// <summary>Says that an element is none of its format.</summary>
internal static class UnknownElement
{
    /// <param name="format">The format's title.</param>
    /// <param name="severity">An error where a test may be lost in the element.</param>
    public static void Report(FileTally tally, string element, string format, int line, Severity severity = Severity.Error) =>
        tally.Add(severity, $"<{Text.Cut(element, 50)}> is not an element of {format} and is not read", line);
}
