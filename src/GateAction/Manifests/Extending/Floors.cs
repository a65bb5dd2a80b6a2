using GateAction.Core.Model;
using GateAction.Syntax;

namespace GateAction.Manifests.Extending;

/// <summary>What the score of an extended manifest is counted over.</summary>
internal static class Floors
{
    public static ScoreFloor Of(string file, MappingNode root) => new(
        file,
        Entries(root, "criteria").ToDictionary(
            entry => entry.Key.Text, entry => (Weight(entry.Value), (Field(entry.Value, "group") as ScalarNode)?.Text ?? "")),
        [.. Entries(root, "groups").Select(entry =>
            new Group(entry.Key.Text, (Field(entry.Value, "title") as ScalarNode)?.Text ?? entry.Key.Text, Weight(entry.Value)))]);

    private static IReadOnlyList<MappingEntry> Entries(MappingNode root, string section) =>
        (root.Find(section) as MappingNode)?.Entries ?? [];

    private static Node? Field(Node node, string name) => (node as MappingNode)?.Find(name);

    private static double Weight(Node node) => ManifestMerge.Number(Field(node, "weight")) ?? 1;
}
