using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace GateAction.Tests.EndToEnd;

/// <summary>
/// What a run left behind, for a comparison with other runs of the same, durations aside: where two runs of one program say the same a
/// third must too, and where they differ it must say something of the same kind.
/// </summary>
internal sealed partial class ReportFolder
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public ReportFolder(string path)
    {
        foreach (var file in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(path, file);
            if (name.EndsWith(".json", StringComparison.Ordinal))
                Add(name, JsonNode.Parse(File.ReadAllText(file)));
            else
                AddLines(name, File.ReadLines(file));
        }
    }

    public IEnumerable<string> Files => _values.Keys.Select(path => path.Split('#')[0]).Distinct();

    /// <summary>One line for each difference between this, which another run of the same program repeats, and the other.</summary>
    public IEnumerable<string> DifferencesTo(ReportFolder other, ReportFolder repeat) =>
        _values.Keys.Union(other._values.Keys)
        .Select(path => (path, here: _values.GetValueOrDefault(path), there: other._values.GetValueOrDefault(path)))
            .Where(value => value.here is null || value.there is null
                || (value.here == repeat._values.GetValueOrDefault(value.path)
                ? value.here != value.there
                : KindOf(value.here) != KindOf(value.there)))
            .Select(value => $"{value.path}: {value.here ?? "(absent)"} here, {value.there ?? "(absent)"} there");

    private void Add(string path, JsonNode? node)
    {
        if (node is JsonObject map)
            foreach (var (name, value) in map)
                Add($"{path}#{name}", value);
        else if (node is JsonArray list)
            for (var index = 0; index < list.Count; index++)
                Add($"{path}#{index}", list[index]);
        else
            _values[path] = path.EndsWith("#peak_memory", StringComparison.Ordinal)
                ? "…"
                : MeasuredAnew().Replace(node?.ToJsonString() ?? "null", "…");
    }

    private void AddLines(string name, IEnumerable<string> lines)
    {
        foreach (var (index, line) in lines.Index())
            _values[$"{name}#{index + 1}"] = MeasuredAnew().Replace(line, "…");
    }

    /// <summary>The text with every number, curve and code in hexadecimal or base64 replaced.</summary>
    private static string KindOf(string value) => Varying().Replace(value, "…");

    [GeneratedRegex(@"[▁▂▃▄▅▆▇█]+|([A-Za-z0-9+/_-]|\\u002B){20,}=*|\b[0-9a-f]{7,}\b|[-+]?\d+([.,:]\d+)*([eE][-+]?\d+)?( ?(KiB|MiB|B)\b)?")]
    private static partial Regex Varying();

    /// <summary>
    /// What each run measures anew, and two may come to the same by chance: durations (not a part of a random code that reads like one),
    /// the curve of a soak point by point, memory, and the moment of the run, which may lie in the next minute or second.
    /// </summary>
    [GeneratedRegex(
        @"(?<![A-Za-z0-9+/])(\d+(\.\d+)?(ns|us|ms|s|m|h|d))+\b|[▁▂▃▄▅▆▇█]|(?<=""peak_memory"":)\d+|(?<= time="")\d+(\.\d+)?"
        + @"|\d{4}-\d\d-\d\d \d\d:\d\d(?= UTC)|\d\d:\d\d:\d\d(?= GMT)")]
    private static partial Regex MeasuredAnew();
}
