using System.Globalization;
using System.Text;
using GateAction.Http;
using GateAction.Sources.Google;

namespace GateAction.Sources.Prometheus;

/// <summary>One request to the query API, by POST so that the length of the expression does not matter.</summary>
internal sealed class PrometheusQuery(PrometheusProbe probe, ProbeContext context)
{
    private const string Source = "Prometheus";
    private const int MaxBytes = 8 * 1024 * 1024;
    private const int MaxSeries = 1000;

    public async Task<PrometheusAnswer> AskAsync(CancellationToken cancellation)
    {
        var url = UrlOf(context.ExpandUrl(probe.Url));
        List<(string, string)> headers =
        [
            .. await probe.Login.HeadersAsync(url, url, probe.Headers, context, probe.Options.Timeout, cancellation),
            ("Content-Type", FormText.MediaType),
            ("Accept", "application/json"),
        ];
        var end = context.Time.GetUtcNow();
        var body = Encoding.UTF8.GetBytes(string.Join('&', Form(end).Select(field => $"{field.Name}={Uri.EscapeDataString(field.Value)}")));
        var answer = await context.Http.SendAsync(
            new HttpCall(HttpMethod.Post, url, headers, body, null, probe.Trust.In(context), 5, probe.Options.Timeout, MaxBytes),
            cancellation);
        var result = Read(answer);
        // Between raw samples nobody knows where one is missing, and the newest of a series that stopped is no value of now.
        if (probe.Range is null && result.IsMatrix)
            throw new NoEvidenceException("the query gives the raw samples of a time (as 'up[5m]' does), and how many there should be is "
                + "not known; write 'range', or apply a function such as max_over_time(…)");
        return probe.Range is { } range
            ? result with { Series = [.. result.Series.Select(series => series.WithGaps(end - range, end, probe.Step))] }
            : result;
    }

    private static PrometheusAnswer Read(HttpAnswer answer)
    {
        if (!answer.IsOk && GoogleError.Parse(answer.Body.Bytes) is { } error)
            throw new NoEvidenceException(GoogleAdvice.For(error, "Google's managed Prometheus", "monitoring.googleapis.com",
                "roles/monitoring.viewer", "the project in 'url'"));
        if (!answer.IsOk && !IsError(answer))
            throw new NoEvidenceException($"{Source} gave no result ({SourceAnswer.StatusOf(answer)})");
        using var json = SourceAnswer.ReadJson(answer, Source);
        var result = PrometheusAnswer.Parse(json.RootElement);
        return result.Series.Count <= MaxSeries
            ? result
            : throw new NoEvidenceException(
            $"the query gave {result.Series.Count} series; at most {MaxSeries} are accepted: aggregate them, as in max by (job) (…)");
    }

    // The API gives its errors with a status of 400, 422 or 503 and a message in JSON.
    private static bool IsError(HttpAnswer answer)
    {
        try
        {
            using var json = SourceAnswer.ReadJson(answer, Source);
            return PrometheusAnswer.ErrorOf(json.RootElement) is not null;
        }
        catch (NoEvidenceException)
        {
            return false;
        }
    }

    private Uri UrlOf(Uri root)
    {
        var path = root.AbsolutePath.TrimEnd('/');
        // Both are written: the address of the server, and that of its API.
        if (path.EndsWith("/api/v1", StringComparison.Ordinal))
            path = path[..^"/api/v1".Length];
        return new UriBuilder(root) { Path = $"{path}/api/v1/{(probe.Range is null ? "query" : "query_range")}" }.Uri;
    }

    private IEnumerable<(string Name, string Value)> Form(DateTimeOffset now)
    {
        yield return ("query", context.Expand(probe.Query));
        // The server need not go on evaluating for a client that has gone.
        yield return ("timeout", Seconds(probe.Options.Timeout.TotalSeconds) + "s");
        if (probe.Range is not { } range)
            yield break;
        var end = now.ToUnixTimeMilliseconds() / 1000.0;
        yield return ("start", Seconds(end - range.TotalSeconds));
        yield return ("end", Seconds(end));
        yield return ("step", Seconds(probe.Step.TotalSeconds));
    }

    private static string Seconds(double seconds) => seconds.ToString("0.###", CultureInfo.InvariantCulture);
}
