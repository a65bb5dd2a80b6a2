namespace GateAction.StandIns.Examples;

/// <summary>Serves the pages of an example, and of the service behind them nothing but its WebSocket.</summary>
internal static class ExamplePages
{
    public static async Task ServeAsync(string folder, HttpContext context, RequestDelegate next)
    {
        var path = context.Request.Path.Value!.Trim('/');
        if (path == "ws")
        {
            await next(context);
            return;
        }
        var page = Candidates(path).Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        context.Response.StatusCode = page is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
        context.Response.ContentType = page?.EndsWith(".html", StringComparison.Ordinal) == true
            ? "text/html; charset=utf-8"
            : "application/json";
        if (page is not null)
            await context.Response.SendFileAsync(page, context.RequestAborted);
    }

    private static string[] Candidates(string path) => path.Length == 0 ? ["index.html"] : [path, $"{path}.json", $"{path}/index.html"];
}
