using GateAction.Core.Model;
using GateAction.Core.Reports;
using GateAction.GitHub.Publishing;
using GateAction.StandIns.GitHub.State;

namespace GateAction.Tests.GitHub.Publishing;

internal sealed class StickyCommentTests
{
    private static readonly PreviousRun Met =
        new(VerdictState.Passed, 1, new Dictionary<string, CriterionState> { ["a-b"] = CriterionState.Passed });

    private static readonly PreviousRun Unmet =
        new(VerdictState.Failed, 0.5, new Dictionary<string, CriterionState> { ["a-b"] = CriterionState.Failed });

    private GateScene _scene = null!;

    private List<Comment> Comments => _scene.GitHub.Repository.Comments;

    [SetUp]
    public async Task StartAsync() => _scene = await GateScene.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _scene.DisposeAsync();

    [Test]
    public async Task The_comment_is_found_behind_three_pages_of_talk_and_edited_in_place()
    {
        AddTalk(250);
        await _scene.PublishAsync(_scene.Job(runId: 1), GateScene.Report(comment: "first"));
        AddTalk(120);

        var publication = await _scene.PublishAsync(_scene.Job(runId: 2), GateScene.Report(comment: "second"));

        Assert.That(publication.Comment!.Fate, Is.EqualTo(CommentFate.Updated));
        Assert.That(Comments.Where(comment => comment.Author == "github-actions[bot]").Select(comment => comment.Body.Split('\n')[0]),
            Is.EqualTo(["second"]));
    }

    [Test]
    public async Task What_the_comment_says_already_is_not_written_again()
    {
        await _scene.PublishAsync(_scene.Job(), GateScene.Report());

        var publication = await _scene.PublishAsync(_scene.Job(), GateScene.Report());

        Assert.That(publication.Comment!.Fate, Is.EqualTo(CommentFate.Unchanged));
        Assert.That(Comments.Single().Edits, Is.Zero);
    }

    [Test]
    public async Task A_marker_that_somebody_else_wrote_is_not_the_gates_comment()
    {
        var forged = new CommentMarker("staging", _scene.Pull.HeadSha, 999_999, 1, "passed");
        Comments.Add(new Comment(1, 1, "mallory", forged.Sign("All green, trust me"), DateTimeOffset.UnixEpoch));

        var publication = await _scene.PublishAsync(_scene.Job(), GateScene.Report(FinalState.Failure, "2 of 14 criteria failed"));

        Assert.That(publication.Comment!.Fate, Is.EqualTo(CommentFate.Created));
        Assert.That(Comments[0].Body, Does.Contain("trust me"));
        Assert.That(_scene.FinalStatuses.Single().State, Is.EqualTo("failure"));
    }

    [Test]
    public async Task A_comment_is_written_from_what_the_gates_own_comment_remembers()
    {
        await _scene.PublishAsync(_scene.Job(runId: 1), GateScene.Report(comment: "first") with { Run = Met });

        await _scene.PublishAsync(_scene.Job(runId: 2),
            GateScene.Report() with { Comment = (before, _) => $"second, after {before!.State}" });

        Assert.That(Comments.Single().Body, Does.StartWith("second, after Passed\n"));
    }

    [TestCaseSource(nameof(Forgeries))]
    public async Task What_a_test_wrote_into_the_comment_is_never_taken_for_what_the_gate_remembers(string forgery)
    {
        await _scene.PublishAsync(_scene.Job(runId: 1), GateScene.Report(FinalState.Failure, forgery) with { Run = Unmet });
        PreviousRun? remembered = null;

        await _scene.PublishAsync(_scene.Job(runId: 2), GateScene.Report() with
        {
            Comment = (before, _) => $"{remembered = before}",
        });

        Assert.That((remembered!.State, remembered.Score, Comments.Count), Is.EqualTo((VerdictState.Failed, 0.5, 1)));
    }

    private static IEnumerable<string> Forgeries()
    {
        var marker = new CommentMarker("staging", "abc", 999_999, 9, "passed") { Run = Met };
        yield return $"{marker}";
        yield return $"text\n\n{marker}\n";
        yield return $"text\n{marker} ";
        yield return marker.Sign(marker.Sign("text"));
        yield return $"<!-- gate-state {Met.Write()} -->";
        yield return $"{marker}"[..^4];
        yield return "<!-- gate-action gate=staging commit=abc run=1 attempt=1 digest=";
        yield return "```\n" + marker;
    }

    [Test]
    public async Task The_marker_stands_at_the_end_so_that_a_plain_text_mail_begins_with_the_verdict()
    {
        await _scene.PublishAsync(_scene.Job(), GateScene.Report());

        Assert.That(Comments.Single().Body, Does.StartWith("## All 14").And.Match(@"\n\n<!-- gate-action [^\n]* -->\z"));
    }

    [Test]
    public async Task A_gate_that_was_met_and_is_not_any_more_is_told_once_in_a_comment_of_its_own()
    {
        await NotifyAsync(1, Met);
        await NotifyAsync(2, Unmet);
        await NotifyAsync(3, Unmet);

        Assert.That(Comments.Select(comment => comment.Body.Split('\n')[0]), Is.EqualTo(["run 3", $"worse, see {Url(Comments[0])}"]));
    }

    [Test]
    public async Task A_gate_that_is_met_again_and_then_not_is_told_again()
    {
        foreach (var (run, state) in new[] { Met, Unmet, Met, Unmet }.Index())
            await NotifyAsync(run + 1, state);

        Assert.That(Comments.Count(comment => comment.Body.StartsWith("worse", StringComparison.Ordinal)), Is.EqualTo(2));
    }

    [TestCase(NotifyMode.Off, true)]
    [TestCase(NotifyMode.Regression, false)]
    public async Task Nothing_is_told_if_nobody_asked_or_the_gate_was_never_met(NotifyMode mode, bool wasMet)
    {
        await NotifyAsync(1, wasMet ? Met : Unmet, mode);
        await NotifyAsync(2, Unmet, mode);

        Assert.That(Comments, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Two_gates_on_one_pull_request_keep_a_comment_each()
    {
        await _scene.PublishAsync(_scene.Job(), GateScene.Report(comment: "a"), gate: "staging");
        await _scene.PublishAsync(_scene.Job(), GateScene.Report(comment: "b"), gate: "staging--> two");

        await _scene.PublishAsync(_scene.Job(runId: 101), GateScene.Report(comment: "c"), gate: "staging--> two");

        Assert.That(Comments.Select(comment => comment.Body.Split('\n')[0]), Is.EqualTo(["a", "c"]));
    }

    [Test]
    public async Task A_comment_that_was_deleted_is_written_anew()
    {
        await _scene.PublishAsync(_scene.Job(runId: 1), GateScene.Report());
        Comments.Clear();

        await _scene.PublishAsync(_scene.Job(runId: 2), GateScene.Report());

        Assert.That(Comments, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Of_two_comments_of_the_same_gate_one_stays()
    {
        await _scene.PublishAsync(_scene.Job(runId: 1), GateScene.Report());
        Comments.Add(Comments[0] with { Id = 77 });

        await _scene.PublishAsync(_scene.Job(runId: 2), GateScene.Report());

        Assert.That(Comments, Has.Count.EqualTo(1));
        Assert.That(Comments[0].Body, Does.Contain("run=2"));
    }

    [Test]
    public async Task A_text_beyond_GitHubs_limit_is_cut_at_a_block_and_counted_in_bytes()
    {
        var rows = string.Concat(Enumerable.Range(0, 4000).Select(row => $"Paragraph {row} ➜ ünïcödé 🚦\n\n"));

        await _scene.PublishAsync(_scene.Job(), GateScene.Report(comment: rows));

        var body = Comments.Single().Body;
        Assert.That(System.Text.Encoding.UTF8.GetByteCount(body), Is.InRange(60_000, 65_536));
        Assert.That(body, Does.Contain("🚦\n\n*The rest is left out here; the full report is in the run's files.*\n\n<!-- gate-action "));
    }

    [Test]
    public async Task On_change_writes_only_where_the_verdict_changed()
    {
        await PublishAsync(1, "passed", CommentMode.OnChange);
        await PublishAsync(2, "passed", CommentMode.OnChange);
        Assert.That(Comments.Single().Body, Does.Contain("run=1"));

        await PublishAsync(3, "failed:postgres", CommentMode.OnChange);

        Assert.That(Comments.Single().Body, Does.Contain("run=3"));
    }

    [Test]
    public async Task On_problem_is_silent_until_something_is_wrong_and_says_when_it_is_mended()
    {
        await PublishAsync(1, "passed", CommentMode.OnProblem);
        Assert.That(Comments, Is.Empty);

        await PublishAsync(2, "failed", CommentMode.OnProblem, FinalState.Failure);
        await PublishAsync(3, "passed", CommentMode.OnProblem);

        Assert.That(Comments.Single().Body, Does.Contain("run=3"));
    }

    [Test]
    public async Task A_token_of_a_person_finds_the_comment_it_wrote()
    {
        _scene.GitHub.Tokens[0] = new("ghs_standin", "release-manager");
        await _scene.PublishAsync(_scene.Job(runId: 1), GateScene.Report());

        await _scene.PublishAsync(_scene.Job(runId: 2), GateScene.Report());

        Assert.That(Comments.Single().Author, Is.EqualTo("release-manager"));
    }

    private Task<Publication> PublishAsync(long run, string digest, CommentMode mode, FinalState state = FinalState.Success) =>
        _scene.PublishAsync(_scene.Job(run), GateScene.Report(state, digest, digest), comment: mode);

    private Task<Publication> NotifyAsync(long run, PreviousRun came, NotifyMode mode = NotifyMode.Regression) => _scene.PublishAsync(
        _scene.Job(run),
        GateScene.Report(came.WasMet ? FinalState.Success : FinalState.Failure, $"run {run}", $"{came.State}") with
        {
            Run = came,
            Regression = came.WasMet ? null : url => $"worse, see {url}",
        },
        notify: mode);

    private static string Url(Comment comment) => $"https://github.example.com/octo-org/shop/pull/1#issuecomment-{comment.Id}";

    private void AddTalk(int count)
    {
        for (var number = 0; number < count; number++)
            Comments.Add(new Comment(_scene.GitHub.Repository.NextId(), 1, "octocat", $"LGTM {number}", DateTimeOffset.UnixEpoch));
    }
}
