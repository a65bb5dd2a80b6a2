using GateAction.Core.Model;
using GateAction.Syntax;

namespace GateAction.Manifests.Extending;

/// <summary>What an extended manifest asks for by itself.</summary>
internal static class ExtendedGates
{
    public static ExtendedGate Of(MappingNode root) => new(
        root.Source.File,
        Entries(root, "criteria").ToDictionary(
            entry => entry.Key.Text, entry => (Weight(entry.Value), (Field(entry.Value, "group") as ScalarNode)?.Text ?? "")),
        [.. Entries(root, "groups").Select(entry =>
            new Group(entry.Key.Text, (Field(entry.Value, "title") as ScalarNode)?.Text ?? entry.Key.Text, Weight(entry.Value)))],
        root.Find("score") is not null);

    private static IReadOnlyList<MappingEntry> Entries(MappingNode root, string section) =>
        (root.Find(section) as MappingNode)?.Entries ?? [];

    private static Node? Field(Node node, string name) => (node as MappingNode)?.Find(name);

    private static double Weight(Node node) => ManifestMerge.Number(Field(node, "weight")) ?? 1;
}
