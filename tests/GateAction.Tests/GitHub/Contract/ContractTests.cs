using System.Text.Json;
using GateAction.Core.Reports.Machine;
using GateAction.GitHub;
using GateAction.GitHub.Api;
using GateAction.GitHub.Doctor;
using GateAction.GitHub.Publishing;
using GateAction.StandIns.GitHub;
using GateAction.StandIns.GitHub.State;

namespace GateAction.Tests.GitHub.Contract;

/// <summary>Every request the gate can send, and every answer the stand-in gives, held against GitHub's own description (npm
/// @octokit/openapi).</summary>
internal sealed class ContractTests
{
    private const string GraphQL = "/graphql";

    [Test]
    public async Task Every_request_and_every_answer_fits_GitHubs_own_description()
    {
        var description = new OpenApiDescription(Downloads.Path("openapi.json"));
        await using var scene = await GateScene.StartAsync();
        Furnish(scene.GitHub.Repository);

        await RunGatesAsync(scene);
        await AskEverythingAsync(scene);

        var calls = scene.GitHub.Requests.Where(request => !request.Path.StartsWith("/storage/", StringComparison.Ordinal)).ToList();
        var kinds = calls.Select(request =>
            $"{request.Method} "
            + $"{string.Join('/', request.Path.Split('/').Skip(4).Where(part => part.All(char.IsLetter) || part.Contains('-')))}")
            .Distinct();
        Assert.That(kinds.Count(), Is.GreaterThanOrEqualTo(20), string.Join('\n', kinds));
        var graph = new GraphDescription(Downloads.Path("graphql.json"));
        var questions = calls.Where(request => request.Path == GraphQL).ToList();
        Assert.That(questions.Select(request => request.Body).Distinct().Count(), Is.GreaterThanOrEqualTo(2));
        Assert.That(calls.Except(questions).SelectMany(description.Check).Concat(questions.SelectMany(graph.Check)).Distinct(), Is.Empty);
    }

    [TestCase("query { viewer { login } }", "", "")]
    [TestCase("query { viewer { login } }", """{"viewer":{"login":null}}""", "data.viewer.login is null")]
    [TestCase("query { viewer { login } }", """{"viewer":{"login":"x","id":"y"}}""", "data.viewer.id was not asked for")]
    [TestCase("query { viewer }", "", "Query.viewer is an object")]
    [TestCase("query { viewer { login { x } } }", "", "User.login is plain")]
    [TestCase("query { viewer { logon } }", "", "User has no field 'logon'")]
    [TestCase("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", """{"nodes":[null,{"id":7}]}""", "data.nodes.id is 7, no ID")]
    [TestCase("query($ids: [ID]!) { nodes(ids: $ids) { id } }", "", "Query.nodes takes 'ids: [ID!]!', and '$ids' is '[ID]!'")]
    [TestCase("query($ids: [ID!]!) { nodes(list: $ids) { id } }", "", "Query.nodes has no argument 'list'")]
    [TestCase("query($ids: [ID!]!) { nodes(ids: $ids) { ... on IssueComment { id } } }", "", "")]
    [TestCase("query($ids: [ID!]!) { nodes(ids: $ids) { ... on ReactionGroup { content } } }", "", "'ReactionGroup' is no Node")]
    [TestCase("query($ids: [ID!]!) { nodes(ids: $ids) { ... on IssueComment { reactionGroups { content } } } }",
        """{"nodes":[{"reactionGroups":[{"content":"THUMBS"}]}]}""",
        "data.nodes.reactionGroups.content is 'THUMBS', none of ReactionContent")]
    [TestCase("query($ids: [ID!]!) { nodes(ids: $ids) { ... on IssueComment { lastEditedAt } } }",
        """{"nodes":[{"lastEditedAt":"yesterday"}]}""", "data.nodes.lastEditedAt is \"yesterday\", no DateTime")]
    public void What_does_not_fit_GraphQL_is_found(string query, string data, string expected)
    {
        var graph = new GraphDescription(Downloads.Path("graphql.json"));
        var body = JsonSerializer.Serialize(new { query, variables = new { ids = new[] { "x" } } });

        var found = graph.Check(new(1, "POST", GraphQL, "", body)
        { Status = 200, Answer = data.Length == 0 ? "" : $$"""{"data":{{data}}}""" });

        Assert.That(found, expected.Length == 0 ? Is.Empty : Has.One.Contains(expected));
    }

    [TestCase("POST", "/repos/o/r/statuses/abc", "", """{"state":"neutral"}""", 201, "body.state is \"neutral\", none of")]
    [TestCase("POST", "/repos/o/r/statuses/abc", "", """{"context":"gate"}""", 201, "body.state is missing")]
    [TestCase("POST", "/repos/o/r/statuses/abc", "", """{"state":"success","description":7}""", 201,
        "body.description is Number, not string")]
    [TestCase("POST", "/repos/o/r/statuses/abc", "", "", 201, "the body is missing")]
    [TestCase("POST", "/repos/o/r/statuses/abc", "", """{"state":"success"}""", 202, "the answer 202 is not described")]
    [TestCase("GET", "/repos/o/r/pulls", "?status=open", "", 200, "the query 'status' is not described")]
    [TestCase("PUT", "/repos/o/r/pulls", "", "", 200, "no such operation")]
    public void What_does_not_fit_the_description_is_found(string method, string path, string query, string body, int status,
    string expected)
    {
        var description = new OpenApiDescription(Downloads.Path("openapi.json"));

        var found = description.Check(new RecordedRequest(1, method, path, query, body) { Status = status });

        Assert.That(found.Single(), Does.Contain(expected));
    }

    [Test]
    public void An_answer_that_lacks_a_member_is_found()
    {
        var description = new OpenApiDescription(Downloads.Path("openapi.json"));
        var request = new RecordedRequest(1, "GET", "/repos/o/r/collaborators/x/permission", "", "")
        { Status = 200, Answer = """{"permission":"admin","user":null}""" };

        Assert.That(description.Check(request).Single(), Does.EndWith("answer.role_name is missing"));
    }

    private static void Furnish(RepositoryState repository)
    {
        repository.Runs.Add(new(900, "gate.yml", "main", repository.Branches["main"], "push", "success"));
        repository.Artifacts.Add(new(901, 900, "gate-report", [1]));
        var deployment = new StoredDeployment(902, repository.Branches["feature"], "staging");
        deployment.States.Add(("success", "https://staging.example.com"));
        repository.Deployments.Add(deployment);
        repository.Protections["main"] = new(true, [("gate/staging", null)]);
        repository.Rules["main"] = [("gate/staging", 15368), ("build", null)];
    }

    private static async Task RunGatesAsync(GateScene scene)
    {
        var annotations = Enumerable.Range(1, 60).Select(line => new Annotation(AnnotationLevel.Warning, "t", "m", "gate.yml", line));
        for (var run = 1; run <= 2; run++)
            await scene.PublishAsync(scene.Job(run), GateScene.Report() with { Annotations = [.. annotations] }, ReportKind.Both);
        await scene.PublishAsync(scene.Job(3), GateScene.Report(FinalState.Failure), ReportKind.Check, CommentMode.Off);
        scene.GitHub.Repository.Comments.Add(scene.GitHub.Repository.Comments[0] with { Id = 77 });
        await scene.PublishAsync(scene.Job(4), GateScene.Report(FinalState.Error) with { Description = new string('x', 200) });
    }

    private static async Task AskEverythingAsync(GateScene scene)
    {
        var (none, sha) = (CancellationToken.None, scene.Pull.HeadSha);
        using var session = scene.Open(scene.Job());
        var client = session.Client!;
        var source = await session.ReadEventAsync(none);
        await session.ReadChangedFilesAsync(source, none);
        await session.ReadManifestAsync(source, null, ManifestFrom.Base, null, none);
        await client.PullRequests.OfCommitAsync(sha, none).ToListAsync(none);
        await client.PullRequests.OfBranchAsync("octo-org", "feature", none).ToListAsync(none);
        await client.PermissionOfAsync("octocat", none);
        var comment = await client.Comments.CreateAsync(scene.Pull.Number, "/gate rerun", none);
        await client.Comments.GetAsync(comment.Id, none);
        await client.Comments.ReactAsync(comment.Id, Reaction.Done, none);
        await client.Comments.ReactAsync(comment.Id, Reaction.Done, none);
        var listed = await client.Comments.ListAsync(scene.Pull.Number, none).ToListAsync(none);
        await client.Comments.NodesAsync([.. listed.Select(one => one.NodeId!)], none);
        await client.LoginAsync(none);
        await client.Actions.StateAsync(900, none);
        await client.Actions.RerunAsync(900, none);
        scene.GitHub.Repository.Runs.Add(new(903, "gate.yml", "main", sha, "push", "failure"));
        await client.Actions.RerunFailedAsync(903, none);
        await client.ParentsAsync(scene.GitHub.Repository.Merge(scene.Pull), none);
        await client.CompareAsync(scene.GitHub.Repository.Branches["main"], sha, none);
        await client.Actions.SuccessfulRunsAsync("gate.yml", "main", 5, none);
        await client.Actions.ArtifactsAsync(900, none).ToListAsync(none);
        await client.Actions.ArtifactsAsync("gate-report", none).ToListAsync(none);
        await client.Actions.DownloadAsync(901, none);
        await client.Deployments.ListAsync(sha, "staging", none).ToListAsync(none);
        await client.Deployments.StatusesAsync(902, none).ToListAsync(none);
        await client.Rules.ProtectionAsync("main", none);
        await client.GetAsync(none);
        await client.Rules.CreateAsync(new GitHubDoctor(client, 15368).RulesetFor("main", "gate/staging"), none);
        await client.Rules.ListAsync(none).ToListAsync(none);
        await client.Rules.OfBranchAsync("main", none).ToListAsync(none);
        var check = await client.Checks.CreateAsync(new("x", sha) { Status = Octokit.CheckStatus.InProgress, ExternalId = "x" }, none);
        await client.Checks.GetAsync(check.Id, none);
        await client.Checks.ListAsync(sha, "x", none).ToListAsync(none);
        var done = new Octokit.CheckRunUpdate
        {
            Status = Octokit.CheckStatus.Completed,
            Conclusion = Octokit.CheckConclusion.Success,
            Output = new("t", "s"),
        };
        await client.Checks.UpdateAsync(check.Id, done, 0, none);
    }
}
