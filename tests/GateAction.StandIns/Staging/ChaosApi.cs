using System.IO.Compression;
using System.Text;

namespace GateAction.StandIns.Staging;

/// <summary>Answers that are HTTP and still wrong. What breaks the connection itself is in <see cref="ChaosSocket"/>.</summary>
internal static class ChaosApi
{
    public const int HugeBytes = 300 * 1024 * 1024;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.Map("/chaos/status/{status:int}", context =>
            TextAsync(context, "text/plain", "as you wish", int.Parse((string)context.Request.RouteValues["status"]!)));
        routes.Map("/chaos/busy", BusyAsync);
        routes.Map("/chaos/hang", context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted));
        routes.Map("/chaos/hang-in-body", HangInBodyAsync);
        routes.Map("/chaos/drip", DripAsync);
        routes.Map("/chaos/slow/{milliseconds:int}", SlowAsync);
        routes.Map("/chaos/truncated-json", context =>
            TextAsync(context, "application/json", """{"status": "healthy", "checks": {"postgres": """));
        routes.Map("/chaos/twice-json", context => TextAsync(context, "application/json", """{"status": "failed", "status": "healthy"}"""));
        routes.Map("/chaos/nan-json", context => TextAsync(context, "application/json", """{"latency_ms": NaN}"""));
        routes.Map("/chaos/json-as-html", context => TextAsync(context, "text/html", """{"status": "healthy"}"""));
        routes.Map("/chaos/html-as-json", context => TextAsync(context, "application/json", "<html>502 Bad Gateway</html>"));
        routes.Map("/chaos/unknown-charset", context => TextAsync(context, "text/plain; charset=klingon", "healthy"));
        routes.Map("/chaos/latin-1", context => BytesAsync(context, "text/plain; charset=iso-8859-1", Encoding.Latin1.GetBytes("Größe")));
        routes.Map("/chaos/latin-1-as-utf-8", context =>
            BytesAsync(context, "text/plain; charset=utf-8", Encoding.Latin1.GetBytes("Größe")));
        routes.Map("/chaos/empty-body", _ => Task.CompletedTask);
        routes.Map("/chaos/huge", HugeAsync);
        routes.Map("/chaos/size/{bytes:int}", context =>
            BytesAsync(context, "text/plain", [.. Enumerable.Repeat((byte)'x', int.Parse((string)context.Request.RouteValues["bytes"]!))]));
        routes.Map("/chaos/large-json/{bytes:int}", context =>
            TextAsync(context, "application/json", LargeJson(int.Parse((string)context.Request.RouteValues["bytes"]!))));
        routes.Map("/chaos/bomb/{encoding}", context => BombAsync(context, (string)context.Request.RouteValues["encoding"]!));
        routes.Map("/chaos/damaged-gzip", DamagedAsync);
    }

    /// <summary>A status and a list of so many objects that the whole has nearly as many bytes as asked for.</summary>
    private static string LargeJson(int bytes)
    {
        var text = new StringBuilder("""{"status": "healthy", "items": [0""", bytes);
        for (var index = 1; text.Length < bytes - 100; index++)
            text.Append($$"""
                , {"id": {{index}}, "name": "item number {{index}}", "ok": true}
                """);
        return text.Append("]}").ToString();
    }

    private static Task TextAsync(HttpContext context, string contentType, string text, int status = 200)
    {
        context.Response.StatusCode = status;
        return BytesAsync(context, contentType, Encoding.UTF8.GetBytes(text));
    }

    private static Task BytesAsync(HttpContext context, string contentType, byte[] bytes)
    {
        context.Response.ContentType = contentType;
        context.Response.ContentLength = bytes.Length;
        return context.Response.Body.WriteAsync(bytes, 0, bytes.Length);
    }

    private static Task BusyAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "3";
        return TextAsync(context, "application/json", """{"error": "too many requests"}""", 429);
    }

    private static async Task HangInBodyAsync(HttpContext context)
    {
        await context.Response.WriteAsync("""{"status": "healthy",""");
        await context.Response.Body.FlushAsync();
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
    }

    private static async Task DripAsync(HttpContext context)
    {
        while (!context.RequestAborted.IsCancellationRequested)
        {
            await context.Response.WriteAsync(" ");
            await context.Response.Body.FlushAsync();
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, context.RequestAborted);
        }
    }

    private static async Task SlowAsync(HttpContext context)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(int.Parse((string)context.Request.RouteValues["milliseconds"]!)), TimeProvider.System,
            context.RequestAborted);
        await TextAsync(context, "application/json", """{"status": "healthy"}""");
    }

    private static async Task HugeAsync(HttpContext context)
    {
        context.Response.ContentType = "text/plain";
        var block = new byte[64 * 1024];
        Array.Fill(block, (byte)'x');
        for (var sent = 0; sent < HugeBytes && !context.RequestAborted.IsCancellationRequested; sent += block.Length)
            await context.Response.Body.WriteAsync(block, context.RequestAborted);
    }

    /// <summary>A few hundred kilobytes that unpack to 300 MB.</summary>
    private static async Task BombAsync(HttpContext context, string encoding)
    {
        context.Response.ContentType = "application/json";
        context.Response.Headers.ContentEncoding = encoding;
        await using Stream packed = encoding switch
        {
            "br" => new BrotliStream(context.Response.Body, CompressionLevel.Fastest, leaveOpen: true),
            "deflate" => new ZLibStream(context.Response.Body, CompressionLevel.Fastest, leaveOpen: true),
            _ => new GZipStream(context.Response.Body, CompressionLevel.Fastest, leaveOpen: true),
        };
        var block = new byte[64 * 1024];
        for (var sent = 0; sent < HugeBytes && !context.RequestAborted.IsCancellationRequested; sent += block.Length)
            await packed.WriteAsync(block, context.RequestAborted);
    }

    private static Task DamagedAsync(HttpContext context)
    {
        context.Response.Headers.ContentEncoding = "gzip";
        return BytesAsync(context, "application/json", [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xff, 0xff, 0xff, 1, 2, 3]);
    }
}
