using GateAction.GitHub.Api;
using GateAction.StandIns.GitHub;

namespace GateAction.Tests.GitHub.Api;

internal sealed class ConnectionTests
{
    private GateScene _scene = null!;

    [SetUp]
    public async Task StartAsync() => _scene = await GateScene.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _scene.DisposeAsync();

    [TestCase(FaultKind.BadCredentials,
        "GitHub does not accept the token (GitHub answered 401 'Bad credentials' to GET repos/octo-org/shop/pulls/1): pass 'github-token: "
        + "${{ github.token }}', or a token that has not expired")]
    [TestCase(FaultKind.NotAccessible,
        "the token may not read pull requests (GitHub answered 403 'Resource not accessible by integration' to GET "
        + "repos/octo-org/shop/pulls/1): add 'permissions: { pull-requests: read }' to the job")]
    [TestCase(FaultKind.NotFound,
        "GitHub answered 404 'Not Found' to GET repos/octo-org/shop/pulls/1: it does not exist, or the token may not read pull requests; "
        + "then add 'permissions: { pull-requests: read }' to the job")]
    [TestCase(FaultKind.ServerError, "GitHub answered 500 'Server Error' to GET repos/octo-org/shop/pulls/1")]
    [TestCase(FaultKind.BadGateway, "GitHub answered 502 'Bad Gateway' to GET repos/octo-org/shop/pulls/1")]
    [TestCase(FaultKind.TooManyRequests, "GitHub's rate limit is used up until ")]
    [TestCase(FaultKind.SecondaryLimit, "(GitHub answered 403 'You have exceeded a secondary rate limit.")]
    [TestCase(FaultKind.ResetBeforeTheWrite, "could not be reached (GET repos/octo-org/shop/pulls/1): ")]
    [TestCase(FaultKind.TimeoutBeforeTheWrite, "could not be reached (GET repos/octo-org/shop/pulls/1): no answer within 5s")]
    [TestCase(FaultKind.MalformedJson, "GitHub's answer to GET repos/octo-org/shop/pulls/1 is not the JSON that its documentation names: ")]
    [TestCase(FaultKind.WrongContentType, "is not the JSON that its documentation names: content type 'text/html'")]
    public async Task What_GitHub_answers_is_one_sentence(FaultKind kind, string expected)
    {
        _scene.GitHub.Fail(kind, _ => true, times: 100);
        _scene.Limits = _scene.Limits with { Attempt = TimeSpan.FromSeconds(5), Retries = 1 };
        using var session = _scene.Open(_scene.Job());

        var exception = (await Assert.ThrowsAsync<GitHubException>(() =>
            session.Client!.PullRequests.GetAsync(1, CancellationToken.None)))!;

        Assert.That(exception.Message, Does.Contain(expected).And.Not.Contain("\n").And.Not.Contain("ghs_standin"));
    }

    [Test]
    public async Task A_GitHub_that_is_not_there_is_one_sentence()
    {
        using var client = new RepositoryApi(new("http://127.0.0.1:9/api/v3"), "t", new("o", "r"), new SkippingTime());

        var exception = (await Assert.ThrowsAsync<GitHubException>(() => client.PullRequests.GetAsync(1, CancellationToken.None)))!;

        Assert.That(exception.Message,
            Is.EqualTo("GitHub at 'http://127.0.0.1:9/api/v3' could not be reached (GET repos/o/r/pulls/1): Connection refused"));
    }

    [Test]
    public async Task A_rate_limit_that_lasts_too_long_is_not_waited_for()
    {
        _scene.GitHub.Fail(FaultKind.TooManyRequests, _ => true);
        _scene.Limits = _scene.Limits with { LongestWait = TimeSpan.Zero };
        using var session = _scene.Open(_scene.Job());

        await Assert.ThrowsAsync<GitHubException>(() => session.Client!.PullRequests.GetAsync(1, CancellationToken.None));

        Assert.That(_scene.GitHub.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task The_parts_of_a_validation_error_are_told()
    {
        using var session = _scene.Open(_scene.Job());
        var status = new Octokit.NewCommitStatus { State = Octokit.CommitState.Success, Context = "c", Description = new string('x', 141) };

        var exception = (await Assert.ThrowsAsync<GitHubException>(() =>
            session.Client!.Statuses.SetAsync(_scene.Pull.HeadSha, status, CancellationToken.None)))!;

        Assert.That(exception.Message, Does.Contain("422 'Validation Failed; description is too long (maximum is 140 characters)'"));
    }

    [Test]
    public async Task The_token_goes_to_the_API_and_to_no_other_host()
    {
        _scene.GitHub.Repository.Artifacts.Add(new(5, 1, "gate", [1, 2, 3]));
        using var session = _scene.Open(_scene.Job());

        await using var zip = await session.Client!.Actions.DownloadAsync(5, CancellationToken.None);

        Assert.That(new BinaryReader(zip).ReadBytes(4), Is.EqualTo(new byte[] { 1, 2, 3 }));
    }

    [Test]
    public async Task An_Enterprise_Server_is_spoken_to_below_its_path()
    {
        await using var server = await GitHubStandIn.StartAsync(basePath: "/api/v3");
        server.Repository.AddCommit("main");
        server.Repository.AddCommit("feature");
        server.Repository.AddPull("feature", "main");
        for (var number = 1; number <= 101; number++)
            server.Repository.Comments.Add(new(number, 1, "octocat", "LGTM", DateTimeOffset.UnixEpoch));
        using var client = new RepositoryApi(server.Url, "ghs_standin", new("octo-org", "shop"), TimeProvider.System);

        var comments = await client.Comments.ListAsync(1, CancellationToken.None).ToListAsync();

        Assert.That(comments, Has.Count.EqualTo(101));
        Assert.That(server.Requests[^1].Query, Does.Contain("page=2"));
    }

    [Test]
    public async Task A_status_with_no_room_left_is_a_sentence()
    {
        var (repository, sha) = (_scene.GitHub.Repository, _scene.Pull.HeadSha);
        repository.Statuses.AddRange(Enumerable.Range(0, 1000)
            .Select(id => new StandIns.GitHub.State.Status(id, sha, "pending", "gate/staging", "", null, "octocat", default)));

        var publication = await _scene.PublishAsync(_scene.Job(), GateScene.Report());

        Assert.That(publication.IsStatusMissing, Is.True);
        Assert.That(publication.Failures.Single(), Does.Contain("This SHA and context has reached the maximum number of statuses."));
    }
}
