using GateAction.Core.Model;
using GateAction.GitHub;
using GateAction.GitHub.Api;

namespace GateAction.Tests.GitHub.Api;

/// <summary>Answers that GitHub gives and Octokit alone would refuse, lose or misread; and answers that nobody may believe.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class AnswerTests
{
    private const string Pull =
        """{"number":7,"state":"open","head":{"ref":"f","sha":"a1","repo":null,"user":null},"base":{"ref":"main","sha":"b1","repo":{"full_name":"o/r"}},"user":null}""";

    private static readonly string[] WithoutMembers =
        ["{}", "null", "[]", "7", "\"text\"", """{"id":0}""", """{"id":null}""", """{"id":"x"}""", """{"id":{}}""", """{"message":"ok"}"""];

    /// <summary>Every call that reads an answer.</summary>
    private static readonly (string Name, Func<RepositoryApi, Task> Send)[] Calls =
    [
        ("set a status", api => api.Statuses.SetAsync("a1", new() { State = Octokit.CommitState.Success, Context = "c" }, default)),
        ("create a check run", api => api.Checks.CreateAsync(new("n", "a1"), default)),
        ("read a check run", api => api.Checks.GetAsync(1, default)),
        ("write a comment", api => api.Comments.CreateAsync(1, "text", default)),
        ("edit a comment", api => api.Comments.UpdateAsync(1, "text", default)),
        ("read a pull request", api => api.PullRequests.GetAsync(1, default)),
        ("read the repository", api => api.GetAsync(default)),
        ("read a permission", api => api.PermissionOfAsync("octocat", default)),
        ("read a file", api => api.ContentAsync("gate.yml", "a1", default)),
        ("read runs", api => api.Actions.SuccessfulRunsAsync("gate.yml", "main", 5, default)),
        ("read artifacts", api => api.Actions.ArtifactsAsync(1, default).ToListAsync().AsTask()),
        ("read protection", api => api.Rules.ProtectionAsync("main", default)),
        ("list statuses", api => api.Statuses.ListAsync("a1", default).ToListAsync().AsTask()),
        ("list check runs", api => api.Checks.ListAsync("a1", default).ToListAsync().AsTask()),
        ("list comments", api => api.Comments.ListAsync(1, default).ToListAsync().AsTask()),
        ("list files", api => api.PullRequests.FilesAsync(1, default).ToListAsync().AsTask()),
        ("list pull requests of a commit", api => api.PullRequests.OfCommitAsync("a1", default).ToListAsync().AsTask()),
        ("list pull requests of a branch", api => api.PullRequests.OfBranchAsync(null, "b", default).ToListAsync().AsTask()),
        ("list deployments", api => api.Deployments.ListAsync("a1", "e", default).ToListAsync().AsTask()),
        ("list states of a deployment", api => api.Deployments.StatusesAsync(1, default).ToListAsync().AsTask()),
        ("list rules", api => api.Rules.OfBranchAsync("main", default).ToListAsync().AsTask()),
        ("list rulesets", api => api.Rules.ListAsync(default).ToListAsync().AsTask()),
        ("create a ruleset", api => api.Rules.CreateAsync(new("n", "branch", "active", new(new([], [])), []), default)),
    ];

    /// <summary>An empty list is a list, and branch protection may require nothing.</summary>
    private static IEnumerable<TestCaseData> Incomplete =>
        from call in Calls
        from json in WithoutMembers
        where json != "[]" || !call.Name.StartsWith("list ", StringComparison.Ordinal) || call.Name == "list check runs"
        where !json.StartsWith('{') || call.Name != "read protection"
        select new TestCaseData(call.Send, json).SetName($"To {call.Name} GitHub answers {json}");

    [TestCaseSource(nameof(Incomplete))]
    public async Task An_answer_without_what_GitHub_documents_is_refused(Func<RepositoryApi, Task> send, string json)
    {
        await using var server = await OddGitHub.SayingAsync(json);
        using var api = server.Open();

        var exception = await Assert.ThrowsAsync<GitHubException>(() => send(api));

        Assert.That(exception!.Message, Does.Contain("is not the JSON that its documentation names"));
    }

    [TestCase("<!DOCTYPE html><title>Unicorn!</title>", "text/html")]
    [TestCase("{\"id\":1}", "text/plain")]
    [TestCase("{\"id\":1", "application/json")]
    [TestCase("{\"id\":1}}", "application/json")]
    [TestCase("", "application/json")]
    public async Task What_is_not_whole_JSON_is_refused_by_every_call(string text, string type)
    {
        await using var server = await OddGitHub.StartAsync(context => OddGitHub.WriteAsync(context, text, type: type));
        using var api = server.Open();

        foreach (var (name, send) in Calls)
            Assert.That((await Assert.ThrowsAsync<GitHubException>(() => send(api)))!.Message,
                Does.Contain("is not the JSON that its documentation names"), name);
    }

    [Test]
    public async Task JSON_nested_too_deep_is_refused_and_ends_nothing()
    {
        await using var server =
            await OddGitHub.SayingAsync($$"""{"id":1,"context":"c","state":"success","odd":{{new string('[', 200_000)}}{{new string(']', 200_000)}}}""");
        using var api = server.Open();

        var exception = await Assert.ThrowsAsync<GitHubException>(() => api.Statuses.SetAsync("a1", new() { Context = "c" }, default));

        Assert.That(exception!.Message, Does.Contain("depth"));
    }

    [Test]
    public async Task Texts_that_Octokit_does_not_know_are_taken_as_they_are()
    {
        await using var server = await OddGitHub.SayingAsync(
            """[{"id":5,"state":"imagined","context":"c","creator":{"login":"x","type":"Robot","id":null,"followers":99999999999}}]""");
        using var api = server.Open();

        var status = (await api.Statuses.ListAsync("a1", default).ToListAsync()).Single();
        var deployed = (await api.Deployments.StatusesAsync(5, default).ToListAsync()).Single();

        Assert.That((status.State, status.Creator, deployed.State), Is.EqualTo(("imagined", "x", "imagined")));
    }

    [Test]
    public async Task A_check_run_may_have_null_wherever_the_gate_does_not_look()
    {
        await using var server = await OddGitHub.SayingAsync(
            """
            {"total_count":1,"check_runs":[{"id":5,"name":"n","status":"completed","conclusion":"imagined","started_at":null,"completed_at":"soon","check_suite":{"id":null},
             "external_id":"1/1","details_url":null,"app":{"slug":"gate","id":null,"installations_count":1.5},"output":{"annotations_count":3,"title":null},"pull_requests":[{"id":null}]}]}
            """);
        using var api = server.Open();

        var run = (await api.Checks.ListAsync("a1", default).ToListAsync()).Single();

        Assert.That(run, Is.EqualTo(new CheckRun(5, "n", "completed", "imagined", "1/1", null, "gate", 3)));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_pull_request_whose_fork_is_gone_is_from_a_fork(bool byCommit)
    {
        await using var server = await OddGitHub.SayingAsync(byCommit ? $"[{Pull}]" : Pull);
        using var api = server.Open();

        var pull = byCommit
            ? await api.PullRequests.OfCommitAsync("a1", default).FirstAsync()
            : await api.PullRequests.GetAsync(7, default);

        Assert.That((pull.Number, pull.Head.Sha, pull.Base.Ref, pull.IsFromFork, pull.User),
            Is.EqualTo((7, "a1", "main", true, (User?)null)));
    }

    [Test]
    public async Task Artifacts_of_any_size_are_listed_and_one_whose_fork_is_gone_is_from_a_fork()
    {
        await using var server = await OddGitHub.SayingAsync(
            """
            {"total_count":2,"artifacts":[
             {"id":9007199254740993,"name":"big","size_in_bytes":5368709120,"expired":false,"workflow_run":{"id":3,"head_sha":"a1","repository_id":1,"head_repository_id":1}},
             {"id":2,"name":"fork","size_in_bytes":1,"expired":false,"workflow_run":{"id":4,"head_sha":"a1","repository_id":1,"head_repository_id":null}}]}
            """);
        using var api = server.Open();

        var artifacts = await api.Actions.ArtifactsAsync("x", default).ToListAsync();

        Assert.That(artifacts.Select(artifact => (artifact.Id, artifact.WorkflowRun!.IsFromFork)),
            Is.EqualTo([(9007199254740993, false), (2, true)]));
    }

    [Test]
    public async Task A_file_over_a_megabyte_is_told_as_too_long()
    {
        await using var server =
            await OddGitHub.SayingAsync("""{"type":"file","path":"gate.yml","size":1500000,"encoding":"none","content":""}""");
        using var api = server.Open();
        var content = await api.ContentAsync("gate.yml", "a1", default);

        var exception = Assert.Throws<GateException>(() => ManifestContent.Decode(content!, "a1"));

        Assert.That(exception!.Message, Does.Contain("1,500,000 bytes long, more than GitHub gives (1 MB)"));
    }

    [Test]
    public async Task A_folder_with_one_file_is_a_folder()
    {
        await using var server =
            await OddGitHub.SayingAsync(
            """{"type":"dir","path":"gate","size":0,"entries":[{"type":"file","path":"gate/a.yml","size":1}]}""");
        using var api = server.Open();

        Assert.That((await api.ContentAsync("gate", "a1", default))!.Type, Is.EqualTo("dir"));
        Assert.That(server.Requests.Single(), Does.StartWith("GET /repos/o/r/contents/gate?ref=a1 "));
    }

    [TestCase("my gate#1?.yml", "/my%20gate%231%3F.yml/")]
    [TestCase("100%.yml", "/100%25.yml/")]
    [TestCase("grün.yml", "/gr%C3%BCn.yml/")]
    public async Task Names_reach_GitHub_as_they_are(string name, string expected)
    {
        var seen = new List<string>();
        await using var server = await OddGitHub.StartAsync(context =>
        {
            seen.Add(context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget);
            return OddGitHub.WriteAsync(context, """{"workflow_runs":[],"permission":"read","type":"file","path":"x","size":1}""");
        });
        using var api = server.Open();

        await api.Actions.SuccessfulRunsAsync(name, "a&b#c", 5, default);
        await api.ContentAsync(name, "a&b#c", default);
        await api.PermissionOfAsync(name, default);
        await api.ContentAsync("../../../user", "a1", default);

        Assert.That(seen, Is.EqualTo(
        [
            $"/repos/o/r/actions/workflows{expected}runs?branch=a%26b%23c&status=success&per_page=5",
            $"/repos/o/r/contents{expected[..^1]}?ref=a%26b%23c",
            $"/repos/o/r/collaborators{expected}permission",
        ]));
    }

    [TestCase("o/r", true)]
    [TestCase("octo-org/shop.web_2", true)]
    [TestCase("o/..", false)]
    [TestCase("o/r?x", false)]
    [TestCase("o/r/x", false)]
    [TestCase("/r", false)]
    [TestCase("o r/x", false)]
    public void A_repository_is_an_owner_and_a_name(string text, bool expected) =>
        Assert.That(RepositoryName.TryParse(text) is not null, Is.EqualTo(expected));
}
