using GateAction.Manifests;
using GateAction.Sources;

namespace GateAction.Tests.Sources;

[Category("Generated")]
internal sealed class ProbePageTests
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

    /// <summary>What is pasted from a page is accepted as it stands: <see cref="DocsTests"/> says so of every manifest.</summary>
    [TestCaseSource(nameof(Kinds))]
    public void A_page_begins_with_a_whole_manifest_that_uses_its_kind(SourceKind kind)
    {
        var example = ProbePage.FirstExampleIn(File.ReadAllText(ProbePage.PathOf(kind)));

        var reader = new ManifestReader(_ => "https://staging.example.com", new DateOnly(2026, 11, 20));
        var manifest = reader.Read(example, kind.Name).Require();

        Assert.That(manifest.Sources.Select(source => source.Kind), Does.Contain(kind));
    }
}
