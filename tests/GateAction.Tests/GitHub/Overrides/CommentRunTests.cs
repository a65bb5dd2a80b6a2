using System.IO.Compression;
using GateAction.StandIns.GitHub.State;

namespace GateAction.Tests.GitHub.Overrides;

/// <summary>What a comment on a pull request sets off.</summary>
internal sealed class CommentRunTests
{
    private const string Waive = "/gate waive database for 3d: the supplier is down";

    private OverrideScene _scene = null!;

    [SetUp]
    public async Task StartAsync() => _scene = await OverrideScene.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _scene.DisposeAsync();

    [Test]
    public async Task A_waive_decides_again_on_what_the_last_run_measured()
    {
        await _scene.MeasureAsync(100);
        var comment = _scene.Say("maintainer", Waive);

        var run = await _scene.FollowAsync(comment);

        Assert.That((run.ExitCode, _scene.Last.State), Is.EqualTo((0, "success")), run.Error);
        Assert.That(_scene.Last.Description, Does.Contain("1 waived until"));
        Assert.That(_scene.OwnComment.Body, Does.Contain("the supplier is down").And.Contains("measured by run 100"));
        Assert.That(_scene.ReactionsTo(comment), Is.EqualTo(["+1", "eyes"]));
        Assert.That(_scene.Repository.Reruns, Is.Empty);
        Assert.That(_scene.Repository.Statuses.Select(status => status.State), Is.EqualTo(["pending", "failure", "success"]));
    }

    [Test]
    public async Task An_unwaive_and_an_edit_and_a_deletion_end_it_and_each_is_decided_again([Values("unwaive", "edit", "deletion")]
    string end)
    {
        await _scene.MeasureAsync(100);
        var comment = _scene.Say("maintainer", Waive);
        await _scene.FollowAsync(comment);

        if (end == "unwaive")
            await _scene.FollowAsync(_scene.Say("maintainer", "/gate unwaive database", ago: TimeSpan.FromMinutes(1)), runId: 301);
        if (end == "edit")
        {
            _scene.Change(comment, one => one with { EditedAt = _scene.Now });
            await _scene.FollowAsync(comment, "edited", 301);
        }
        if (end == "deletion")
        {
            _scene.Comments.Remove(comment);
            await _scene.FollowAsync(comment, "deleted", 301);
        }

        Assert.That(_scene.Last.State, Is.EqualTo("failure"));
        Assert.That(_scene.Repository.Reruns, Is.Empty);
    }

    [TestCase("no artifact")]
    [TestCase("another's evidence")]
    [TestCase("no comment of the gate")]
    [TestCase("of another commit")]
    public async Task Without_evidence_that_the_gate_knows_the_last_run_runs_again(string why)
    {
        await _scene.MeasureAsync(100);
        if (why == "no artifact")
            _scene.Repository.Artifacts.Clear();
        if (why == "another's evidence")
            Forge();
        if (why == "no comment of the gate")
            _scene.Comments.Clear();
        if (why == "of another commit")
            _scene.Change(_scene.OwnComment, one =>
                one with { Body = one.Body.Replace(_scene.Pull.HeadSha, "abc", StringComparison.Ordinal) });
        var comment = _scene.Say("maintainer", Waive);

        var run = await _scene.FollowAsync(comment);

        Assert.That(_scene.Repository.Reruns, Is.EqualTo([(100L, false)]), run.Error);
        Assert.That((run.ExitCode, _scene.Last.State), Is.EqualTo((0, "failure")));
        Assert.That(_scene.ReactionsTo(comment), Is.EqualTo(["+1", "eyes"]));
    }

    [TestCase("unwaive", "its evidence is gone")]
    [TestCase("edit", "its evidence is gone")]
    [TestCase("deletion", "its evidence is gone")]
    [TestCase("unwaive", "it was deleted")]
    [TestCase("deletion", "it was deleted")]
    public async Task A_success_does_not_outlive_its_waiver_if_the_run_that_measured_cannot_be_read(string end, string why)
    {
        await _scene.MeasureAsync(100);
        var comment = _scene.Say("maintainer", Waive);
        await _scene.FollowAsync(comment);
        Assert.That(_scene.Last.State, Is.EqualTo("success"));
        _scene.Repository.Artifacts.Clear();
        if (why == "it was deleted")
            _scene.Repository.Runs.RemoveAll(run => run.Id == 100);

        if (end == "unwaive")
            comment = _scene.Say("maintainer", "/gate unwaive database", ago: TimeSpan.FromMinutes(1));
        if (end == "edit")
            _scene.Change(comment, one => one with { EditedAt = _scene.Now });
        if (end == "deletion")
            _scene.Comments.Remove(comment);
        await _scene.FollowAsync(comment, end switch { "edit" => "edited", "deletion" => "deleted", _ => "created" }, 301);

        Assert.That(_scene.Last.State, Is.EqualTo("error"));
        Assert.That(_scene.Repository.Reruns, why == "it was deleted" ? Is.Empty : Is.EqualTo([(100L, false)]));
        _scene.IsDatabaseUp = true;
        await _scene.RunAsync(102);
        Assert.That(_scene.Last.State, Is.EqualTo("success"));
    }

    [TestCase("failure", "/gate rerun", false)]
    [TestCase("cancelled", "/gate rerun", false)]
    [TestCase("success", "/gate rerun", true)]
    [TestCase("failure", "/gate rerun all", true)]
    public async Task A_rerun_runs_the_failed_jobs_of_the_last_run_again_or_all(string conclusion, string text, bool isAll)
    {
        await _scene.MeasureAsync(100, conclusion);
        var comment = _scene.Say("writer", text);

        var run = await _scene.FollowAsync(comment);

        Assert.That(_scene.Repository.Reruns, Is.EqualTo([(100L, isAll)]), run.Error);
        Assert.That(_scene.ReactionsTo(comment), Is.EqualTo(["+1", "eyes"]));
        Assert.That(_scene.Repository.Statuses, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task After_a_waive_the_run_that_measured_is_the_one_that_runs_again()
    {
        await _scene.MeasureAsync(100);
        await _scene.FollowAsync(_scene.Say("maintainer", Waive), runId: 300);

        await _scene.FollowAsync(_scene.Say("writer", "/gate rerun"), runId: 301);

        Assert.That(_scene.Repository.Reruns.Select(rerun => rerun.Run), Is.EqualTo([100L]));
    }

    [TestCase("/gate rerun")]
    [TestCase(Waive)]
    public async Task A_run_that_is_under_way_is_left_alone(string text)
    {
        await _scene.MeasureAsync(100, conclusion: null);

        var run = await _scene.FollowAsync(_scene.Say("maintainer", text));

        Assert.That(run.Error, Does.Contain("run 100 is under way"));
        Assert.That((_scene.Repository.Reruns.Count, _scene.Repository.Statuses.Count), Is.EqualTo((0, 2)));
    }

    [Test]
    public async Task A_run_that_begins_meanwhile_keeps_the_word()
    {
        await _scene.MeasureAsync(100);
        var comment = _scene.Say("maintainer", Waive);
        var isBegun = false;
        _scene.GitHub.Arriving = request =>
        {
            if (isBegun || !request.Path.EndsWith("/zip", StringComparison.Ordinal))
                return;
            isBegun = true;
            var begun = new Status(
                _scene.Repository.NextId(), _scene.Pull.HeadSha, "pending", _scene.Last.Context, "measuring …",
                "https://github.example.com/octo-org/shop/actions/runs/101/attempts/1", "github-actions[bot]",
                _scene.Now);
            _scene.Repository.Statuses.Add(begun);
            _scene.Repository.Runs.Add(new(101, "gate.yml", "feature", _scene.Pull.HeadSha, "pull_request", null));
        };

        var run = await _scene.FollowAsync(comment);

        Assert.That(run.Error, Does.Contain("a run that began later (101)"));
        Assert.That((_scene.Last.State, _scene.Last.TargetUrl),
            Is.EqualTo(("pending", "https://github.example.com/octo-org/shop/actions/runs/101/attempts/1")));
    }

    [TestCase("writer", Waive, "-1", "Writer has the role 'write' here, and gate 'staging' may be waived by 'maintain' or 'admin'.")]
    [TestCase("maintainer", "/gate waive databse for 3d: x", "confused",
        "'databse' is no criterion of gate 'staging'; did you mean 'database'.")]
    [TestCase("maintainer", "/gate waive database for 30d: x", "-1",
        "30d is longer than gate 'staging' allows: write it again with 'for 7d' or less.")]
    [TestCase("maintainer", "/gate waive database for 3d:", "confused", "There is no reason")]
    [TestCase("maintainer", "/gate waive database: x", "confused", "it does not say for how long")]
    [TestCase("maintainer", "/gate please", "confused", "accepted are '/gate waive CRITERION for 3d: reason'")]
    [TestCase("writer", "/gate unwaive database", "-1", "has the role 'write' here")]
    [TestCase("triager", "/gate rerun", "-1", "may not write to this repository")]
    [TestCase("maintainer", "/gate waive database for 3d: x\n/gate waive y for 3d: z", "confused", "'y' is no criterion")]
    public async Task What_is_not_followed_is_answered_in_a_sentence_and_by_a_reaction(string author, string text, string reaction,
    string sentence)
    {
        _scene.Repository.Collaborators["triager"] = "triage";
        await _scene.MeasureAsync(100);
        var comment = _scene.Say(author, text);

        var run = await _scene.FollowAsync(comment);

        Assert.That(run.ExitCode, Is.Zero.Or.EqualTo(1), run.Error);
        Assert.That(_scene.ReactionsTo(comment), Is.EquivalentTo([reaction, "eyes"]));
        Assert.That(Plain(_scene.Comments[^1].Body), Does.Contain(sentence));
        Assert.That(_scene.Comments[^1].Body, Does.Not.Match(@"(?m)^\s*/gate"));
        if (!text.Contains('\n'))
            Assert.That((_scene.Last.State, _scene.Repository.Reruns.Count), Is.EqualTo(("failure", 0)));
    }

    [Test]
    public async Task A_gate_without_a_policy_says_so()
    {
        await _scene.DisposeAsync();
        _scene = await OverrideScene.StartAsync(OverrideScene.Manifest);
        await _scene.MeasureAsync(100);

        await _scene.FollowAsync(_scene.Say("maintainer", Waive));

        Assert.That(Plain(_scene.Comments[^1].Body),
            Is.EqualTo("Gate 'staging' takes no waivers by comment: the manifest on the base branch has no 'override'."));
        Assert.That(_scene.Last.State, Is.EqualTo("failure"));
    }

    [TestCase("passer-by", Waive, 1)]
    [TestCase("passer-by", "/gate rerun", 1)]
    [TestCase("passer-by", "/gate nonsense", 1)]
    [TestCase("maintainer", "looks good, see /gate waive", 0)]
    [TestCase("helper[bot]", "/gate rerun", 0)]
    [TestCase("github-actions[bot]", Waive, 0)]
    public async Task Who_may_not_and_what_is_no_command_costs_next_to_nothing(string author, string text, int requests)
    {
        await _scene.MeasureAsync(100);
        var (before, statuses) = (_scene.GitHub.Requests.Count, _scene.Repository.Statuses.Count);

        var run = await _scene.FollowAsync(_scene.Say(author, text));

        Assert.That((run.ExitCode, _scene.GitHub.Requests.Count - before), Is.EqualTo((0, requests)), run.Out);
        Assert.That((_scene.Repository.Statuses.Count, _scene.Repository.Reactions.Count), Is.EqualTo((statuses, 0)));
    }

    [Test]
    public async Task The_right_that_is_missing_is_named()
    {
        await _scene.MeasureAsync(100);
        _scene.GitHub.Tokens[0] = new("ghs_standin", Permissions: new Dictionary<string, string>
        {
            ["contents"] = "read",
            ["metadata"] = "read",
            ["pull-requests"] = "write",
            ["statuses"] = "write",
            ["actions"] = "read",
        });

        var run = await _scene.FollowAsync(_scene.Say("writer", "/gate rerun"));

        Assert.That((run.ExitCode, _scene.Repository.Reruns.Count), Is.EqualTo((4, 0)));
        Assert.That(run.Error, Does.Contain("add 'permissions: { actions: write }' to the job"));
        Assert.That(Plain(_scene.Comments[^1].Body), Does.Contain("add 'permissions: { actions: write }' to the job"));
    }

    [Test]
    public async Task A_commit_that_nobody_has_judged_yet_is_told()
    {
        var run = await _scene.FollowAsync(_scene.Say("writer", "/gate rerun"));

        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(Plain(_scene.Comments[^1].Body), Does.StartWith("No run of gate 'staging' has judged "));
    }

    [Test]
    public async Task A_check_run_is_decided_again_too()
    {
        await _scene.MeasureAsync(100, report: "check");
        var comment = _scene.Say("maintainer", Waive);

        var run = await _scene.FollowAsync(comment, report: "check");

        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(_scene.Repository.Checks.OrderBy(check => check.Id).Select(check => check.Conclusion),
            Is.EqualTo(["failure", "success"]));
    }

    private static string Plain(string markdown) =>
        System.Net.WebUtility.HtmlDecode(markdown).Replace("\u200b", "", StringComparison.Ordinal).TrimEnd();

    /// <summary>What code of the change could leave in its own run: everything measured and fine.</summary>
    private void Forge()
    {
        using var archive = new ZipArchive(new MemoryStream(_scene.Repository.Artifacts[0].Zip));
        using var text = new StreamReader(archive.GetEntry("evidence.json")!.Open());
        var forged = text.ReadToEnd().Replace("\"ok\": false", "\"ok\": true", StringComparison.Ordinal)
            .Replace("\"ok\":false", "\"ok\":true", StringComparison.Ordinal);
        var zip = OverrideScene.Zip(System.Text.Encoding.UTF8.GetBytes(forged));
        _scene.Repository.Artifacts[0] = _scene.Repository.Artifacts[0] with { Zip = zip };
    }
}
