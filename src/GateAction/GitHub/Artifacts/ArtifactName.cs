using System.Globalization;
using GateAction.Core.Model;

namespace GateAction.GitHub.Artifacts;

/// <summary>An artifact as an input names it: <c>artifact</c>, <c>artifact:NAME</c>, and for several runs <c>artifact:NAME@5</c>.</summary>
/// <param name="Runs">How many runs are read.</param>
internal sealed record ArtifactName(string Name, int Runs)
{
    /// <summary>The artifact that workflows upload, of the folder of the same name.</summary>
    public const string Default = "gate-report";

    private const int MostRuns = 20;

    /// <summary>Null where the text names a file instead.</summary>
    public static ArtifactName? Read(string input, string text)
    {
        if (text != "artifact" && !text.StartsWith("artifact:", StringComparison.Ordinal)
            && !text.StartsWith("artifact@", StringComparison.Ordinal))
            return null;
        var rest = text["artifact".Length..].TrimStart(':');
        var (name, runs) = rest.LastIndexOf('@') is >= 0 and var at ? (rest[..at], rest[(at + 1)..]) : (rest, "1");
        return int.TryParse(runs, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= MostRuns
            ? new(name.Length == 0 ? Default : name, count)
            : throw new GateException(
            $"'{input}' is '{text}'; after '@' a number of runs from 1 to {MostRuns} is accepted, as 'artifact:{Default}@5'");
    }
}
