using System.Globalization;
using System.Text.RegularExpressions;

namespace GateAction.Sources.Results.Coverage;

/// <summary>One file as a pull request changes it; who asks for it knows GitHub, coverage does not.</summary>
/// <param name="Path">From the root of the repository, as it is called on the head.</param>
/// <param name="Blob">Git's name of its content on the head.</param>
/// <param name="Added">How many lines the change adds or rewrites.</param>
/// <param name="Patch">Its hunks of a unified diff; null if they are not known, as of a file that is too large.</param>
internal sealed record ChangedFile(string Path, string Blob, int Added, string? Patch)
{
    /// <summary>True also if the patch adds lines that the count does not know of.</summary>
    public bool AddsLines => Added > 0 || (Patch is not null && AddedLines() is not []);

    /// <summary>The numbers on the head of the lines that are added or rewritten; null if the patch is not whole.</summary>
    public IReadOnlyList<int>? AddedLines() =>
        // A patch that was cut at the end of a hunk looks whole: only the count tells.
        Patch is null ? null : PatchLines.Added(Patch) is { } lines && lines.Count == Added ? lines : null;
}

/// <summary>Reads the hunks of a unified diff.</summary>
internal static partial class PatchLines
{
    /// <summary>Null if it ends within a hunk, or is no diff.</summary>
    public static IReadOnlyList<int>? Added(string patch)
    {
        var added = new List<int>();
        var (line, old, @new) = (0, 0, 0);
        foreach (var text in patch.Split('\n'))
        {
            var isBetween = old == 0 && @new == 0;
            // '\ No newline at end of file' is a line of neither side.
            if (text.StartsWith('\\') || (isBetween && text.Length == 0))
                continue;
            if (isBetween)
            {
                if (Hunk().Match(text) is not { Success: true } hunk)
                    return null;
                line = Number(hunk.Groups["at"], 0);
                // A count that is left out is 1: '@@ -3 +3 @@'.
                (old, @new) = (Number(hunk.Groups["old"], 1), Number(hunk.Groups["new"], 1));
                continue;
            }
            switch (text.Length == 0 ? ' ' : text[0])
            {
                case '+':
                    added.Add(line++);
                    @new--;
                    break;
                case '-':
                    old--;
                    break;
                // Some tools take the blank from an empty line, and the lone CR of one that ends in CRLF stays.
                case ' ' or '\r':
                    line++;
                    old--;
                    @new--;
                    break;
                default:
                    return null;
            }
            if (old < 0 || @new < 0)
                return null;
        }
        return old == 0 && @new == 0 ? added : null;
    }

    private static int Number(Group group, int absent) =>
        // A number past all range is one that no patch reaches, so that this one is not whole.
        !group.Success ? absent : int.TryParse(group.Value, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;

    [GeneratedRegex(@"^@@ -\d+(,(?<old>\d+))? \+(?<at>\d+)(,(?<new>\d+))? @@",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Hunk();
}
