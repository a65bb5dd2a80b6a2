using GateAction.Cel.Values;
using GateAction.Syntax;

namespace GateAction.Sources.Files;

/// <summary>Reads a text as one YAML 1.2 document of JSON's types; merge keys, which many files have, are merged.</summary>
internal static class YamlFact
{
    private static readonly YamlRules Rules = new("a file", YamlRules.Manifest.MaxBytes, YamlRules.Manifest.MaxNodes);

    /// <param name="reason">Set if the text is no YAML that can be read.</param>
    public static Value? Read(string what, string text, ref string? reason)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            reason = $"{what} is empty, so there is no YAML in it";
            return null;
        }
        var problems = new Problems();
        var root = YamlTree.Read(new SourceText(what, text), Rules, problems);
        if (root is not null && problems.Count == 0)
            return ValueOf(root);
        var first = problems.InOrder()[0];
        reason = $"{what} is no YAML that can be read (line {first.Position.Line}: {first.Message})";
        return null;
    }

    private static Value ValueOf(Node node) => node switch
    {
        SequenceNode sequence => Value.List(sequence.Items.Select(ValueOf).ToArray()),
        MappingNode mapping => Value.Map(mapping.Entries.Select(entry => (entry.Key.Text, ValueOf(entry.Value)))),
        // By way of JSON, so that a number of YAML is the same value as in a JSON file, to the last digit.
        ScalarNode scalar when CoreSchema.ToJson(scalar) is { } json => ValueJson.Read(json),
        var scalar => Value.String(((ScalarNode)scalar).Text),
    };
}
