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
            .With("go/go.mod", "module example.com/a").With("ruby/Gemfile", "gem 'rspec'").With("rust/Cargo.toml", "")
            .With("java/pom.xml", "<java.version>21</java.version> jacoco-maven-plugin").With("php/phpunit.xml", "")
            .With("php/composer.json", "{}")
            .With("uv/uv.lock", "").With("uv/pyproject.toml", "[dependency-groups]\ndev = [\"pytest>=8\", \"pytest-cov\"]")
            .With(".github/workflows/ci.yml",
            "    - uses: actions/setup-node@v7\n      with: # as in production\n        node-version: '22' # LTS\n")
            .With("Dockerfile", "FROM scratch\nHEALTHCHECK --interval=5s \\\n  CMD curl -f http://localhost:8080/healthz || exit 1\n");

        var exitCode = await run.RunAsync("init");

        Assert.That(exitCode, Is.Zero);
        Snapshot.Match(
            $"{run.Out}\n--- .github/gate.yml\n{run.Read(".github/gate.yml")}\n--- "
            + $".github/workflows/gate.yml\n{run.Read(".github/workflows/gate.yml")}");
    }

    [Test]
    public async Task Names_of_folders_and_files_are_written_as_they_are()
    {
        using var run = new CommandRun()
            .With("SATURDAY/EXAMPLE/go.mod", "module example.com/a")
            .With("DAY/EXAMPLE.Dockerfile", "")
            .With("DAY/Dockerfile", "HEALTHCHECK CMD curl http://localhost/EXAMPLE/DAY || exit 1\n");

        await run.RunAsync("init");

        Assert.That(run.Read(".github/gate.yml"),
            Does.Contain("# Go in SATURDAY/EXAMPLE, as").And.Contain("http: /EXAMPLE/DAY    # from DAY/Dockerfile"));
    }

    [TestCase("/")]
    [TestCase(".")]
    [TestCase("ci")]
    public async Task A_folder_is_no_file_to_write(string folder)
    {
        using var run = new CommandRun().With("ci/x.txt", "");

        Assert.That(await run.RunAsync("init", folder, "--force"), Is.EqualTo(2));
        Assert.That(run.Error, Is.EqualTo($"gate: the manifest cannot be written: '{folder}' is a folder; name a file in it\n"));
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
        Assert.That(File.Exists(Path.Combine(run.Folder, ".github/workflows/gate.yml")), Is.False);
        Assert.That(await run.RunAsync("init", "--force"), Is.Zero);
        Assert.That(run.Read(".github/gate.yml"), Does.Contain("version: 1"));
    }

    [Test]
    public async Task A_workflow_that_is_there_is_kept_and_that_is_said()
    {
        using var run = new CommandRun().With(".github/workflows/gate.yml", "mine");

        Assert.That(await run.RunAsync("init"), Is.Zero);
        Assert.That(run.Out, Does.Contain("kept .github/workflows/gate.yml, which was there already; `gate init --force` replaces it\n"));
        Assert.That(run.Read(".github/workflows/gate.yml"), Is.EqualTo("mine"));
    }

    [TestCase(null, "gate-report/\ngate-results/\n")]
    [TestCase("bin/\n", "bin/\ngate-report/\ngate-results/\n")]
    [TestCase("bin/", "bin/\ngate-report/\ngate-results/\n")]
    [TestCase("bin/\r\n", "bin/\r\ngate-report/\r\ngate-results/\r\n")]
    [TestCase("/gate-report\ngate-results", "/gate-report\ngate-results")]
    [TestCase("gate-report/ \n", "gate-report/ \ngate-results/\n")]
    public async Task What_a_run_writes_is_ignored_by_git(string? before, string after)
    {
        using var run = new CommandRun();
        if (before is not null)
            run.With(".gitignore", before);

        Assert.That(await run.RunAsync("init"), Is.Zero);
        Assert.That(run.Read(".gitignore"), Is.EqualTo(after));
    }

    [TestCase("", "npm install")]
    [TestCase("package-lock.json", "npm ci")]
    [TestCase("npm-shrinkwrap.json", "npm ci")]
    [TestCase("pnpm-lock.yaml", "pnpm install --frozen-lockfile")]
    [TestCase("yarn.lock", "yarn install --frozen-lockfile")]
    [TestCase("yarn.lock .yarnrc.yml", "yarn install --immutable")]
    public async Task Packages_are_installed_as_the_lock_file_says_where_it_lies(string files, string command)
    {
        using var run = new CommandRun().With("packages/web/package.json", "{\"devDependencies\":{\"jest\":\"1\"}}");
        foreach (var file in files.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            run.With(file, "");

        await run.RunAsync("init");

        var workflow = run.Read(".github/workflows/gate.yml");
        Assert.That(workflow, Does.Contain($"          {command}\n"));
        Assert.That(workflow, files.Length == 0 ? Does.Contain("- name: Packages in packages/web\n") : Does.Contain("- name: Packages\n"));
    }

    [TestCase("uv.lock", "uv sync --frozen")]
    [TestCase("poetry.lock", "poetry install")]
    [TestCase("Pipfile.lock", "pipenv sync --dev")]
    [TestCase("requirements-dev.txt", "pip install -r 'requirements-dev.txt' pytest")]
    public async Task Packages_of_Python_come_by_what_locks_them(string file, string command)
    {
        using var run = new CommandRun().With("pyproject.toml", "[tool.pytest.ini_options]").With(file, "");

        await run.RunAsync("init");

        Assert.That(run.Read(".github/workflows/gate.yml"), Does.Contain(command));
    }

    [Test]
    public async Task A_name_that_a_shell_or_an_expression_would_read_is_left_alone()
    {
        using var run = new CommandRun().With("${{ secrets.TOKEN }}/go.mod", "module a").With("a`b`/go.mod", "module b")
            .With("c\"d/go.mod", "module c").With("plain/go.mod", "module d");

        await run.RunAsync("init");

        var workflow = run.Read(".github/workflows/gate.yml");
        Assert.That(workflow.Split("go test"), Has.Length.EqualTo(2), "of the one with a plain name");
        Assert.That(workflow, Does.Contain("plain").And.Not.Contain("secrets"));
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
