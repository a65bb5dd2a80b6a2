using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;

namespace GateAction.StandIns.Google;

/// <summary>
/// Stands in for Google on a port of loopback: OAuth, the security token service, IAM credentials, a metadata server, the Cloud Run Admin
/// API, Cloud Logging and Google's managed Prometheus. It speaks their REST shapes, errors included, and asks for tokens that it issued
/// itself.
/// </summary>
internal sealed class GoogleStandIn : IAsyncDisposable
{
    private readonly WebApplication _app;

    private GoogleStandIn(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.First() + "/");

    /// <summary>Resources of the Cloud Run Admin API by their name: <c>projects/P/locations/R/services/S</c>, and their
    /// <c>/revisions/N</c>.</summary>
    public ConcurrentDictionary<string, JsonNode> Resources { get; } = new();

    /// <summary>The entries of Cloud Logging of every project, in order of time.</summary>
    public List<JsonObject> Entries { get; } = [];

    /// <summary>Permissions that the caller lacks: <c>run.services.get</c>.</summary>
    public HashSet<string> Denied { get; } = [];

    /// <summary>APIs that are not enabled: <c>run.googleapis.com</c>.</summary>
    public HashSet<string> Disabled { get; } = [];

    /// <summary>Set to have the token endpoints refuse with this OAuth error: <c>invalid_grant</c>.</summary>
    public string? TokenError { get; set; }

    /// <summary>What the next requests to a path that ends so are answered with instead: a status and, if given,
    /// <c>Retry-After</c>.</summary>
    public ConcurrentQueue<(string PathEnd, int Status, string? RetryAfter)> Refusals { get; } = new();

    /// <summary>What was asked, in order: <c>POST /token</c>.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>The bodies of the requests to Cloud Logging.</summary>
    public ConcurrentQueue<JsonNode> LogQueries { get; } = new();

    public ConcurrentDictionary<string, byte> Tokens { get; } = new();

    /// <summary>Over TLS where a certificate is given.</summary>
    public static async Task<GoogleStandIn> StartAsync(X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
                listen.UseHttps(certificate);
        }));
        if (certificate is not null)
            builder.WebHost.UseKestrelHttpsConfiguration();
        var standIn = new GoogleStandIn(builder.Build());
        standIn._app.Use((context, next) =>
        {
            standIn.Requests.Enqueue($"{context.Request.Method} {context.Request.Path}");
            return standIn.RefuseNextAsync(context, next);
        });
        TokenEndpoints.Map(standIn._app, standIn);
        RunEndpoints.Map(standIn._app, standIn);
        LoggingEndpoints.Map(standIn._app, standIn);
        MonitoringEndpoints.Map(standIn._app, standIn);
        await standIn._app.StartAsync();
        return standIn;
    }

    private Task RefuseNextAsync(HttpContext context, Func<Task> next)
    {
        if (!Refusals.TryPeek(out var refusal) || !context.Request.Path.Value!.EndsWith(refusal.PathEnd, StringComparison.Ordinal))
            return next();
        Refusals.TryDequeue(out _);
        if (refusal.RetryAfter is not null)
            context.Response.Headers.RetryAfter = refusal.RetryAfter;
        return GoogleErrors.Of(refusal.Status, "UNAVAILABLE", "The service is busy.").ExecuteAsync(context);
    }

    public string IssueToken(string prefix)
    {
        var token = $"{prefix}.{Guid.NewGuid():N}{Guid.NewGuid():N}";
        Tokens[token] = 0;
        return token;
    }

    /// <summary>Null where the caller may do it; else the error.</summary>
    public IResult? Refuse(HttpContext context, string permission, string resource, string api)
    {
        var header = context.Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.Ordinal) || !Tokens.ContainsKey(header["Bearer ".Length..]))
            return GoogleErrors.Unauthenticated();
        if (Disabled.Contains(api))
            return GoogleErrors.Disabled(api);
        return Denied.Contains(permission) ? GoogleErrors.Denied(permission, resource) : null;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
