using GateAction.Manifests;
using GateAction.Manifests.Docs;

namespace GateAction.Tests.Manifests;

[Category("Generated")]
internal sealed class CommittedFilesTests
{
    [Test]
    public void The_committed_schema_is_the_generated_one() => Compare("schema/gate.schema.json", ManifestSchema.Write(), "gate schema");

    [Test]
    public void The_committed_reference_page_is_the_generated_one() =>
    Compare("docs/manifest.md", ReferencePage.Write(), "gate schema --markdown");

    [Test]
    public void The_manifest_that_the_reference_page_begins_with_has_no_problem()
    {
        var reading = ManifestCases.Read(System.Text.Encoding.UTF8.GetBytes(Introduction.Example));

        Assert.That(reading.Problems, Is.Empty);
    }

    private static IEnumerable<string> Examples => Directory
        .GetFiles(Path.Combine(TestFiles.Repository, "examples"), "*gate*.yml", SearchOption.AllDirectories)
        .Where(path => File.ReadAllText(path).Contains("criteria:", StringComparison.Ordinal))
        .Select(path => Path.GetRelativePath(TestFiles.Repository, path));

    [TestCaseSource(nameof(Examples))]
    public void An_example_has_no_problem(string path)
    {
        var reading = new ManifestReader(_ => null, ManifestCases.Today,
            checksEnvironment: false).Read(File.ReadAllBytes(Path.Combine(TestFiles.Repository, path)), path);

        Assert.That(reading.Problems, Is.Empty);
    }

    private static void Compare(string file, string generated, string command)
    {
        var path = Path.Combine(TestFiles.Repository, file);
        if (Environment.GetEnvironmentVariable("GATE_ACCEPT_SNAPSHOTS") == "1")
            File.WriteAllText(path, generated);
        Assert.That(File.Exists(path) ? File.ReadAllText(path) : "", Is.EqualTo(generated), $"`{command} > {file}` writes it anew");
    }
}
