using GateAction.Core.Documents;
using GateAction.Core.Model;
using GateAction.StandIns.GitHub;

namespace GateAction.Tests.GitHub.Overrides;

/// <summary>What a run makes of the waivers that stand in the comments of its pull request.</summary>
internal sealed class CommentWaiversTests
{
    private const string Waive = "/gate waive database for 3d: the supplier is down, #77 <b>@octocat</b> | x";

    private OverrideScene _scene = null!;

    [SetUp]
    public async Task StartAsync() => _scene = await OverrideScene.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _scene.DisposeAsync();

    [Test]
    public async Task A_waiver_by_who_may_lets_the_change_through_and_is_shown_everywhere()
    {
        var comment = _scene.Say("maintainer", Waive);

        var run = await _scene.RunAsync();

        var until = (comment.CreatedAt + TimeSpan.FromDays(3)).UtcDateTime;
        var day = until.ToString("yyyy-MM-dd");
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(_scene.Last.State, Is.EqualTo("success"));
        Assert.That(_scene.Last.Description, Is.EqualTo($"1 of 2 criteria met, 1 waived until {day}, score 100%: database"));
        Assert.That(_scene.OwnComment.Body,
            Does.Contain("maintainer").And.Contains("the supplier is down").And.Contains($"issuecomment-{comment.Id}"));
        Assert.That(_scene.OwnComment.Body, Does.Not.Contain("<b>@").And.Not.Contains("@octocat").And.Not.Contains("#77"));
        var verdict = Verdict();
        Assert.That(verdict.State, Is.EqualTo(VerdictState.Warned));
        Assert.That(verdict.Waivers.Single().Comment, Does.EndWith($"issuecomment-{comment.Id}"));
        Assert.That((verdict.Waivers.Single().By, verdict.Waivers.Single().Expires),
            Is.EqualTo(("maintainer", DateOnly.FromDateTime(until))));
        Assert.That(Page(), Does.Contain($"issuecomment-{comment.Id}").And.Not.Contains("<b>@octocat"));
    }

    [TestCase("no policy", "")]
    [TestCase("no comment",
        "Next:** repair it and push. If that is not in your hands, somebody with the role maintain or admin can comment `/gate waive "
        + "database for 3d: reason`")]
    [TestCase("edited", "the waiver of 'database' by maintainer does not count: its comment was edited")]
    [TestCase("role is lower", "maintainer has the role 'write' here")]
    [TestCase("role went", "")]
    [TestCase("stranger", "")]
    [TestCase("bot", "")]
    [TestCase("ghost", "")]
    [TestCase("expired", "the waiver of 'database' by maintainer does not count: it ended on ")]
    [TestCase("too long", "8d is longer than gate 'staging' allows: write it again with 'for 7d' or less")]
    [TestCase("other criterion", "")]
    [TestCase("other gate", "")]
    [TestCase("quoted", "")]
    [TestCase("code", "")]
    [TestCase("no reason", "")]
    [TestCase("ended", "")]
    [TestCase("ended by an edited comment", "")]
    [TestCase("other pull request", "")]
    public async Task What_is_no_waiver_leaves_the_gate_blocked(string why, string told)
    {
        if (why == "no policy")
            _scene = await AnewAsync(OverrideScene.Manifest);
        var comment = why switch
        {
            "stranger" => _scene.Say("passer-by", Waive),
            "bot" => _scene.Say("helper[bot]", Waive),
            "ghost" => _scene.Say("", Waive),
            "expired" => _scene.Say("maintainer", Waive, ago: TimeSpan.FromDays(3.01)),
            "too long" => _scene.Say("maintainer", Waive.Replace("3d", "8d", StringComparison.Ordinal)),
            "other criterion" => _scene.Say("maintainer", Waive.Replace("database", "compliant", StringComparison.Ordinal)),
            "other gate" => _scene.Say("maintainer", Waive.Replace("database", "production/database", StringComparison.Ordinal)),
            "quoted" => _scene.Say("maintainer", $"> {Waive}"),
            "code" => _scene.Say("maintainer", $"```\n{Waive}\n```"),
            "no reason" => _scene.Say("maintainer", "/gate waive database for 3d:"),
            "no comment" => _scene.Say("maintainer", "looks good"),
            _ => _scene.Say("maintainer", Waive),
        };
        if (why == "role is lower")
            _scene.Repository.Collaborators["maintainer"] = "write";
        if (why == "role went")
            _scene.Repository.Collaborators.Remove("maintainer");
        if (why == "edited")
            _scene.Change(comment, one => one with { EditedAt = _scene.Now });
        if (why.StartsWith("ended", StringComparison.Ordinal))
            _scene.Say("maintainer", "/gate unwaive database", ago: TimeSpan.FromMinutes(1));
        if (why == "ended by an edited comment")
            _scene.Change(_scene.Comments[^1], one => one with { EditedAt = _scene.Now });
        if (why == "other pull request")
            _scene.Change(comment, one => one with { Issue = 2 });

        var run = await _scene.RunAsync();

        Assert.That((run.ExitCode, _scene.Last.State, _scene.Last.Description),
            Is.EqualTo((1, "failure", "1 of 2 criteria failed: database")), run.Error);
        Assert.That(_scene.OwnComment.Body.Replace("&#8203;", "", StringComparison.Ordinal), Does.Contain(told));
        Assert.That(_scene.ReactionsTo(comment),
            Is.EqualTo(told.Contains("not count", StringComparison.Ordinal)
            || why is "too long" or "role is lower" ? ["-1"] : Array.Empty<string>()));
    }

    [TestCase(null)]
    [TestCase("updated_at")]
    public async Task Whether_a_comment_was_edited_is_asked_of_GraphQL(string? moved)
    {
        var comment = _scene.Say("maintainer", Waive);
        if (moved is not null)
            _scene.Change(comment, one => one with { UpdatedAt = _scene.Now });

        Assert.That((await _scene.RunAsync()).ExitCode, Is.Zero);
    }

    [TestCase("release-manager", "[release-manager]", 0)]
    [TestCase("Maintain", "[maintain]", 0)]
    [TestCase("admin", "[maintain]", 1)]
    [TestCase("write", "write", 0)]
    public async Task Roles_are_those_that_the_manifest_names(string role, string roles, int exitCode)
    {
        _scene = await AnewAsync($"{OverrideScene.Manifest}\noverride: {{ roles: {roles} }}\n");
        _scene.Repository.Collaborators["maintainer"] = role;
        _scene.Say("maintainer", Waive);

        Assert.That((await _scene.RunAsync()).ExitCode, Is.EqualTo(exitCode));
    }

    [Test]
    public async Task Of_several_comments_the_last_one_that_counts_stands()
    {
        _scene.Say("maintainer", "/gate waive database for 2d: first", ago: TimeSpan.FromHours(5));
        _scene.Say("maintainer", "/gate unwaive database", ago: TimeSpan.FromHours(4));
        _scene.Say("maintainer", "/gate waive database for 1d: second", ago: TimeSpan.FromHours(3));
        _scene.Say("writer", "/gate unwaive database", ago: TimeSpan.FromHours(2));
        _scene.Say("writer", "/gate waive database for 7d: third", ago: TimeSpan.FromHours(1));

        var run = await _scene.RunAsync();

        Assert.That((run.ExitCode, Verdict().Waivers.Single().Reason), Is.EqualTo((0, "second")));
    }

    [Test]
    public async Task A_waived_criterion_leaves_the_score_and_a_gate_of_nothing_else_decides_nothing()
    {
        _scene.Say("maintainer", "/gate waive database for 3d: x\n/gate waive compliant for 3d: y");
        var job = StandInJob.PullRequest(_scene.GitHub, _scene.Pull);

        var run = await _scene.RunAsync(job, "--only", "database");

        Assert.That(run.ExitCode, Is.EqualTo(3), run.Error);
        Assert.That(_scene.Last.State, Is.EqualTo("failure"));
        Assert.That(_scene.Last.Description, Does.Contain("all its required criteria are skipped or waived"));
    }

    [TestCase(FaultKind.ServerError)]
    [TestCase(FaultKind.NotAccessible)]
    [TestCase(FaultKind.MalformedJson)]
    public async Task What_GitHub_does_not_tell_never_counts(FaultKind kind)
    {
        foreach (var part in new[] { "/graphql", "/permission" })
        {
            _scene = await AnewAsync(OverrideScene.Manifest + OverrideScene.Policy);
            _scene.Say("maintainer", Waive);
            _scene.GitHub.Fail(kind, request => request.Path.EndsWith(part, StringComparison.Ordinal), times: 100);

            var run = await _scene.RunAsync();

            Assert.That((run.ExitCode, _scene.Last.State), Is.EqualTo((1, "failure")), part + run.Error);
            Assert.That(_scene.OwnComment.Body,
                Does.Contain(part == "/graphql" ? "waivers by comment cannot be read" : "the role of maintainer could not be read"));
        }
    }

    [Test]
    public async Task A_manifest_that_the_change_brings_lets_nobody_waive()
    {
        _scene.Repository.AddCommit("main");
        _scene.Pull.BaseSha = _scene.Repository.Branches["main"];
        _scene.Repository.AddCommit("feature", (".github/gate.yml", OverrideScene.Manifest + "\noverride: { roles: [write] }\n"));
        _scene.Pull.HeadSha = _scene.Repository.Branches["feature"];
        _scene.Say("writer", Waive);

        var run = await _scene.RunAsync();

        Assert.That((run.ExitCode, _scene.Last.State), Is.EqualTo((1, "failure")), run.Error);
    }

    [Test]
    public async Task Nothing_more_is_asked_of_GitHub_without_a_policy_or_if_all_is_met()
    {
        _scene.Say("maintainer", Waive);
        _scene.IsDatabaseUp = true;
        await _scene.RunAsync();
        var met = _scene.GitHub.Requests.Count;

        _scene = await AnewAsync(OverrideScene.Manifest);
        _scene.Say("maintainer", Waive);
        await _scene.RunAsync();

        Assert.That((met, _scene.GitHub.Requests.Count), Is.EqualTo((met, met)));
        Assert.That(met, Is.LessThanOrEqualTo(12));
    }

    [Test]
    public async Task The_roles_of_a_crowd_are_not_all_asked_for()
    {
        for (var number = 0; number < 150; number++)
            _scene.Say($"passer-{number}", Waive, ago: TimeSpan.FromMinutes(200 - number));
        _scene.Say("maintainer", Waive);

        var run = await _scene.RunAsync();

        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(_scene.GitHub.Requests.Count(request => request.Path.EndsWith("/permission", StringComparison.Ordinal)),
            Is.LessThanOrEqualTo(20));
        Assert.That(_scene.GitHub.Requests.Count(request => request.Path == "/graphql"), Is.EqualTo(2));
    }

    [Test]
    public async Task A_waiver_that_does_not_count_is_answered_once()
    {
        var comment = _scene.Say("writer", Waive);

        await _scene.RunAsync(100);
        await _scene.RunAsync(101);

        Assert.That(_scene.ReactionsTo(comment), Is.EqualTo(["-1"]));
        Assert.That(_scene.GitHub.Requests.Count(request => request.Path.EndsWith("/reactions", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    private async Task<OverrideScene> AnewAsync(string manifest)
    {
        await _scene.DisposeAsync();
        return await OverrideScene.StartAsync(manifest);
    }

    private string Report(string name) => Path.Combine(_scene.LastJob!.Directory, "gate-report", name);

    private string Page() => File.ReadAllText(Report("report.html"));

    private Verdict Verdict()
    {
        using var stream = File.OpenRead(Report("verdict.json"));
        return VerdictJson.Read(stream, "verdict.json");
    }
}
