using System.Collections.Concurrent;
using GateAction.Http;

namespace GateAction.Sources.OpenApi;

/// <summary>What became of the GETs that anyone can call.</summary>
/// <param name="Safe">How many there are.</param>
/// <param name="Statuses">How many answered with each status.</param>
/// <param name="Failing">The names of those that did not answer below 500, with the reason.</param>
internal sealed record SafeGetResult(int Safe, int Called, IReadOnlyList<(int Status, int Count)> Statuses, IReadOnlyList<string> Failing);

/// <summary>
/// Calls the GETs that need no parameter, on the host that the document came from (or the target, for a file) and no other, whatever server
/// the document names.
/// </summary>
internal sealed class SafeGets(OpenApiProbe probe, ProbeContext context)
{
    private const int AtOnce = 8;
    private readonly ConcurrentDictionary<string, string> _failing = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, int> _statuses = [];
    private int _called;

    public async Task<SafeGetResult> CallAsync(ApiDocument document, IReadOnlyList<ApiOperation> operations, CancellationToken cancellation)
    {
        var safe = operations.Where(IsSafe).ToArray();
        var root = RootOf(document);
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(safe.Take(probe.MaxCalls), options, async (operation, token) =>
        {
            await CallAsync(operation, new Uri(root + operation.Path), token);
            context.Report($"called {Interlocked.Increment(ref _called)} of {Math.Min(safe.Length, probe.MaxCalls)} GETs");
        });
        return new(
            safe.Length,
            _called,
            [.. _statuses.OrderBy(status => status.Key).Select(status => (status.Key, status.Value))],
            [.. _failing.OrderBy(failing => failing.Key, StringComparer.Ordinal).Select(failing => $"{failing.Key}: {failing.Value}")]);
    }

    private static bool IsSafe(ApiOperation operation) =>
        operation.Method == "GET"
        && operation.Path.StartsWith('/')
        && !operation.Path.Contains('{')
        && operation.Parameters.All(parameter => !parameter.IsRequired)
        && operation.Body is not { IsRequired: true };

    private string RootOf(ApiDocument document)
    {
        var text = context.Expand(probe.Source);
        var origin = ApiSource.IsUrl(text)
            ? context.ExpandUrl(probe.Source)
            : context.Target ?? throw new NoEvidenceException(
            "'call-gets' needs to know whom to call: give the document by its URL, or write `target: https://…` in the manifest");
        return origin.GetLeftPart(UriPartial.Authority) + document.BasePath;
    }

    private async Task CallAsync(ApiOperation operation, Uri url, CancellationToken cancellation)
    {
        var headers = await probe.HeadersAsync(url, context, cancellation);
        try
        {
            var answer = await context.Http.SendAsync(
                new HttpCall(HttpMethod.Get, url, headers, null, null, probe.TrustFor(url, context), 5, probe.Options.Timeout,
                KeepBytes: 0),
                cancellation);
            _statuses.AddOrUpdate(answer.Status, 1, (_, count) => count + 1);
            // A 401 or 404 is an answer to a call without a token or an item; from 500 on it is a fault of the service.
            if (answer.Status >= 500)
                _failing[operation.Name] = $"status {answer.Status}";
        }
        catch (NetworkException fault)
        {
            _failing[operation.Name] = fault.Message;
        }
    }
}
