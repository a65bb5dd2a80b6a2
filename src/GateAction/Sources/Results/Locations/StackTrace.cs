using System.Text.RegularExpressions;

namespace GateAction.Sources.Results.Locations;

/// <summary>One place a stack trace or an assertion names: the path as written there (of a Java frame the package's folders and the
/// file).</summary>
internal readonly record struct StackFrame(string Path, int Line);

/// <summary>Frames of .NET, Java, Python, JavaScript, Go and of compilers' <c>file:line</c>, in the order of the text.</summary>
internal static partial class StackTrace
{
    public static IEnumerable<StackFrame> Frames(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            if (Parse(line) is { } frame)
                yield return frame;
        }
    }

    private static StackFrame? Parse(string line)
    {
        // The general form is last: of a Java frame it would take the file's name alone, without the package that tells its folder.
        if (DotNet().Match(line) is { Success: true } dotNet)
            return Of(dotNet.Groups["path"].Value, dotNet);
        if (Jvm().Match(line) is { Success: true } jvm)
            return Of(JvmPath(jvm.Groups["class"].Value, jvm.Groups["path"].Value), jvm);
        if (Python().Match(line) is { Success: true } python)
            return Of(python.Groups["path"].Value, python);
        return FileAndLine().Match(line) is { Success: true } plain ? Of(plain.Groups["path"].Value, plain) : null;
    }

    private static StackFrame? Of(string path, Match match) =>
        int.TryParse(match.Groups["line"].ValueSpan, out var line) && line > 0 ? new StackFrame(StripScheme(path), line) : null;

    private static string StripScheme(string path) =>
        path.StartsWith("file://", StringComparison.Ordinal) ? path["file://".Length..] : path;

    // com.example.FooTest$Inner.method with FooTest.java lies in com/example/FooTest.java.
    private static string JvmPath(string type, string file)
    {
        var package = type.Split('.')[..^1].TakeWhile(part => part.Length > 0 && !char.IsUpper(part[0]));
        return string.Join('/', package.Append(file));
    }

    [GeneratedRegex(""" in (?<path>.+):line (?<line>\d+)\s*$""", RegexOptions.CultureInvariant)]
    private static partial Regex DotNet();

    [GeneratedRegex("""^\s*at (?:[\w.@-]+/+)*(?<class>[\w.$<>]+)\((?<path>[\w$-]+\.(?:java|kt|scala|groovy)):(?<line>\d+)\)""",
        RegexOptions.CultureInvariant)]
    private static partial Regex Jvm();

    [GeneratedRegex("""^\s*File "(?<path>[^"]+)", line (?<line>\d+)""", RegexOptions.CultureInvariant)]
    private static partial Regex Python();

    [GeneratedRegex(
        """(?<path>(?:file://|[A-Za-z]:)?[\w./\\@~+-]*[\w@~+-]\.(?:cs|fs|vb|java|kt|scala|py|js|jsx|ts|tsx|mjs|cjs|mts|cts|vue|go|rb|php|phpt|dart|swift|rs|c|cc|cpp|cxx|h|hpp|m|mm|ex|exs|erl|pl|t|lua|sh|feature)):(?<line>\d+)""", RegexOptions.CultureInvariant)]
    private static partial Regex FileAndLine();
}
