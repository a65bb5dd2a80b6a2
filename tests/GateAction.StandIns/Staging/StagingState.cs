using System.Collections.Concurrent;

namespace GateAction.StandIns.Staging;

/// <summary>What the stand-in remembers.</summary>
internal sealed class StagingState(Scenario scenario, string gitSha)
{
    private readonly ConcurrentQueue<ReceivedRequest> _requests = new();
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);

    public Scenario Scenario { get; } = scenario;

    public string GitSha { get; } = gitSha;

    /// <summary>A folder whose files are served in place of the service's own pages; null for those.</summary>
    public string? Pages { get; init; }

    public string Token { get; } = Guid.NewGuid().ToString("N");

    public IReadOnlyCollection<ReceivedRequest> Requests => _requests;

    /// <summary>How often this was asked for, this time included.</summary>
    public int Next(string key) => _counts.AddOrUpdate(key, 1, (_, count) => count + 1);

    public Task CountAsync(HttpContext context, RequestDelegate next)
    {
        _requests.Enqueue(new(
            context.Request.Method,
            context.Request.Path + context.Request.QueryString,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(),
            StringComparer.OrdinalIgnoreCase)));
        return next(context);
    }
}

/// <summary>One request as it came in.</summary>
internal sealed record ReceivedRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers);
