namespace GateAction.Sources.Results.Formats;

/// <summary>What producers write as a passed test although nothing was judged in it. It counts as skipped.</summary>
internal static class Unjudged
{
    private static readonly string[] Endings = [".js", ".mjs", ".cjs", ".ts", ".mts", ".cts"];

    /// <summary>
    /// node:test, for a file in which no test was reported: a test with the file's path for a name, also if the process ended by itself in
    /// the middle.
    /// </summary>
    public static bool IsNodeFile(ReadOnlySpan<char> name)
    {
        if (!Path.IsPathRooted(name) && !(name.Length > 2 && name[1] == ':'))
            return false;
        foreach (var ending in Endings)
        {
            if (name.EndsWith(ending, StringComparison.Ordinal))
                return true;
        }
        return false;
    }

    /// <summary>
    /// behave, for a scenario without steps, such as one whose first keyword is misspelt. Of every scenario it writes its steps between two
    /// marks, below its tags and its name.
    /// </summary>
    /// <param name="output">How the case's output begins.</param>
    public static bool IsScenarioWithoutSteps(string? output)
    {
        var lines = (output ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (lines is not ["@scenario.begin", ..])
            return false;
        var name = lines.Length > 1 && lines[1].StartsWith('@') ? 2 : 1;
        return lines.Length > name + 1 && lines[name + 1] == "@scenario.end";
    }
}
