namespace GateAction.StandIns.Staging;

/// <summary>What the service tells Prometheus, in its text format.</summary>
internal static class MetricsPage
{
    public static string Of(StagingState state)
    {
        var (memory, errors) = state.Scenario == Scenario.Failing ? (900_000_000, 400) : (120_000_000, 2);
        string[] lines =
        [
            "# TYPE process_resident_memory_bytes gauge",
            $"process_resident_memory_bytes {memory}",
            "# TYPE http_requests_total counter",
            "http_requests_total{code=\"200\"} 1000",
            $"http_requests_total{{code=\"500\"}} {errors}",
            "# TYPE cache_hit_ratio gauge",
            "cache_hit_ratio NaN",
            "# TYPE queue_age_seconds gauge",
            "queue_age_seconds +Inf",
        ];
        return string.Join('\n', lines) + "\n";
    }
}
