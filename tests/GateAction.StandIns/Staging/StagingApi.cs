using System.Text.Json.Nodes;

namespace GateAction.StandIns.Staging;

/// <summary>The service itself: <c>/health</c>, <c>/login</c>, <c>/v1/orders</c> and what a validation report asks about.</summary>
internal static class StagingApi
{
    private const string Password = "correct horse";

    public static void Map(IEndpointRouteBuilder routes, StagingState state)
    {
        routes.Map("/", context => context.Response.WriteAsync("acme staging"));
        routes.Map("/health", context => HealthAsync(context, state));
        routes.Map("/starting", context => StartingAsync(context, state));
        routes.MapPost("/login", context => LoginAsync(context, state));
        routes.MapGet("/v1/orders", context => OrdersAsync(context, state));
        routes.Map("/openapi.json", OpenApiPage.WriteAsync);
        routes.Map("/metrics", context => context.Response.WriteAsync(MetricsPage.Of(state)));
        routes.Map("/echo", EchoAsync);
    }

    public static Task WriteJsonAsync(HttpContext context, JsonNode json, int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json.ToJsonString());
    }

    private static async Task HealthAsync(HttpContext context, StagingState state)
    {
        await Task.Delay(state.Scenario == Scenario.Degraded ? TimeSpan.FromMilliseconds(850) : TimeSpan.FromMilliseconds(4),
            TimeProvider.System, context.RequestAborted);
        await WriteJsonAsync(context, HealthPage.Of(state));
    }

    /// <summary>Starts up while it is asked: ready from the third time on.</summary>
    private static Task StartingAsync(HttpContext context, StagingState state)
    {
        var isReady = state.Next("starting") >= 3;
        return WriteJsonAsync(context, new JsonObject { ["startup_complete"] = isReady }, isReady ? 200 : 503);
    }

    private static async Task LoginAsync(HttpContext context, StagingState state)
    {
        var login = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        if ((string?)login?["password"] != Password)
        {
            await WriteJsonAsync(context, new JsonObject { ["error"] = $"wrong password '{login?["password"]}'" }, 401);
            return;
        }
        context.Response.Headers.SetCookie = new string[] { $"session={state.Token}; HttpOnly; Path=/", "theme=dark" };
        await WriteJsonAsync(context, new JsonObject { ["access_token"] = state.Token, ["token_type"] = "Bearer", ["expires_in"] = 3600 });
    }

    private static Task OrdersAsync(HttpContext context, StagingState state)
    {
        if (context.Request.Headers.Authorization != $"Bearer {state.Token}")
            return WriteJsonAsync(context, new JsonObject { ["error"] = "log in first" }, 401);
        if (state.Scenario == Scenario.Failing)
            return WriteJsonAsync(context, new JsonObject { ["error"] = "redis: connection refused" }, 500);
        var orders = Enumerable.Range(1, 5).Select(id => (JsonNode)new JsonObject { ["id"] = id, ["total"] = id * 10 });
        return WriteJsonAsync(context, new JsonObject { ["orders"] = new JsonArray([.. orders]) });
    }

    /// <summary>Says what was asked, so that a test can see what was sent.</summary>
    private static async Task EchoAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var headers = new JsonObject();
        foreach (var (name, value) in context.Request.Headers)
            headers[name.ToLowerInvariant()] = value.ToString();
        await WriteJsonAsync(context, new JsonObject
        {
            ["method"] = context.Request.Method,
            ["query"] = context.Request.QueryString.ToString(),
            ["protocol"] = context.Request.Protocol,
            ["headers"] = headers,
            ["body"] = await reader.ReadToEndAsync(context.RequestAborted),
        });
    }
}
