using System.ComponentModel;
using System.Diagnostics;
using GateAction.StandIns.GitHub;
using GateAction.StandIns.Staging;
using GateAction.Tests.EndToEnd;

namespace GateAction.Tests.Commands;

/// <summary>
/// What <c>gate init</c> writes is run as it stands, with real tools: green for a repository whose tests pass against a service that
/// answers, red with one broken test. What installs packages from the network is run by <c>.ci/live</c>, which sets <c>GATE_LIVE=1</c>.
/// </summary>
internal sealed class StarterWorkflowTests
{
    private static readonly Repository[] Quick =
    [
        new("npm with node:test", "npm",
            ["Dockerfile: FROM scratch\nHEALTHCHECK CMD curl -f http://localhost/health", .. Node("\"test\": \"node --test\"", "")],
            "web/a.test.js",
            "const test = require('node:test'); test('a', () => {}); test('b', () => { if (BROKEN) throw new Error('no'); });"),
        new("Go", "go", ["svc/go.mod: module example.com/svc\n\ngo 1.18\n", "svc/a.go: package svc\n\nfunc Two() int { return 2 }\n"],
            "svc/a_test.go",
            "package svc\n\nimport \"testing\"\n\nfunc TestTwo(t *testing.T) { if Two() != 2 || BROKEN { t.Fatal(\"no\") } }\n"),
    ];

    private static readonly Repository[] Live =
    [
        new("pytest with requirements", "python3",
            ["requirements.txt: pytest\npytest-cov\n", "shop.py: def two(): return 2\n",
            "openapi.json: {\"openapi\":\"3.1.0\",\"info\":{\"title\":\"a\",\"version\":\"1\"},\"paths\":{}}"], "tests/test_shop.py",
            "import shop\n\ndef test_two(): assert shop.two() == 2 and not BROKEN\n"),
        new("pytest of a package", "python3",
            ["pyproject.toml: [project]\nname = \"shop\"\nversion = \"1\"\n[project.optional-dependencies]\ntest = "
            + "[\"pytest\"]\n[build-system]\nrequires = [\"setuptools\"]\nbuild-backend = \"setuptools.build_meta\"\n",
            "shop/__init__.py: def two(): return 2\n"], "test_shop.py",
            "import shop\n\ndef test_two(): assert shop.two() == 2 and not BROKEN\n"),
        new("Jest", "npm", [.. Node("\"test\": \"jest\"", "\"jest\": \"^30.0.0\"")], "web/a.test.js",
            "test('a', () => {}); test('b', () => { if (BROKEN) throw new Error('no'); });"),
        new("Jest with coverage", "npm",
            [.. Node("\"test\": \"jest --coverage\"", "\"jest\": \"^30.0.0\""), "web/two.js: module.exports = () => 2;"], "web/a.test.js",
            "test('a', () => { if (require('./two')() !== 2 || BROKEN) throw new Error('no'); });"),
        new("Vitest", "npm", [.. Node("\"test\": \"vitest\"", "\"vitest\": \"^4.0.0\"")], "web/a.test.js",
            "import { test } from 'vitest'; test('a', () => {}); test('b', () => { if (BROKEN) throw new Error('no'); });"),
        new("Mocha", "npm", [.. Node("\"test\": \"mocha *.test.js\"", "\"mocha\": \"^11.0.0\"")], "web/a.test.js",
            "it('a', () => {}); it('b', () => { if (BROKEN) throw new Error('no'); });"),
        new("dotnet", "dotnet",
            ["Shop Service.slnx: <Solution><Project Path=\"tests/Unit/Unit.csproj\" /></Solution>",
            "tests/Unit/Unit.csproj: <Project "
                + "Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup><ItemGroup>"
                + "<PackageReference Include=\"Microsoft.NET.Test.Sdk\" Version=\"18.0.1\" /><PackageReference Include=\"NUnit\" "
                + "Version=\"4.4.0\" /><PackageReference Include=\"NUnit3TestAdapter\" Version=\"6.0.1\" />"
                + "</ItemGroup></Project>"], "tests/Unit/Tests.cs",
            "using NUnit.Framework;\npublic class Tests { [Test] public void A() { } [Test] public void B() => Assert.That(BROKEN, "
            + "Is.False); }\n"),
    ];

    private static IEnumerable<Repository> Repositories =>
        Environment.GetEnvironmentVariable("GATE_LIVE") == "1" ? [.. Quick, .. Live] : Quick;

    [TestCaseSource(nameof(Repositories))]
    public async Task The_written_workflow_runs_as_it_stands(Repository repository)
    {
        Need(repository.Tool);
        using var init = new CommandRun();
        repository.Write(init.Folder, isBroken: false);
        Assert.That(await init.RunAsync("init"), Is.Zero, init.Error);

        var green = await JudgeAsync(init.Folder);
        repository.Write(init.Folder, isBroken: true);
        var red = await JudgeAsync(init.Folder);

        Assert.Multiple(() =>
        {
            Assert.That((green.ExitCode, green.Status), Is.EqualTo((0, "success")), green.Log + init.Read(".github/gate.yml"));
            Assert.That((red.ExitCode, red.Status), Is.EqualTo((1, "failure")), red.Log);
        });
    }

    [Test]
    public async Task Without_the_results_of_the_tests_the_gate_is_blocked()
    {
        using var init = new CommandRun();
        Quick[0].Write(init.Folder, isBroken: false);
        await init.RunAsync("init");

        var (exitCode, status, log) = await JudgeAsync(init.Folder, runsTests: false);

        Assert.That((exitCode, status), Is.EqualTo((3, "failure")), log);
    }

    private static async Task<(int ExitCode, string Status, string Log)> JudgeAsync(string folder, bool runsTests = true)
    {
        var manifest = await File.ReadAllTextAsync(Path.Combine(folder, ".github/gate.yml"));
        using var workflow = new WorkflowRun(folder, await File.ReadAllTextAsync(Path.Combine(folder, ".github/workflows/gate.yml")));
        if (runsTests && !workflow.Run("tests"))
            return (-1, "the tests' job failed", workflow.Log);
        workflow.Run("gate");
        await using var gitHub = await GitHubStandIn.StartAsync("acme/shop");
        gitHub.Repository.AddCommit("main", (".github/gate.yml", manifest));
        gitHub.Repository.AddCommit("feature", (".github/gate.yml", manifest));
        var pull = gitHub.Repository.AddPull("feature", "main");
        await using var staging = await StagingServer.StartAsync(Scenario.Healthy, pull.HeadSha);
        using var job = StandInJob.PullRequest(gitHub, pull);
        job["STAGING_URL"] = staging.Url.ToString();
        var run = await ProgramRun.InAsync(workflow.Checkout, name => job[name], CancellationToken.None, "run");
        return (run.ExitCode, gitHub.Repository.Statuses[^1].State, workflow.Log + run.Out + run.Error);
    }

    private static string[] Node(string script, string dependencies) =>
        [$"web/package.json: {{ \"name\": \"web\", \"scripts\": {{ {script} }}, \"devDependencies\": {{ {dependencies} }} }}"];

    private static void Need(string tool)
    {
        try
        {
            using var process =
                Process.Start(new ProcessStartInfo(tool, tool == "go" ? "version" : "--version") { RedirectStandardOutput = true })!;
            process.WaitForExit();
        }
        catch (Win32Exception)
        {
            Missing.Tool($"no {tool} here");
        }
    }

    /// <param name="Files">Each as <c>path: text</c>.</param>
    /// <param name="Test">The file of the tests, whose text says BROKEN where it is true or false.</param>
    internal sealed record Repository(string Name, string Tool, IReadOnlyList<string> Files, string Test, string Text)
    {
        public void Write(string folder, bool isBroken)
        {
            foreach (var file in Files.Append(
                $"{Test}: {Text.Replace("BROKEN", isBroken ? Word("true") : Word("false"), StringComparison.Ordinal)}"))
            {
                var path = Path.Combine(folder, file[..file.IndexOf(": ", StringComparison.Ordinal)]);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllText(path, file[(file.IndexOf(": ", StringComparison.Ordinal) + 2)..]);
            }
        }

        public override string ToString() => Name;

        private string Word(string word) =>
            Test.EndsWith(".py", StringComparison.Ordinal) ? char.ToUpperInvariant(word[0]) + word[1..] : word;
    }
}
