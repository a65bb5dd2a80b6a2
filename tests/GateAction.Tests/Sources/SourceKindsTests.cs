using GateAction.Cel.Values;
using GateAction.Manifests;
using GateAction.Sources;
using GateAction.Sources.Results;
using GateAction.Sources.Results.Coverage;
using GateAction.Tests.EndToEnd;
using GateAction.Tests.Sources.Results;
using GateAction.Tests.Sources.Results.Coverage;

namespace GateAction.Tests.Sources;

/// <summary>What a kind of source, a format of results and a format of coverage need besides their file and their line in a list.</summary>
internal sealed class SourceKindsTests
{
    private static IEnumerable<string> Kinds => SourceKinds.All.Select(kind => kind.Name);

    private static string Docs => Path.Combine(TestFiles.Repository, "docs");

    [Test]
    public void Names_and_titles_stand_for_one_kind_each()
    {
        Assert.That(Kinds, Is.Unique);
        Assert.That(SourceKinds.All.Select(kind => kind.Title), Is.Unique);
        Assert.That(SourceKinds.All.Select(kind => kind.Facts), Has.All.Matches<FactType>(facts => facts!.Fields!.Count > 0));
    }

    [TestCaseSource(nameof(Kinds))]
    public void A_kind_has_its_page_with_an_example_and_a_place_in_the_reference(string name)
    {
        var kind = SourceKinds.All.Single(kind => kind.Name == name);
        var page = kind.Section == SourceSection.Probes ? Path.Combine(Docs, "probes", $"{name}.md") : Path.Combine(Docs, $"{name}.md");

        Assert.That(page, Does.Exist, "write the page, with an example in ```yaml that is a whole manifest");
        Assert.That(File.ReadAllText(page), Does.Contain("```yaml"));
        Assert.That(File.ReadAllText(Path.Combine(Docs, "manifest.md")), Does.Contain($"\n## {kind.Title}\n"),
            "make the generated files again (CONTRIBUTING.md)");
        Assert.That(File.ReadAllText(Path.Combine(Docs, "README.md")),
            Does.Contain($"({Path.GetRelativePath(Docs, page).Replace('\\', '/')})"), "the list of pages leads to it");
    }

    [Test]
    public void Every_kind_is_in_the_run_over_every_kind()
    {
        var text = HealthyRunsTests.EveryKind(_ => "127.0.0.1:1");
        var manifest = new ManifestReader(_ => "https://staging.example.com", new DateOnly(2026, 11, 1)).Read(text, "gate.yml").Require();

        Assert.That(Kinds.Except(manifest.Sources.Select(source => source.Kind.Name)), Is.Empty,
            "each kind needs a probe and a criterion in HealthyRunsTests.EveryKind");
    }

    /// <summary>What a kind has no fault of is no kind.</summary>
    [Test]
    public void Every_kind_is_in_a_failure_table()
    {
        var tables = TargetFailureTableTests.KindsInTable.Concat(SourceFailureTableTests.KindsInTable)
            .Concat(LocalFailureTableTests.KindsInTable);

        // A tcp probe with TLS has a row of its own.
        Assert.That(tables.Where(kind => kind != "tls"), Is.Unique.And.SubsetOf(Kinds));
        Assert.That(Kinds.Except(tables), Is.Empty,
            "each kind needs a row in TargetFailureTableTests, SourceFailureTableTests or LocalFailureTableTests");
    }

    [Test]
    public void Every_format_has_a_sample_that_all_tests_of_formats_read_and_a_place_on_its_page()
    {
        var (results, coverage) = (File.ReadAllText(Path.Combine(Docs, "results.md")), File.ReadAllText(Path.Combine(Docs, "coverage.md")));

        Assert.That(FormatSamples.All.Select(sample => sample.Format), Is.EquivalentTo(ResultFormats.All.Select(format => format.Name)),
            "each format of results needs a sample in FormatSamples");
        Assert.That(CoverageSamples.All.Select(sample => sample.Format),
            Is.EquivalentTo(CoverageFormats.All.Select(format => format.Name)),
            "each format of coverage needs a sample in CoverageSamples");
        Assert.That(ResultFormats.All.Where(format => !results.Contains($"(`{format.Name}`)")), Is.Empty);
        Assert.That(CoverageFormats.All.Where(format => !coverage.Contains($"(`{format.Name}`)")), Is.Empty);
    }

    /// <summary>Facts are declared in their kinds, or in the model if reports know them too. One report writes them all as they
    /// are.</summary>
    [Test]
    public void No_report_reads_the_fact_of_a_kind_by_its_name()
    {
        var readers = CompiledReferences.Of(typeof(GateAction.Core.Model.Gate).Assembly.Location)
            .Where(use => use.To == nameof(ValueMap) && use.FromNamespace.StartsWith("GateAction.Core.Reports", StringComparison.Ordinal));

        Assert.That(readers.Select(use => use.From).Distinct(), Is.EqualTo(new[] { "RawEvidence" }));
    }
}
