using System.Globalization;
using System.Text;

namespace GateAction.StandIns.GitHub;

/// <summary>Records every request, and lets those fail that a fault was set for: before or after they were done.</summary>
internal sealed class FaultMiddleware(GitHubStandIn standIn)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var request = standIn.Record(
            context.Request.Method,
            context.Request.Path,
            context.Request.QueryString.Value ?? "",
            await ReadBodyAsync(context),
            context.Request.Headers.Authorization.ToString().Split(' ')[^1]);
        var fault = standIn.TakeFault(request);
        if (standIn.Turn is { } turn)
            request.Fault = fault = await turn(request) ?? fault;
        if (fault is not null && await FailBeforeAsync(context, fault.Value))
        {
            request.Status = context.Response.StatusCode;
            return;
        }
        var answer = await RunAsync(context, next);
        request.Status = context.Response.StatusCode;
        request.Answer = Encoding.UTF8.GetString(answer);
        await AnswerAsync(context, answer, fault);
    }

    private static async Task<string> ReadBodyAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        body.Position = 0;
        context.Request.Body = new MemoryStream(body.ToArray());
        return Encoding.UTF8.GetString(body.ToArray());
    }

    private static async Task<byte[]> RunAsync(HttpContext context, RequestDelegate next)
    {
        var outside = context.Response.Body;
        using var buffer = new MemoryStream();
        context.Response.Body = buffer;
        await next(context);
        context.Response.Body = outside;
        return buffer.ToArray();
    }

    /// <summary>True where the request is not to be done.</summary>
    private async Task<bool> FailBeforeAsync(HttpContext context, FaultKind fault)
    {
        switch (fault)
        {
            case FaultKind.ResetBeforeTheWrite:
                context.Abort();
                return true;
            case FaultKind.TimeoutBeforeTheWrite:
                await HangAsync(context);
                return true;
            case FaultKind.TooManyRequests or FaultKind.SecondaryLimit:
                context.Response.Headers.RetryAfter = standIn.RetryAfter.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
                break;
            case FaultKind.PrimaryLimit:
                context.Response.Headers["x-ratelimit-remaining"] = "0";
                context.Response.Headers["x-ratelimit-reset"] = standIn.Time.GetUtcNow().AddSeconds(2).ToUnixTimeSeconds()
                    .ToString(CultureInfo.InvariantCulture);
                break;
        }
        if (ErrorOf(fault) is not { } error)
            return false;
        await error.ExecuteAsync(context);
        return true;
    }

    private static IResult? ErrorOf(FaultKind fault) => fault switch
    {
        FaultKind.ServerError => Errors.Of(500, "Server Error"),
        FaultKind.BadGateway => Errors.Html(502),
        FaultKind.Unavailable => Errors.Html(503),
        FaultKind.TooManyRequests => Errors.Of(429, "API rate limit exceeded"),
        FaultKind.PrimaryLimit => Errors.Of(403, "API rate limit exceeded for installation ID 1."),
        FaultKind.SecondaryLimit =>
            Errors.Of(403, "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."),
        FaultKind.BadCredentials => Errors.BadCredentials,
        FaultKind.NotAccessible => Errors.NotAccessible,
        FaultKind.NotFound => Errors.NotFound,
        _ => null,
    };

    private async Task AnswerAsync(HttpContext context, byte[] answer, FaultKind? fault)
    {
        switch (fault)
        {
            case FaultKind.ResetAfterTheWrite:
                context.Abort();
                return;
            case FaultKind.TimeoutAfterTheWrite:
                await HangAsync(context);
                return;
            case FaultKind.MalformedJson:
                context.Response.ContentLength = null;
                await context.Response.Body.WriteAsync(answer.AsMemory(0, answer.Length / 2));
                return;
            case FaultKind.WrongContentType:
                context.Response.ContentLength = null;
                context.Response.ContentType = "text/html";
                await context.Response.WriteAsync("<!DOCTYPE html><title>Unicorn!</title>");
                return;
            default:
                await context.Response.Body.WriteAsync(answer);
                return;
        }
    }

    private async Task HangAsync(HttpContext context)
    {
        standIn.Hanging?.Invoke();
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
    }
}
