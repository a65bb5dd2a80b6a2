using System.Diagnostics;
using GateAction.Core.Model;

namespace GateAction.Tests.Sources.Git;

internal sealed class GitProbeTests
{
    private string _folder = null!;

    [SetUp]
    public void CreateRepository()
    {
        _folder = Directory.CreateTempSubdirectory("gate-git-").FullName;
        Git("init -q -b main");
        Commit("app.py", "1", "First");
    }

    [TearDown]
    public void DeleteRepository() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task A_checkout_gives_every_fact()
    {
        Git("checkout -q -b feature");
        Commit("größe.py", "2", "Second: it's \"quoted\"");

        var measured = await ProbeTesting.MeasureAsync($"{{ git: {_folder}, base: main }}");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured), measured.Reason);
        Assert.Multiple(() =>
        {
            Assert.That(measured.Fact("sha").AsString, Is.EqualTo(Git("rev-parse HEAD")));
            Assert.That(measured.Fact("sha").AsString, Does.StartWith(measured.Fact("short").AsString));
            Assert.That(measured.Fact("branch").AsString, Is.EqualTo("feature"));
            Assert.That(measured.Fact("subject").AsString, Is.EqualTo("Second: it's \"quoted\""));
            Assert.That(measured.Fact("committed_at").Seconds, Is.EqualTo(1_800_000_000));
            Assert.That(measured.Fact("clean").IsTrue);
            Assert.That(measured.Fact("base").AsString, Is.EqualTo(Git("rev-parse main")));
            Assert.That(measured.Fact("changed").AsList.Select(path => path.AsString), Is.EqualTo(new[] { "größe.py" }));
        });
    }

    [TestCase("app.py", "changed")]
    [TestCase("new file.txt", "untracked")]
    public async Task What_is_not_committed_is_not_clean(string path, string content)
    {
        File.WriteAllText(Path.Combine(_folder, path), content);

        var measured = await ProbeTesting.MeasureAsync($"git: {_folder}");

        Assert.That(measured.Fact("clean").IsFalse);
        Assert.That(measured.Fact("uncommitted").AsList.Select(item => item.AsString), Is.EqualTo(new[] { path }));
    }

    [TestCase("clean")]
    [TestCase("process")]
    public async Task No_filter_of_the_checkout_is_run(string kind)
    {
        var trace = Path.Combine(_folder, ".git", "ran");
        Git($"config filter.x.{kind} \"touch {trace}; cat\"");
        Git("config filter.x.required true");
        File.WriteAllText(Path.Combine(_folder, ".gitattributes"), "* filter=x\n");
        File.WriteAllText(Path.Combine(_folder, "app.py"), "2");

        var measured = await ProbeTesting.MeasureAsync($"git: {_folder}");

        Assert.That(File.Exists(trace), Is.False);
        Assert.That(measured.Fact("uncommitted").AsList.Select(item => item.AsString), Is.EqualTo(new[] { "app.py", ".gitattributes" }));
    }

    [Test]
    public async Task A_detached_head_has_no_branch()
    {
        Git("checkout -q --detach");

        var measured = await ProbeTesting.MeasureAsync($"git: {_folder}");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured));
        Assert.That(measured.HasFact("branch"), Is.False);
    }

    [Test]
    public async Task A_base_that_was_not_fetched_leaves_the_changes_unknown()
    {
        var measured = await ProbeTesting.MeasureAsync($"{{ git: {_folder}, base: origin/main }}");

        Assert.That(measured.HasFact("changed"), Is.False);
        Assert.That(measured.Reason,
            Is.EqualTo(
            "'origin/main' and this commit have no commit in common in this checkout; fetch the history (actions/checkout with "
            + "`fetch-depth: 0`)"));
    }

    [Test]
    public async Task Nothing_of_the_repository_is_run()
    {
        var trap = Path.Combine(_folder, ".git", "trap.sh");
        File.WriteAllText(trap, $"#!/bin/sh\ntouch '{_folder}/.git/sprung'\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(trap, (UnixFileMode)0x1ED);
        foreach (var setting in new[]
            { "core.fsmonitor", "diff.external", "core.pager", "core.sshCommand", "credential.helper", "gpg.program" })
            Git($"config {setting} {trap}");
        Git("config log.showSignature true");
        Directory.CreateDirectory(Path.Combine(_folder, ".git", "hooks"));
        File.Copy(trap, Path.Combine(_folder, ".git", "hooks", "post-index-change"));

        var measured = await ProbeTesting.MeasureAsync($"{{ git: {_folder}, base: main }}");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured), measured.Reason);
        Assert.That(Path.Combine(_folder, ".git", "sprung"), Does.Not.Exist);
    }

    [Test]
    public async Task No_repository_is_no_evidence()
    {
        var folder = Directory.CreateTempSubdirectory("gate-nogit-").FullName;

        var measured = await ProbeTesting.MeasureAsync($"git: {folder}");
        Directory.Delete(folder);

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unknown));
        Assert.That(measured.Reason, Does.StartWith("no commit could be read: fatal: not a git repository"));
    }

    [Test]
    public async Task A_repository_without_a_commit_is_no_evidence()
    {
        Directory.Delete(Path.Combine(_folder, ".git"), recursive: true);
        Git("init -q");

        var measured = await ProbeTesting.MeasureAsync($"git: {_folder}");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unknown));
        Assert.That(measured.Reason, Does.StartWith("no commit could be read: fatal: "));
    }

    [Test]
    public void A_base_is_no_option() =>
        Assert.That(ProbeTesting.ProblemsIn("{ git: ., base: --output=/etc/passwd }"),
        Is.EqualTo(new[] { "'--output=/etc/passwd' is an option; a branch, a tag or a commit is accepted" }));

    private void Commit(string path, string content, string message)
    {
        File.WriteAllText(Path.Combine(_folder, path), content);
        Git("add .");
        Git("commit", "-q", "-m", message);
    }

    private string Git(string arguments) => Git(arguments.Split(' '));

    private string Git(params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = _folder, RedirectStandardOutput = true };
        foreach (var (name, value) in new[]
        {
            ("GIT_AUTHOR_NAME", "Gate"), ("GIT_AUTHOR_EMAIL", "gate@example.com"), ("GIT_AUTHOR_DATE", "1800000000 +0100"),
            ("GIT_COMMITTER_NAME", "Gate"), ("GIT_COMMITTER_EMAIL", "gate@example.com"), ("GIT_COMMITTER_DATE", "1800000000 +0100"),
        })
        {
            start.Environment[name] = value;
        }
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return output;
    }
}
