using System.Text.Json.Nodes;

namespace GateAction.StandIns.Staging;

/// <summary>A health page as services write it: it calls itself healthy as long as the process runs, and the components tell the
/// truth.</summary>
internal static class HealthPage
{
    public static JsonObject Of(StagingState state) => new()
    {
        ["status"] = "healthy",
        ["service"] = "acme-backend",
        ["version"] = "1.4.2",
        ["git_sha"] = state.GitSha,
        ["revision"] = "acme-backend-staging-00527-975",
        ["startup_complete"] = true,
        ["uptime_seconds"] = 4711,
        ["checks"] = Checks(state.Scenario),
    };

    private static JsonObject Checks(Scenario scenario) => scenario switch
    {
        Scenario.Degraded => new()
        {
            ["postgres"] = Component("healthy", 5074),
            ["redis"] = Component("healthy", 12),
            ["clickhouse"] = Component("healthy", 96),
            ["websocket"] = Component("healthy", 3),
        },
        Scenario.Failing => new()
        {
            ["postgres"] = Component("healthy", 5074),
            ["redis"] = Component("failed", null, "connection refused (10.0.0.3:6379)"),
            ["clickhouse"] = Component("healthy", 96),
            ["websocket"] = Component("degraded", 1800, "no factory for the agent bridge"),
        },
        _ => new()
        {
            ["postgres"] = Component("healthy", 14),
            ["redis"] = Component("healthy", 2),
            ["clickhouse"] = Component("healthy", 31),
            ["websocket"] = Component("healthy", 3),
        },
    };

    private static JsonObject Component(string status, double? latency, string? error = null)
    {
        var component = new JsonObject { ["status"] = status };
        if (latency is not null)
            component["latency_ms"] = latency;
        if (error is not null)
            component["error"] = error;
        return component;
    }
}
