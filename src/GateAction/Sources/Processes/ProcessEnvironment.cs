using GateAction.Surroundings;

namespace GateAction.Sources.Processes;

/// <summary>The environment that programs run in: a few variables of the machine, and none of the workflow's tokens.</summary>
internal static class ProcessEnvironment
{
    private static readonly string[] Kept =
        ["PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "TZ", "TMPDIR", "TEMP", "TMP", "SystemRoot", "USERPROFILE"];

    private static readonly string[] ReservedPrefixes = ["INPUT_", "ACTIONS_", "GITHUB_", "RUNNER_"];

    /// <summary>Names that stand for what only the workflow itself may use.</summary>
    public static bool IsReserved(string name) =>
        name is "GH_TOKEN" || ReservedPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    public static IReadOnlyDictionary<string, string> From(Shell shell, IEnumerable<(string Name, string Value)> own)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in Kept)
        {
            if (shell.Environment(name) is { } value)
                environment[name] = value;
        }
        foreach (var (name, value) in own)
            environment[name] = value;
        return environment;
    }
}
