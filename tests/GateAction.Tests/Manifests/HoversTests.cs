using System.Text.Json.Nodes;
using GateAction.Manifests;
using GateAction.Manifests.Docs;
using GateAction.Sources;

namespace GateAction.Tests.Manifests;

/// <summary>What an editor shows over kinds and conditions has every fact of every kind.</summary>
internal sealed class HoversTests
{
    private static readonly JsonNode Definitions = JsonNode.Parse(ManifestSchema.Write())!["$defs"]!;

    private static IEnumerable<string> Kinds => SourceKinds.All.Select(kind => kind.Name);

    [TestCaseSource(nameof(Kinds))]
    public void Each_kind_shows_its_facts_with_type_and_sentence(string name)
    {
        var kind = SourceKinds.All.Single(kind => kind.Name == name);
        var fields = Definitions[kind.Title.Replace(' ', '-')]!["properties"]!;
        var hover = Text((fields[kind.Name] ?? fields["files"])!);

        foreach (var (path, type) in ReferencePage.FactsOf(kind))
        {
            Assert.That(hover, Does.Contain($"- `{path}` ({ReferencePage.TypeName(type)}"));
            Assert.That(hover, Does.Contain(type.Description));
        }
        if (kind.Section == SourceSection.Probes)
            Assert.That(Text(Definitions["manifest"]!["properties"]!["probes"]!["additionalProperties"]!["properties"]![kind.Name]!),
                Does.StartWith(kind.Description).And.Contain(hover[hover.IndexOf("Facts that", StringComparison.Ordinal)..]));
    }

    [TestCase("criterion", "pass")]
    [TestCase("criterion", "warn")]
    [TestCase("wait", "until")]
    [TestCase("manifest", "criteria")]
    public void A_condition_shows_what_it_can_read_of_each_kind(string mapping, string field)
    {
        var schema = Definitions[mapping]!["properties"]![field]!;
        var hover = Text(schema);

        Assert.That(hover, Does.StartWith((string)schema["description"]!));
        foreach (var kind in SourceKinds.All)
        {
            var line = hover.Split('\n').Single(line => line.StartsWith($"- **{kind.Name}**: ", StringComparison.Ordinal));
            foreach (var fact in kind.Facts.Fields!)
                Assert.That(line, Does.Contain($"`{fact.Key}` {ReferencePage.TypeName(fact.Value)}"));
        }
    }

    private static string Text(JsonNode schema) => (string)schema["markdownDescription"]!;
}
