namespace GateAction.StandIns.Staging;

/// <summary><c>/redirect/to?url=…&amp;status=…</c>, <c>/redirect/loop</c> and <c>/redirect/hops/3</c>.</summary>
internal static class RedirectApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.Map("/redirect/to", context =>
            Redirect(context, context.Request.Query["url"]!, int.TryParse(context.Request.Query["status"], out var status) ? status : 302));
        routes.Map("/redirect/loop", context => Redirect(context, "/redirect/loop", 302));
        routes.Map("/redirect/hops/{count:int}", context =>
        {
            var count = int.Parse((string)context.Request.RouteValues["count"]!);
            return Redirect(context, count == 1 ? "/echo" : $"/redirect/hops/{count - 1}", 302);
        });
    }

    private static Task Redirect(HttpContext context, string url, int status)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Location = url;
        return Task.CompletedTask;
    }
}
