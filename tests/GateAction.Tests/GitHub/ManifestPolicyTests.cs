using System.Text;
using GateAction.Core.Model;
using GateAction.GitHub;
using GateAction.StandIns.GitHub;
using GateAction.StandIns.GitHub.State;

namespace GateAction.Tests.GitHub;

internal sealed class ManifestPolicyTests
{
    private const string Base = "version: 1 # base";
    private const string Head = "version: 1 # head";
    private GateScene _scene = null!;

    [SetUp]
    public async Task StartAsync() => _scene = await GateScene.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _scene.DisposeAsync();

    [Test]
    public async Task The_base_judges_and_an_edited_manifest_is_a_preview()
    {
        var choice = await ReadAsync([(".github/gate.yml", Base)], [(".github/gate.yml", Head)]);

        Assert.That(choice.Judge, Is.EqualTo(new ManifestText(".github/gate.yml", Base, _scene.Pull.BaseSha)));
        Assert.That(choice.Preview, Is.EqualTo(new ManifestText(".github/gate.yml", Head, _scene.Pull.HeadSha)));
        Assert.That(choice.Note, Does.Match("this change edits '.github/gate.yml'; the one of its base, [0-9a-f]{7}, judges it"));
    }

    [Test]
    public async Task A_manifest_that_the_change_does_not_touch_has_no_preview()
    {
        var choice = await ReadAsync([("gate.yml", Base)], [("gate.yml", Base)]);

        Assert.That((choice.Judge.Text, choice.Preview, choice.Note), Is.EqualTo((Base, null as ManifestText, null as string)));
    }

    [Test]
    public async Task Where_the_changed_files_are_known_nothing_else_is_asked()
    {
        await ReadAsync([(".github/gate.yml", Base)], [(".github/gate.yml", Base)], changed: ["src/a.cs"]);

        Assert.That(_scene.GitHub.Requests.Select(request => request.Path.Split('/')[4]), Is.EqualTo(["pulls", "branches", "contents"]));
    }

    /// <summary>Where base and head have a manifest, and the one that would judge after the merge; '-' is none.</summary>
    [TestCase("gate.yml", "gate.yml", "gate.yml")]
    [TestCase(".github/gate.yml", ".github/gate.yml", ".github/gate.yml")]
    [TestCase("gate.yml", ".github/gate.yml gate.yml", ".github/gate.yml")]
    [TestCase("gate.yml", ".github/gate.yml", ".github/gate.yml")]
    [TestCase(".github/gate.yml", "gate.yml", "gate.yml")]
    [TestCase(".github/gate.yml gate.yml", "gate.yml", "gate.yml")]
    [TestCase(".github/gate.yaml", ".github/gate.yaml", ".github/gate.yaml")]
    [TestCase("gate.yaml", "gate.yaml", "gate.yaml")]
    [TestCase("gate.yaml", "gate.yml gate.yaml", "gate.yml")]
    [TestCase(".github/gate.yaml", "-", "-")]
    [TestCase(".github/gate.yml", "-", "-")]
    [TestCase("gate.yml", "-", "-")]
    public async Task The_base_judges_and_what_would_judge_after_the_merge_is_the_preview(string onBase, string onHead, string after)
    {
        var changed = onBase.Split(' ').Concat(onHead.Split(' ')).Distinct().ToArray();
        foreach (var known in new[] { changed, null })
        {
            var choice = await ReadAsync(Files(onBase, Base), Files(onHead, Head), changed: known);

            Assert.That((choice.Judge.Path, choice.Judge.Text), Is.EqualTo((onBase.Split(' ')[0], Base)));
            Assert.That((choice.Preview?.Path, choice.Preview?.Text), Is.EqualTo(after == "-" ? (null, null) : (after, Head)));
            Assert.That(choice.Note, Does.Contain("judges it").And.Contain(after == "-" ? "removes" : after));
        }
    }

    [Test]
    public async Task A_manifest_that_only_the_base_has_since_then_is_no_preview()
    {
        var choice = await ReadAsync([(".github/gate.yml", Base), ("gate.yml", Base)], [("gate.yml", Head)], changed: ["gate.yml"]);

        Assert.That((choice.Judge.Path, choice.Preview, choice.Note),
            Is.EqualTo((".github/gate.yml", null as ManifestText, null as string)));
    }

    [Test]
    public async Task The_tip_of_the_base_branch_judges_and_not_the_commit_that_GitHub_keeps_as_the_pull_requests_base()
    {
        await ReadAsync([("gate.yml", "version: 1 # old")], [("gate.yml", Head)]);
        var tip = _scene.GitHub.Repository.AddCommit("main", ("gate.yml", Base)).Sha;
        using var session = _scene.Open(_scene.Job());
        var source = await session.ReadEventAsync(CancellationToken.None);

        var choice = await session.ReadManifestAsync(source, null, ManifestFrom.Base, null, CancellationToken.None);

        Assert.That((choice.Judge.Text, choice.Judge.Sha), Is.EqualTo((Base, tip)));
    }

    [Test]
    public async Task A_queue_is_judged_by_the_tip_of_the_branch_that_it_is_for()
    {
        var queued = _scene.GitHub.Repository.AddCommit("queued", ("gate.yml", Head));
        using var job = StandInJob.MergeGroup(_scene.GitHub, "main", queued.Sha);
        var tip = _scene.GitHub.Repository.AddCommit("main", ("gate.yml", Base)).Sha;
        using var session = _scene.Open(job);
        var source = await session.ReadEventAsync(CancellationToken.None);

        var choice = await session.ReadManifestAsync(source, null, ManifestFrom.Base, null, CancellationToken.None);

        Assert.That((choice.Judge.Text, choice.Judge.Sha), Is.EqualTo((Base, tip)));
    }

    [Test]
    public async Task The_first_manifest_judges_the_change_that_brings_it_and_that_is_said()
    {
        var choice = await ReadAsync([], [(".github/gate.yml", Head)]);

        Assert.That((choice.Judge.Text, choice.Judge.Sha), Is.EqualTo((Head, _scene.Pull.HeadSha)));
        Assert.That(choice.Note, Does.Match("the base branch 'main' has no manifest yet \\([0-9a-f]{7}\\): this change's own judges it"));
    }

    [Test]
    public async Task Head_judges_where_the_workflow_says_so()
    {
        var choice = await ReadAsync([("gate.yml", Base)], [("gate.yml", Head)], ManifestFrom.Head);

        Assert.That(choice.Judge.Text, Is.EqualTo(Head));
    }

    [Test]
    public async Task A_preview_that_cannot_be_read_does_not_stop_the_gate()
    {
        var choice = await ReadAsync([("gate.yml", Base)], [("gate.yml", new StoredFile([], "submodule", "https://example.com/x.git"))]);

        Assert.That(choice.Judge.Text, Is.EqualTo(Base));
        Assert.That(choice.Note, Does.Contain("cannot be shown").And.Contain("submodule"));
    }

    [Test]
    public async Task No_manifest_anywhere_says_where_one_may_lie() =>
        Assert.That(await RefusalAsync([]),
        Does.Match("there is no manifest at commit [0-9a-f]{7}: add '.github/gate.yml' or 'gate.yml', or name another with 'manifest'"));

    [Test]
    public async Task A_folder_is_no_manifest() =>
    Assert.That(await RefusalAsync([("gate.yml", new StoredFile([], "dir"))]), Does.Contain("is a folder"));

    [Test]
    public async Task A_symbolic_link_is_not_followed() =>
        Assert.That(await RefusalAsync([("gate.yml", new StoredFile([], "symlink", "../other.yml"))]),
        Does.Contain("is a symbolic link to '../other.yml'"));

    [Test]
    public async Task A_pointer_of_Git_LFS_is_no_manifest() =>
        Assert.That(await RefusalAsync([("gate.yml", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n")]),
        Does.Contain("pointer of Git LFS"));

    [Test]
    public async Task A_file_that_GitHub_does_not_inline_is_told_with_its_size() =>
        Assert.That(await RefusalAsync([("gate.yml", new StoredFile(new byte[2_000_000]))]), Does.Contain("is 2,000,000 bytes long"));

    [Test]
    public async Task Text_that_is_not_UTF_8_is_told() =>
        Assert.That(await RefusalAsync([("gate.yml", new StoredFile(Encoding.Latin1.GetBytes("name: größe")))]),
        Does.Contain("is not UTF-8 text"));

    [TestCase("ci/staging.yml", "ci/staging.yml")]
    [TestCase("./gate.yml", "gate.yml")]
    [TestCase("/work/x/a/../gate.yml", "gate.yml")]
    public void A_path_is_taken_below_the_repository(string given, string expected) =>
        Assert.That(ManifestPaths.InRepository(given, "/work/x"), Is.EqualTo(expected));

    [TestCase("../gate.yml")]
    [TestCase("/etc/gate.yml")]
    [TestCase(".")]
    [TestCase("-")]
    public void A_path_out_of_the_repository_is_refused(string given) =>
        Assert.That(() => ManifestPaths.InRepository(given, "/work/x"), Throws.TypeOf<GateException>());

    [TestCase("pull_request_target", ManifestFrom.Base)]
    [TestCase("pull_request_target", ManifestFrom.Head)]
    [TestCase("workflow_run", ManifestFrom.Base)]
    [TestCase("workflow_run", ManifestFrom.Head)]
    public async Task Where_a_run_has_secrets_a_forks_own_manifest_is_never_used(string eventName, ManifestFrom from)
    {
        _scene.Pull.Fork = "somebody/shop";
        _scene.Pull.HeadSha = _scene.GitHub.Repository.AddCommit("feature", ("gate.yml", Head)).Sha;
        _scene.Pull.BaseSha = _scene.GitHub.Repository.AddCommit("main").Sha;
        using var session = _scene.Open(Privileged(eventName));
        var source = await session.ReadEventAsync(CancellationToken.None);

        var exception = (await Assert.ThrowsAsync<GateException>(() =>
            session.ReadManifestAsync(source, null, from, null, CancellationToken.None)))!;

        Assert.That(exception.Message, Does.Contain("comes from a fork").And.Contain("its own is not read"));
    }

    [Test]
    public void A_manifest_that_did_not_come_whole_is_one_sentence([Values("*", "dmVyc2lvbg=", "dmVy c2lv\n bg", "å")] string content) =>
        Assert.That(
            () => ManifestContent.Decode(new("file", "gate.yml", 7, "base64", content), "0123456789abcdef"),
            Throws.TypeOf<GateException>().With.Message.StartsWith("'gate.yml' at commit 0123456 did not come whole"));

    private StandInJob Privileged(string eventName) => _scene.Keep(eventName == "workflow_run"
        ? StandInJob.WorkflowRun(_scene.GitHub, _scene.Pull)
        : StandInJob.PullRequest(_scene.GitHub, _scene.Pull, eventName: eventName));

    private static (string Path, StoredFile File)[] Files(string paths, string text) =>
        [.. paths.Split(' ').Where(path => path != "-").Select(path => (path, (StoredFile)text))];

    private async Task<string> RefusalAsync((string Path, StoredFile File)[] files) =>
        (await Assert.ThrowsAsync<GateException>(() => ReadAsync([], files)))!.Message;

    private async Task<ManifestChoice> ReadAsync(
        (string Path, StoredFile File)[] onBase, (string Path, StoredFile File)[] onHead, ManifestFrom from = ManifestFrom.Base,
        string[]? changed = null)
    {
        _scene.Pull.BaseSha = _scene.GitHub.Repository.AddCommit("main", onBase).Sha;
        _scene.Pull.HeadSha = _scene.GitHub.Repository.AddCommit("feature", onHead).Sha;
        using var session = _scene.Open(_scene.Job());
        var source = await session.ReadEventAsync(CancellationToken.None);
        return await session.ReadManifestAsync(source, null, from, changed, CancellationToken.None);
    }
}
