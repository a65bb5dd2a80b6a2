namespace GateAction.StandIns.Google;

/// <summary>The Cloud Run Admin API v2: <c>services.get</c> and <c>services.revisions.get</c>.</summary>
internal static class RunEndpoints
{
    public static void Map(WebApplication app, GoogleStandIn google)
    {
        app.MapGet("/v2/projects/{project}/locations/{location}/services/{service}", (HttpContext context) =>
            Get(google, context, "run.services.get"));
        app.MapGet("/v2/projects/{project}/locations/{location}/services/{service}/revisions/{revision}", (HttpContext context) =>
            Get(google, context, "run.revisions.get"));
    }

    private static IResult Get(GoogleStandIn google, HttpContext context, string permission)
    {
        var name = context.Request.Path.Value!["/v2/".Length..];
        return google.Refuse(context, permission, name, "run.googleapis.com")
            ?? (google.Resources.TryGetValue(name, out var resource)
                ? HttpResults.Text(resource.ToJsonString(), "application/json; charset=UTF-8")
                : GoogleErrors.NotFound(name));
    }
}
