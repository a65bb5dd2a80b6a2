namespace GateAction.Tests.Commands;

internal sealed class InitCommandTests
{
    [Test]
    public async Task The_manifest_fits_what_lies_in_the_folder()
    {
        using var run = new CommandRun()
            .With("tests/Unit/Unit.csproj", "<Project><PackageReference Include=\"Microsoft.NET.Test.Sdk\" /></Project>")
            .With("web/package.json", "{ \"devDependencies\": { \"jest\": \"30\" } }")
            .With("web/node_modules/x/pyproject.toml", "pytest")
            .With("service/openapi.json", "{}")
            .With("Dockerfile", "FROM scratch\nHEALTHCHECK --interval=5s \\\n  CMD curl -f http://localhost:8080/healthz || exit 1\n");

        var exitCode = await run.RunAsync("init");

        Assert.That(exitCode, Is.Zero);
        Snapshot.Match(run.Out + "\n--- .github/gate.yml\n" + run.Read(".github/gate.yml"));
    }

    [TestCase("", "")]
    [TestCase("pyproject.toml", "[tool.pytest.ini_options]")]
    [TestCase("go.mod", "module example.com/a")]
    [TestCase("pom.xml", "<project/>")]
    [TestCase("app/build.gradle.kts", "")]
    [TestCase("package.json", "{\"devDependencies\":{\"vitest\":\"1\",\"@playwright/test\":\"1\"}}")]
    [TestCase("phpunit.xml.dist", "")]
    [TestCase("out/junit.xml", "<?xml version=\"1.0\"?>\n<testsuites></testsuites>")]
    [TestCase("swagger.yaml", "")]
    [TestCase("Dockerfile", "FROM scratch")]
    public async Task What_it_writes_has_no_problem_and_its_waiver_can_be_used(string path, string text)
    {
        using var run = new CommandRun();
        if (path.Length > 0)
            run.With(path, text);

        Assert.That(await run.RunAsync("init"), Is.Zero);
        run.With(".github/gate.yml", run.Read(".github/gate.yml").Replace("# waivers:", "waivers:").Replace("#   - {", "  - {"));

        Assert.That(await run.RunAsync("validate"), Is.Zero, run.Out);
        Assert.That(run.Out, Does.Contain("no problems"));
    }

    [Test]
    public async Task Result_files_that_lie_there_make_a_result_set()
    {
        using var run = new CommandRun().With("out/a/junit.xml", "<testsuite/>").With("out/b.xml", "<testsuites/>")
            .With("other.xml", "<html/>");

        await run.RunAsync("init");

        Assert.That(run.Read(".github/gate.yml"), Does.Contain("tests: { files: \"out/**/*.xml\" }"));
    }

    [Test]
    public async Task A_manifest_that_is_there_is_replaced_only_by_force()
    {
        using var run = new CommandRun().With(".github/gate.yml", "mine");

        Assert.That(await run.RunAsync("init"), Is.EqualTo(2));
        Assert.That(run.Error, Is.EqualTo("gate: there is a manifest '.github/gate.yml' already; `gate init --force` replaces it\n"));
        Assert.That(run.Read(".github/gate.yml"), Is.EqualTo("mine"));
        Assert.That(await run.RunAsync("init", "--force"), Is.Zero);
        Assert.That(run.Read(".github/gate.yml"), Does.Contain("version: 1"));
    }

    [Test]
    public async Task A_place_that_cannot_be_written_is_a_sentence()
    {
        using var run = new CommandRun().With("file", "");

        var exitCode = await run.RunAsync("init", "file/gate.yml");

        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.StartWith("gate: the manifest 'file/gate.yml' cannot be written: "));
    }
}
