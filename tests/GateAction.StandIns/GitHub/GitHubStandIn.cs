using System.Collections.Concurrent;
using GateAction.StandIns.GitHub.Endpoints;
using GateAction.StandIns.GitHub.State;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace GateAction.StandIns.GitHub;

/// <summary>
/// GitHub's REST API for one repository, on loopback: it keeps what it is told, with GitHub's limits and error answers, and fails where it
/// is asked to.
/// </summary>
internal sealed class GitHubStandIn : IAsyncDisposable
{
    private readonly ConcurrentQueue<RecordedRequest> _requests = new();
    private readonly ConcurrentBag<Fault> _faults = [];
    private WebApplication? _app;
    private int _count;

    private GitHubStandIn(RepositoryState repository, TimeProvider time)
    {
        Repository = repository;
        Time = time;
        Tokens.Add(new StandInToken("ghs_standin"));
    }

    public RepositoryState Repository { get; }

    public TimeProvider Time { get; }

    /// <summary>The tokens it accepts; <c>ghs_standin</c> may do everything.</summary>
    public List<StandInToken> Tokens { get; } = [];

    public IReadOnlyList<RecordedRequest> Requests => [.. _requests];

    /// <summary>Further repositories, of which only commits and files are read.</summary>
    public List<OtherRepository> Others { get; } = [];

    /// <summary>How long an answer about a limit asks to wait.</summary>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Called with every request before it is done, as by another job that is a little faster.</summary>
    public Action<RecordedRequest>? Arriving { get; set; }

    /// <summary>Called when a request has come that is never answered.</summary>
    public Action? Hanging { get; set; }

    /// <summary>Holds every request until its turn comes, and then may let it fail.</summary>
    public Func<RecordedRequest, Task<FaultKind?>>? Turn { get; set; }

    /// <summary>What GITHUB_API_URL is set to.</summary>
    public Uri Url { get; private set; } = new("http://127.0.0.1");

    /// <param name="basePath">As <c>/api/v3</c>, where an Enterprise Server has its API.</param>
    public static async Task<GitHubStandIn> StartAsync(
        string repository = "octo-org/shop", TimeProvider? time = null, string basePath = "", int port = 0,
        Action<ListenOptions>? listen = null)
    {
        var standIn = new GitHubStandIn(new RepositoryState(repository.Split('/')[0], repository.Split('/')[1]),
            time ?? TimeProvider.System);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(System.Net.IPAddress.Loopback, port, options => listen?.Invoke(options)));
        var app = builder.Build();
        app.UsePathBase(basePath);
        app.UseRouting();
        var faults = new FaultMiddleware(standIn);
        app.Use((context, next) => faults.InvokeAsync(context, _ => next(context)));
        standIn.Map(app);
        await app.StartAsync();
        standIn._app = app;
        standIn.Url = new Uri(app.Urls.Single() + basePath);
        return standIn;
    }

    /// <summary>Lets the next requests that match fail.</summary>
    public void Fail(FaultKind kind, Func<RecordedRequest, bool> matches, int times = 1) => _faults.Add(new Fault(kind, matches, times));

    public RecordedRequest Record(string method, string path, string query, string body, string? token = null)
    {
        var request = new RecordedRequest(Interlocked.Increment(ref _count), method, path, query, body) { Token = token };
        _requests.Enqueue(request);
        if (Arriving is { } arriving)
            lock (Repository)
                arriving(request);
        return request;
    }

    public FaultKind? TakeFault(RecordedRequest request) => request.Fault = _faults.FirstOrDefault(fault => fault.Takes(request))?.Kind;

    public async ValueTask DisposeAsync()
    {
        if (_app is null)
            return;
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private void Map(WebApplication app)
    {
        var repository = app.MapGroup($"/repos/{Repository.Owner}/{Repository.Name}").AddEndpointFilter(AuthorizeAsync);
        StatusEndpoints.Map(repository, this);
        CheckEndpoints.Map(repository, this);
        CommentEndpoints.Map(repository, this);
        ContentEndpoints.Map(repository, this);
        PullEndpoints.Map(repository, this);
        ActionsEndpoints.Map(repository, this);
        DeploymentEndpoints.Map(repository, this);
        BranchEndpoints.Map(repository, this);
        CommitEndpoints.Map(repository, this);
        app.MapGet("/storage/{id:long}", (long id, HttpContext context) => ActionsEndpoints.Download(this, id, context));
        OtherEndpoints.Map(app, this);
        AccountEndpoints.Map(app, this);
        GraphEndpoints.Map(app, this);
        app.MapFallback(() => Errors.NotFound);
    }

    private async ValueTask<object?> AuthorizeAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        var value = context.Request.Headers.Authorization.ToString();
        if (Tokens.Find(token => value == $"Bearer {token.Value}") is not { } token)
            return Errors.BadCredentials;
        if (context.GetEndpoint()?.Metadata.GetMetadata<Needs>() is { } needs)
        {
            context.Response.Headers["x-accepted-github-permissions"] = $"{needs.Scope}={needs.Level}";
            if (!token.May(needs.Scope, needs.Level))
                return Errors.NotAccessible;
        }
        context.Items["login"] = token.Login;
        context.Response.Headers["x-ratelimit-limit"] = "1000";
        context.Response.Headers["x-ratelimit-remaining"] = $"{1000 - _count}";
        context.Response.Headers["x-ratelimit-reset"] = $"{Time.GetUtcNow().AddHours(1).ToUnixTimeSeconds()}";
        lock (Repository)
            return next(invocation).AsTask().GetAwaiter().GetResult();
    }
}
