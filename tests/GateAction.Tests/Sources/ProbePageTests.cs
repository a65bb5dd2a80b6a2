using System.Text.RegularExpressions;
using GateAction.Sources;
using GateAction.Syntax;

namespace GateAction.Tests.Sources;

internal sealed partial class ProbePageTests
{
    private static IEnumerable<TestCaseData> Kinds =>
        SourceKinds.In(SourceSection.Probes).Select(kind => new TestCaseData(kind).SetArgDisplayNames(kind.Name));

    /// <summary>GATE_ACCEPT_SNAPSHOTS=1 writes the tables.</summary>
    [TestCaseSource(nameof(Kinds))]
    public void A_page_names_every_field_and_fact_of_its_kind(SourceKind kind)
    {
        var page = File.ReadAllText(ProbePage.PathOf(kind));

        var expected = ProbePage.WithTables(page, kind);

        if (Environment.GetEnvironmentVariable("GATE_ACCEPT_SNAPSHOTS") == "1")
            File.WriteAllText(ProbePage.PathOf(kind), expected);
        else
            Assert.That(page, Is.EqualTo(expected), "run this test with GATE_ACCEPT_SNAPSHOTS=1 to write the tables");
    }

    [TestCaseSource(nameof(Kinds))]
    public void The_examples_of_a_page_can_be_read(SourceKind kind)
    {
        var examples = ProbePage.ExamplesIn(File.ReadAllText(ProbePage.PathOf(kind))).ToArray();

        Assert.That(examples, Is.Not.Empty);
        foreach (var example in examples)
            Assert.That(ProblemsIn(example), Is.Empty, example);
    }

    private static string[] ProblemsIn(string yaml)
    {
        var problems = new Problems();
        var listed = Variable().Matches(yaml).Select(match => match.Groups[1].Value).ToArray();
        var variables = new Variables(listed, [], _ => null, IsChecked: false);
        var probes = (MappingNode?)YamlTree.Read(new SourceText("example.yml", yaml), problems);
        foreach (var (name, node) in probes?.Entries ?? [])
        {
            var mapping = (MappingNode)node;
            var kind = SourceKinds.In(SourceSection.Probes).Single(kind => mapping.Find(kind.Name) is not null);
            var fields = Fields.ToRead(kind.Title, mapping, new Reading(problems, variables));
            kind.Read(fields);
            fields.Finish();
        }
        return [.. problems.InOrder().Select(problem => problem.ToString())];
    }

    [GeneratedRegex(@"\$\{([A-Z_]+)")]
    private static partial Regex Variable();
}
