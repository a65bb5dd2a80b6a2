using System.Collections.Concurrent;
using System.Net;
using GateAction.GitHub.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GateAction.Tests.GitHub.Api;

/// <summary>A server on loopback that answers calls of GitHub's API as a test wants, and remembers them.</summary>
internal sealed class OddGitHub : IAsyncDisposable
{
    private readonly WebApplication _app;

    private OddGitHub(WebApplication app) => _app = app;

    /// <summary>Every request as <c>GET /repos/o/r/pulls/1 Bearer t</c>, the last word empty without a token.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>The clock of what is opened on it.</summary>
    public SkippingTime Time { get; } = new();

    public Uri Url { get; private set; } = new("http://127.0.0.1");

    public static async Task<OddGitHub> StartAsync(Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var server = new OddGitHub(builder.Build());
        server._app.Run(context =>
        {
            context.Features.Set(server.Time);
            server.Requests.Enqueue(
                $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString} {context.Request.Headers.Authorization}");
            return answer(context);
        });
        await server._app.StartAsync();
        server.Url = new Uri(server._app.Urls.Single());
        return server;
    }

    /// <summary>Answers every request with the same JSON.</summary>
    public static Task<OddGitHub> SayingAsync(string json, int status = 200) => StartAsync(context => WriteAsync(context, json, status));

    public static Task WriteAsync(HttpContext context, string text, int status = 200, string type = "application/json; charset=utf-8")
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        return context.Response.WriteAsync(text);
    }

    /// <summary>Never answers; the caller's deadline passes.</summary>
    public static Task HangAsync(HttpContext context)
    {
        context.Features.Get<SkippingTime>()!.Hang();
        return NeverAsync(context);
    }

    /// <summary>Ends with the connection.</summary>
    public static async Task NeverAsync(HttpContext context)
    {
        var aborted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = context.RequestAborted.Register(aborted.SetResult);
        await aborted.Task;
    }

    /// <param name="retries">How often a call is sent again.</param>
    /// <param name="limits">GitHub's own if left out.</param>
    public RepositoryApi Open(int retries = 0, ConnectionLimits? limits = null)
    {
        limits = (limits ?? ConnectionLimits.Default) with { Retries = retries };
        Time.Attempt = limits.Attempt;
        return new(Url, "t", new("o", "r"), Time, limits);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }
}
