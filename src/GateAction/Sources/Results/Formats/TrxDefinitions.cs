using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Xml;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Formats;

/// <summary>What a TRX file says of its tests. It stands after the results that refer to it, so it is read in a pass of its own.</summary>
internal sealed class TrxDefinitions
{
    private readonly Dictionary<string, string> _classes = new(StringComparer.Ordinal);
    private readonly List<ulong> _ids = [];
    private readonly List<int> _testOf = [];
    private readonly List<TrxTest> _tests = [];
    private readonly Dictionary<string, int> _untagged = new(StringComparer.Ordinal);

    public static TrxDefinitions Read(ResultSource source)
    {
        var definitions = new TrxDefinitions();
        using var xml = new Xml(source);
        try
        {
            xml.Reader.MoveToContent();
            xml.ForEachChild(element =>
            {
                if (element == "TestDefinitions")
                    xml.ForEachChild(_ => definitions.ReadTest(xml));
                else
                    xml.SkipContent();
            });
        }
        catch (XmlException)
        {
            // The pass over the results meets the same fault and reports it.
        }
        CollectionsMarshal.AsSpan(definitions._ids).Sort(CollectionsMarshal.AsSpan(definitions._testOf));
        return definitions;
    }

    public TrxTest Find(string? testId) =>
        Guid.TryParse(testId, out var id) && _ids.BinarySearch(HashOf(id)) is >= 0 and var at ? _tests[_testOf[at]] : TrxTest.Unknown;

    private void ReadTest(Xml xml)
    {
        if (!Guid.TryParse(xml.Attribute("id"), out var id))
            return;
        string? className = null;
        List<string> tags = [];
        xml.ForEachChild(element =>
        {
            if (element == "TestMethod")
                className = xml.Attribute("className");
            else if (element == "TestCategory")
                xml.ForEachChild(_ => AddTag(tags, xml.Attribute("TestCategory")));
        });
        _ids.Add(HashOf(id));
        _testOf.Add(Add(Shared(className), tags));
    }

    // Almost all tests differ in their class only, so that a test costs twelve bytes.
    private int Add(string? className, List<string> tags)
    {
        if (tags.Count == 0 && _untagged.TryGetValue(className ?? "", out var known))
            return known;
        _tests.Add(new(className, tags));
        if (tags.Count == 0)
            _untagged[className ?? ""] = _tests.Count - 1;
        return _tests.Count - 1;
    }

    private static ulong HashOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes);
        return XxHash3.HashToUInt64(bytes);
    }

    private static void AddTag(List<string> tags, string? tag)
    {
        if (!string.IsNullOrEmpty(tag))
            tags.Add(tag);
    }

    // An assembly-qualified name ends at the comma; a generic class has commas within brackets only.
    private string? Shared(string? className)
    {
        if (className is null)
            return null;
        var comma = className.IndexOf(", ", StringComparison.Ordinal);
        var name = comma > 0 && !className.Contains('[') ? className[..comma] : className;
        return _classes.TryGetValue(name, out var known) ? known : _classes[name] = name;
    }
}

/// <summary>One test's class and categories.</summary>
internal readonly record struct TrxTest(string? ClassName, IReadOnlyList<string> Tags)
{
    public static readonly TrxTest Unknown = new(null, []);
}
