using GateAction.Tests.EndToEnd;

namespace GateAction.Tests.Releases;

/// <summary>The scripts that make a release, in a repository of their own; the whole is played by <c>.ci/rehearse-release</c>.</summary>
[Platform("Linux", Reason = "the scripts of a runner, with bash")]
internal sealed class ReleaseScriptTests
{
    private static readonly string Image = $"registry.example.com/acme/gate-action@sha256:{new string('a', 64)}";

    private string _folder = "";

    [SetUp]
    public async Task CreateAsync()
    {
        _folder = Directory.CreateTempSubdirectory("gate-release-").FullName;
        Copy(".ci/release");
        Copy("setup");
        File.Copy(Path.Combine(TestFiles.Repository, "action.yml"), Path.Combine(_folder, "action.yml"));
        File.WriteAllText(Path.Combine(_folder, "CHANGELOG.md"),
            "# Changelog\n\n## Unreleased\n\n- next\n\n## 1.2.3\n\n- **new**: a thing\n\n## 1.2.2 - 2026-01-01\n\n- old\n\n## 1.2.1\n");
        // What it compares needs the packages, and is tested by itself.
        File.WriteAllText(Path.Combine(_folder, ".ci/release/parts.mjs"), "#!/bin/sh\n");
        await RunAsync("git", "init", "--quiet", "--initial-branch=main");
        await RunAsync("git", "add", "--all");
        await RunAsync("git", "-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "--quiet", "--message", "start");
        File.WriteAllText(Path.Combine(_folder, ".git", "sums"), "abc  gate-1.2.3-linux-x64.tar.gz\n");
    }

    [TearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task A_release_is_one_commit_off_the_branch_that_names_the_image_and_the_checksums()
    {
        var main = (await RunAsync("git", "rev-parse", "main")).Out;

        Assert.That((await TagAsync("1.2.3")).ExitCode, Is.Zero);

        Assert.That((await RunAsync("git", "rev-parse", "main")).Out, Is.EqualTo(main));
        Assert.That((await RunAsync("git", "rev-parse", "v1.2.3^")).Out, Is.EqualTo(main));
        Assert.That((await RunAsync("git", "show", "v1.2.3:action.yml")).Out, Does.Contain($"  image: docker://{Image}\n"));
        Assert.That((await RunAsync("git", "show", "v1.2.3:setup/VERSION")).Out, Is.EqualTo("1.2.3\n"));
        Assert.That((await RunAsync("git", "show", "v1.2.3:setup/SHA256SUMS")).Out, Does.StartWith("abc"));
        Assert.That((await RunAsync("git", "tag")).Out, Is.EqualTo("v1\nv1.2\nv1.2.3\n"));
    }

    [Test]
    public async Task A_trial_moves_no_tag()
    {
        Assert.That((await TagAsync("1.3.0-rc.1")).ExitCode, Is.Zero);

        Assert.That((await RunAsync("git", "tag")).Out, Is.EqualTo("v1.3.0-rc.1\n"));
    }

    [Test]
    public async Task A_version_is_released_once()
    {
        await TagAsync("1.2.3");
        await RunAsync("git", "switch", "--quiet", "main");

        var again = await TagAsync("1.2.3");

        Assert.That(again.ExitCode, Is.EqualTo(2));
        Assert.That(again.Error, Does.Contain("v1.2.3 is out already; a released version never changes, so take the next one"));
    }

    [TestCase("v1.2.3", "is no version; write it as 1.2.3")]
    [TestCase("1.2", "is no version; write it as 1.2.3")]
    [TestCase("1.2.3; rm -rf x", "is no version; write it as 1.2.3")]
    [TestCase("", "is no version; write it as 1.2.3")]
    [TestCase("1.2.4", "CHANGELOG.md has no section '## 1.2.4' with a word in it")]
    [TestCase("1.2.1", "CHANGELOG.md has no section '## 1.2.1' with a word in it")]
    public async Task What_cannot_be_released_is_told_before_anything_is_built(string version, string sentence)
    {
        var run = await RunAsync(".ci/release/check", version);

        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain(sentence));
    }

    [TestCase("1.2.3", "- **new**: a thing\n")]
    [TestCase("1.2.2", "- old\n")]
    [TestCase("1.3.0-rc.1", "- next\n")]
    public async Task The_notes_are_what_the_changelog_says_of_the_version(string version, string notes) =>
        Assert.That((await RunAsync(".ci/release/notes", version)).Out, Is.EqualTo(notes));

    [TestCase("registry.example.com/acme/gate-action:1.2.3")]
    [TestCase("registry.example.com/acme/gate-action@sha256:abc")]
    [TestCase("x|e touch y|@sha256:")]
    public async Task An_image_is_named_by_its_digest_or_not_at_all(string image) =>
        Assert.That((await RunAsync(".ci/release/tag", "1.2.3", image, ".git/sums")).Error, Does.Contain("names no image by its digest"));

    private Task<ProgramRun> TagAsync(string version) =>
        RunAsync(".ci/release/tag", version, Image, ".git/sums");

    private void Copy(string folder)
    {
        var target = Directory.CreateDirectory(Path.Combine(_folder, folder)).FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(TestFiles.Repository, folder)))
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
    }

    private Task<ProgramRun> RunAsync(string program, params string[] arguments) => GateProcess.RunAsync(
        [program.Contains('/') ? Path.Combine(_folder, program) : program, .. arguments],
        _folder,
        new Dictionary<string, string> { ["NO_PUSH"] = "1" });
}
