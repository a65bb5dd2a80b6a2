namespace GateAction.StandIns.Google;

/// <summary>Google's managed Prometheus: the query API below a project's path. Every expression has the value 0.42.</summary>
internal static class MonitoringEndpoints
{
    private const string Answer =
        """{"status":"success","data":{"resultType":"vector","result":[{"metric":{"job":"backend"},"value":[1789000000.5,"0.42"]}]}}""";

    public static void Map(WebApplication app, GoogleStandIn google) =>
        app.MapPost("/v1/projects/{project}/location/global/prometheus/api/v1/query", (HttpContext context, string project) =>
            google.Refuse(context, "monitoring.timeSeries.list", $"projects/{project}", "monitoring.googleapis.com")
            ?? HttpResults.Text(Answer, "application/json"));
}
