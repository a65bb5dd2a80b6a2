using System.Text;
using GateAction.Syntax;

namespace GateAction.Manifests.Extending;

/// <summary>What <c>gate expand</c> prints: the manifest with all that it extends, and where each part is from.</summary>
internal static class ExpandedManifest
{
    public static string Write(ManifestReading reading)
    {
        var merged = reading.Merged!;
        if (reading.Extended.Count == 0)
            return YamlWriter.Write(merged.Root);
        var text = new StringBuilder();
        foreach (var part in reading.Extended)
            text.Append($"# extends {part.ToExtended()}\n");
        foreach (var (id, off) in merged.Off)
            // A reason may have several lines, and a comment has one.
            text.Append($"# '{id}' is {Line(off.ToSwitchedOff().ToString())}\n");
        foreach (var scored in merged.Extended.Where(root => root.Find("score") is not null))
            text.Append($"# the score must also hold over the criteria of {scored.Source.File} alone, as they weigh there\n");
        var own = merged.Defaults.GetValueOrDefault(merged.Root.Source);
        foreach (var (source, defaults) in merged.Defaults.Where(entry => entry.Value != own))
        {
            text.Append($"# the sources of {source.File} use these defaults:\n");
            foreach (var line in YamlWriter.Write(defaults).TrimEnd().Split('\n'))
                text.Append($"#   {line}\n");
        }
        return text.Append(YamlWriter.Write(Judged(merged), merged.Root.Source.File)).ToString();
    }

    /// <summary>Without what is said above it.</summary>
    private static MappingNode Judged(MergedManifest merged) => merged.Root.With(
    [
        .. merged.Root.Entries.Where(entry => entry.Key.Text != "extends").Select(entry =>
            entry is { Key.Text: "criteria", Value: MappingNode criteria }
                ? entry with { Value = criteria.With([.. criteria.Entries.Where(one => !merged.Off.ContainsKey(one.Key.Text))]) }
                : entry),
    ]);

    private static string Line(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
