namespace GateAction.Sources.Results.Formats;

/// <summary>
/// What node:test writes for a file in which no test was reported: a passed test with the file's path for a name, also where the process
/// ended by itself in the middle. Nothing was measured, so it counts as skipped.
/// </summary>
internal static class NodeFile
{
    private static readonly string[] Endings = [".js", ".mjs", ".cjs", ".ts", ".mts", ".cts"];

    public static bool Is(ReadOnlySpan<char> name)
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
}
