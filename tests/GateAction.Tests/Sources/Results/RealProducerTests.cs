using GateAction.Sources.Results;

namespace GateAction.Tests.Sources.Results;

/// <summary>Files that test tools write here and now; skipped where the tool is absent.</summary>
internal sealed class RealProducerTests
{
    private const string NodeTest = """
        const { test, describe, it } = require('node:test');
        const assert = require('node:assert');
        describe('suite', () => { it('passes', () => {}); it('fails', () => assert.equal(1, 2)); it.skip('skipped', () => {}); });
        test('todo', { todo: true }, () => {});
        """;

    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Microsoft.NET.Test.Sdk" Version="18.11.0" />
            <PackageReference Include="NUnit" Version="4.6.1" />
            <PackageReference Include="NUnit3TestAdapter" Version="6.3.1" />
          </ItemGroup>
        </Project>
        """;

    private const string DotNetTests = """
        using NUnit.Framework;
        namespace N;
        public class Plain
        {
            [Test] public void Passes() { }
            [Test] public void Fails() => Assert.Fail("no");
            [Test, Ignore("later")] public void Ignored() { }
        }
        public class Crash
        {
            [Test, Order(1)] public void Passes() { }
            [Test, Order(2)] public void Kills() => Environment.FailFast("gone");
        }
        """;

    [TestCase("junit", "junit", 1)]
    [TestCase("tap", "tap", 2)]
    public void The_runner_of_Node(string reporter, string format, int skipped)
    {
        using var folder = new ResultFolder();
        folder.Add("a.test.js", NodeTest);
        Producer.Run(folder, "node", "--test", $"--test-reporter={reporter}", "--test-reporter-destination=out", "a.test.js");

        var read = folder.Read("out");

        Assert.That((read.Format, read.Counts.Passed + read.Counts.Skipped, read.Counts.Failed), Is.EqualTo((format, 3L, 1L)));
        Assert.That(read.Counts.Skipped, Is.GreaterThanOrEqualTo(skipped));
        Assert.That(read.Problems, Is.Empty);
    }

    [TestCase("junit")]
    [TestCase("tap")]
    public void The_runner_of_Node_and_a_file_that_ends_the_process(string reporter)
    {
        using var folder = new ResultFolder();
        folder.Add("a.test.js", "require('node:test').test('a', () => process.exit(7));");
        Producer.Run(folder, "node", "--test", $"--test-reporter={reporter}", "--test-reporter-destination=out", "a.test.js");

        var read = folder.Read("out");

        Assert.That((read.Counts.Passed, read.Counts.Failed), Is.EqualTo((0L, 1L)));
    }

    [Test]
    public void Tap_of_Perl()
    {
        using var folder = new ResultFolder();
        folder.Add("a.t", "use Test::More tests => 3; ok(1, 'a'); is(1, 2, 'b'); SKIP: { skip 'later', 1; ok(1) }");
        folder.Add("out.tap", Producer.Run(folder, "perl", "a.t"));

        var read = folder.Read("out.tap");

        Assert.That((read.Format, read.Counts.Passed, read.Counts.Failed, read.Counts.Skipped), Is.EqualTo(("tap", 1L, 1L, 1L)));
        Assert.That(read.Problems, Is.Empty);
    }

    [Test]
    public void Dotnet_test_and_a_host_that_crashes()
    {
        using var folder = new ResultFolder();
        folder.Add("T.csproj", Project);
        folder.Add("Tests.cs", DotNetTests);
        if (!Producer.Run(folder, "dotnet", "build", "--nologo", "-v", "q").Contains("0 Error", StringComparison.Ordinal)
            && !File.Exists(Path.Combine(folder.Path, "bin", "Debug", "net10.0", "T.dll")))
            Missing.Tool("the packages cannot be restored here");
        Producer.Run(folder, "dotnet", "test", "--no-build", "--filter", "FullyQualifiedName~Plain", "--logger",
            "trx;LogFileName=plain.trx");
        Producer.Run(folder, "dotnet", "test", "--no-build", "--filter", "FullyQualifiedName~Crash", "--logger",
            "trx;LogFileName=crash.trx");

        var plain = folder.Read("TestResults/plain.trx");
        var crash = folder.Read("TestResults/crash.trx");

        Assert.That((plain.Counts.Passed, plain.Counts.Failed, plain.Counts.Skipped, plain.Worst > Severity.Warning),
            Is.EqualTo((1L, 1L, 1L, false)));
        Assert.That(plain.Failures.Single().FullName, Is.EqualTo("N.Plain.Fails"));
        Assert.That(crash.Worst, Is.GreaterThan(Severity.Warning), "a crashed host must not look clean");
    }
}
