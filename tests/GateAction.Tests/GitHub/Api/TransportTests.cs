using System.Net;
using GateAction.GitHub.Api;
using GateAction.StandIns.GitHub;
using Microsoft.AspNetCore.Http;

namespace GateAction.Tests.GitHub.Api;

/// <summary>How calls are sent, repeated, redirected and ended, over real sockets.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class TransportTests
{
    private const string Pull = """{"number":1,"state":"open","head":{"ref":"f","sha":"a1"},"base":{"ref":"main","sha":"b1"}}""";

    [TestCase("127.0.0.1")]
    [TestCase("localhost")]
    public async Task The_token_reaches_no_other_port_and_no_other_host(string host)
    {
        string? headers = null;
        await using var other = await OddGitHub.StartAsync(context =>
        {
            headers = string.Join(' ', context.Request.Headers.Select(header => $"{header.Key}: {header.Value}"));
            return OddGitHub.WriteAsync(context, Pull);
        });
        await using var server = await OddGitHub.StartAsync(context => RedirectAsync(context, $"http://{host}:{other.Url.Port}/elsewhere"));
        using var api = server.Open();

        var pull = await api.PullRequests.GetAsync(1, default);

        Assert.That(pull.Head.Sha, Is.EqualTo("a1"));
        Assert.That(other.Requests, Is.EqualTo(["GET /elsewhere "]));
        Assert.That(headers, Does.Not.Contain("Authorization").And.Not.Contain("X-GitHub").And.Contain("User-Agent: GateAction/1"));
    }

    [Test]
    public async Task A_renamed_repository_is_followed_with_the_token_and_the_body()
    {
        await using var server = await OddGitHub.StartAsync(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync();
            if (context.Request.Path.StartsWithSegments("/repos"))
                await RedirectAsync(context, "/repositories/7/statuses/a1", 307);
            else
                await OddGitHub.WriteAsync(context, body.Replace("{", "{\"id\":3,", StringComparison.Ordinal), 201);
        });
        using var api = server.Open();

        var status = await api.Statuses.SetAsync("a1", new() { State = Octokit.CommitState.Error, Context = "gate/é" }, default);

        Assert.That((status.Id, status.State, status.Context), Is.EqualTo((3, "error", "gate/é")));
        Assert.That(server.Requests, Is.EqualTo(["POST /repos/o/r/statuses/a1 Bearer t", "POST /repositories/7/statuses/a1 Bearer t"]));
    }

    [TestCase("GET", "https://api.example.com/a", "http://api.example.com/b", false, false)]
    [TestCase("GET", "https://api.example.com/a", "https://api.example.com/b", true, true)]
    [TestCase("GET", "https://api.example.com/a", "https://API.example.com:443/b", true, true)]
    [TestCase("GET", "https://api.example.com/a", "https://api.example.com:8443/b", true, false)]
    [TestCase("GET", "https://api.example.com/a", "https://api.example.com.evil.example/b", true, false)]
    [TestCase("GET", "http://api.example.com/a", "https://api.example.com:80/b", true, false)]
    [TestCase("GET", "https://api.example.com/a", "ftp://api.example.com/b", false, false)]
    [TestCase("GET", "https://api.example.com/a", "file:///etc/passwd", false, false)]
    [TestCase("POST", "https://api.example.com/a", "https://other.example.com/b", false, false)]
    [TestCase("DELETE", "https://api.example.com/a", "https://api.example.com:8443/b", false, false)]
    public async Task A_redirect_is_followed_and_trusted_by_scheme_host_and_port(string method, string from, string to, bool isFollowed,
    bool hasToken)
    {
        var hops = new Hops(to);
        using var answers = new AnswerHandler(ConnectionLimits.Default, TimeProvider.System) { InnerHandler = hops };
        using var client = new HttpClient(new CallHandler(answers, new Uri("https://api.example.com/"), Permission.MetadataRead,
            AnswerShape.Nothing, default));
        using var request = new HttpRequestMessage(new(method), from)
        { Headers = { { "Authorization", "Bearer t" }, { "Accept", "application/json" } } };

        try
        {
            using var answer = await client.SendAsync(request);
        }
        catch (GitHubException exception)
        {
            Assert.That(exception.Message, Does.Contain("302").And.Contain("which points to"));
        }

        Assert.That(hops.Tokens, Is.EqualTo(isFollowed ? [true, hasToken] : new[] { true }));
    }

    [Test]
    public async Task A_ring_of_redirects_ends()
    {
        await using var server = await OddGitHub.StartAsync(context => RedirectAsync(context, context.Request.Path));
        using var api = server.Open();

        var exception = await Assert.ThrowsAsync<GitHubException>(() => api.PullRequests.GetAsync(1, default));

        Assert.That(exception!.Message, Does.StartWith("GitHub answered 302"));
        Assert.That(server.Requests, Has.Count.EqualTo(4));
    }

    [Test]
    public async Task A_next_page_is_asked_for_at_home_wherever_its_link_leads()
    {
        await using var server = await OddGitHub.StartAsync(context =>
        {
            var page = context.Request.Query["page"];
            context.Response.Headers.Link = page == "3" ? "" : "<https://elsewhere.example.com/x?page=2>; rel=\"next\"";
            return OddGitHub.WriteAsync(context, $$"""[{"id":{{page}},"html_url":"u"}]""");
        });
        using var api = server.Open();

        var comments = await api.Comments.ListAsync(1, default).ToListAsync();

        Assert.That(comments.Select(comment => comment.Id), Is.EqualTo([1, 2, 3]));
    }

    [Test]
    public async Task A_body_without_end_is_cut_by_its_length()
    {
        await using var server = await OddGitHub.StartAsync(async context =>
        {
            context.Response.ContentType = "application/json";
            var blanks = new byte[64 * 1024];
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.Body.WriteAsync(blanks, context.RequestAborted);
        });
        using var api = server.Open(limits: ConnectionLimits.Default with { LargestAnswer = 1024 * 1024 });

        var exception = await Assert.ThrowsAsync<GitHubException>(() => api.PullRequests.GetAsync(1, default));

        Assert.That(exception!.Message, Is.EqualTo("GitHub's answer to GET repos/o/r/pulls/1 is longer than 1 MiB"));
    }

    [Test]
    public async Task A_body_that_trickles_is_cut_by_its_deadline()
    {
        await using var server = await OddGitHub.StartAsync(async context =>
        {
            await BeginAsync(context);
            await OddGitHub.HangAsync(context);
        });
        using var api = server.Open(limits: ConnectionLimits.Default with { Attempt = TimeSpan.FromSeconds(10) });

        var exception = await Assert.ThrowsAsync<GitHubException>(() => api.PullRequests.GetAsync(1, default));

        Assert.That(exception!.Message, Does.EndWith("could not be reached (GET repos/o/r/pulls/1): no answer within 10s"));
    }

    [Test]
    public async Task Cancellation_in_the_middle_of_a_body_ends_the_call_at_once_and_repeats_nothing()
    {
        using var cancellation = new CancellationTokenSource();
        await using var server = await OddGitHub.StartAsync(async context =>
        {
            await BeginAsync(context);
            await cancellation.CancelAsync();
            await OddGitHub.NeverAsync(context);
        });
        using var api = server.Open(retries: 5);

        Assert.That(async () => await api.PullRequests.GetAsync(1, cancellation.Token), Throws.InstanceOf<OperationCanceledException>());

        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_damaged_compression_is_told()
    {
        await using var server = await OddGitHub.StartAsync(context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            return OddGitHub.WriteAsync(context, "no gzip at all");
        });
        using var api = server.Open();

        var exception = await Assert.ThrowsAsync<GitHubException>(() => api.PullRequests.GetAsync(1, default));

        Assert.That(exception!.Message, Does.EndWith("the answer's compression is damaged"));
    }

    [Test]
    public async Task A_422_whose_errors_are_a_text_is_told_whole()
    {
        await using var server = await OddGitHub.SayingAsync("""{"message":"Validation Failed","errors":"a queue is in the way"}""", 422);
        using var api = server.Open();

        var exception = await Assert.ThrowsAsync<GitHubException>(() => api.Comments.CreateAsync(1, "x", default));

        Assert.That(exception!.Message,
            Is.EqualTo("GitHub answered 422 'Validation Failed; a queue is in the way' to POST repos/o/r/issues/1/comments"));
        Assert.That(exception.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
    }

    [TestCase(429, "7", 1)]
    [TestCase(403, "7", 1)]
    [TestCase(429, "91", 0)]
    [TestCase(503, "7", 0)]
    public async Task A_write_waits_as_long_as_GitHub_asks_where_it_cannot_have_happened(int status, string seconds, int repeats)
    {
        var posts = new List<DateTimeOffset>();
        await using var server = await OddGitHub.StartAsync(context =>
        {
            if (context.Request.Method == "GET")
                return OddGitHub.WriteAsync(context, """[{"id":1,"html_url":"u","body":"x"}]""");
            posts.Add(context.Features.Get<SkippingTime>()!.GetUtcNow());
            context.Response.Headers.RetryAfter = seconds;
            return posts.Count == 1
                ? OddGitHub.WriteAsync(context, "{}", status)
                : OddGitHub.WriteAsync(context, """{"id":1,"html_url":"u"}""", 201);
        });
        using var api = server.Open(retries: 3);

        try
        {
            await api.Comments.CreateAsync(1, "x", default);
        }
        catch (GitHubException exception)
        {
            Assert.That(exception.Message, Does.Contain("rate limit is used up until"));
        }

        Assert.That(posts, Has.Count.EqualTo(1 + repeats), string.Join('\n', server.Requests));
        if (repeats > 0)
            Assert.That(posts[1] - posts[0], Is.EqualTo(TimeSpan.FromSeconds(7)));
    }

    [TestCase(FaultKind.TooManyRequests, "POST POST")]
    [TestCase(FaultKind.SecondaryLimit, "POST POST")]
    [TestCase(FaultKind.BadGateway, "POST GET POST")]
    [TestCase(FaultKind.WrongContentType, "POST GET")]
    [TestCase(FaultKind.MalformedJson, "POST GET")]
    [TestCase(FaultKind.ResetAfterTheWrite, "POST GET")]
    [TestCase(FaultKind.ResetBeforeTheWrite, "POST GET POST")]
    [TestCase(FaultKind.NotAccessible, "POST")]
    public async Task A_write_is_sent_again_only_where_it_did_not_happen(FaultKind fault, string expected)
    {
        await using var scene = await GateScene.StartAsync();
        scene.GitHub.Fail(fault, request => request.Method == "POST");
        using var session = scene.Open(scene.Job());

        try
        {
            await session.Client!.Comments.CreateAsync(1, "Hello", default);
        }
        catch (GitHubException) when (fault == FaultKind.NotAccessible)
        {
        }

        var seen = scene.GitHub.Requests;
        Assert.That(string.Join(' ', seen.Select(request => request.Method)), Is.EqualTo(expected), string.Join('\n', seen));
        Assert.That(scene.GitHub.Repository.Comments, Has.Count.EqualTo(fault == FaultKind.NotAccessible ? 0 : 1));
    }

    [Test]
    public async Task A_server_that_is_not_there_cannot_have_written()
    {
        using var api = new RepositoryApi(new("http://127.0.0.1:9/"), "t", new("o", "r"), new SkippingTime());

        var exception = await Assert.ThrowsAsync<GitHubException>(() => api.Comments.CreateAsync(1, "x", default));

        Assert.That((exception!.MayHaveHappened, exception.IsTransient), Is.EqualTo((false, true)));
    }

    private static Task RedirectAsync(HttpContext context, string location, int status = 302)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Location = location;
        return Task.CompletedTask;
    }

    /// <summary>Sends the first half of an answer.</summary>
    private static async Task BeginAsync(HttpContext context)
    {
        await OddGitHub.WriteAsync(context, Pull[..30]);
        await context.Response.Body.FlushAsync();
    }

    /// <summary>Answers the first request with a redirect, and says of each whether it held the token.</summary>
    private sealed class Hops(string to) : HttpMessageHandler
    {
        public List<bool> Tokens { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Tokens.Add(request.Headers.Authorization is not null);
            return Task.FromResult(Tokens.Count == 1
                ? new HttpResponseMessage(HttpStatusCode.Redirect) { Headers = { Location = new Uri(to) }, Content = new StringContent("") }
                : new HttpResponseMessage(HttpStatusCode.NoContent) { Content = new ByteArrayContent([]) });
        }
    }
}
