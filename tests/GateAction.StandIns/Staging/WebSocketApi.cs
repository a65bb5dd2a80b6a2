using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Connections;

namespace GateAction.StandIns.Staging;

/// <summary><c>/ws</c>, the chat of the service, and <c>/ws/…</c>, every way in which a WebSocket can misbehave.</summary>
internal static class WebSocketApi
{
    private static readonly string[] Steps = ["agent_started", "agent_thinking", "tool_executing"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.Map("/ws", context => AcceptAsync(context, ChatAsync, "chat.v2"));
        routes.Map("/ws/closing", context =>
            AcceptAsync(context, socket => socket.CloseOutputAsync(WebSocketCloseStatus.InternalServerError, "no factory", default)));
        routes.Map("/ws/aborting", context => AcceptAsync(context, _ => AbortAsync(context)));
        routes.Map("/ws/silent", context => AcceptAsync(context, socket => ReadAsync(socket, _ => Task.CompletedTask)));
        routes.Map("/ws/large", context => AcceptAsync(context, LargeAsync));
        routes.Map("/ws/drip", context => AcceptAsync(context, DripAsync));
        routes.Map("/ws/text", context => AcceptAsync(context, socket => SendAsync(socket, context.Request.Query["say"]!)));
        routes.Map("/ws/binary", context =>
            AcceptAsync(context, socket =>
            socket.SendAsync(new ArraySegment<byte>([1, 2, 3]), WebSocketMessageType.Binary, true, default)));
        routes.Map("/ws/flood", context => AcceptAsync(context, FloodAsync));
        routes.Map("/ws/status/{status:int}", context => Refuse(context));
        routes.Map("/ws/redirect", context => Redirect(context));
        routes.Map("/ws/hanging", context => Task.Delay(Timeout.Infinite, context.RequestAborted));
    }

    private static async Task AcceptAsync(HttpContext context, Func<WebSocket, Task> serve, string? subprotocol = null)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            return;
        }
        var chosen = context.WebSockets.WebSocketRequestedProtocols.Contains(subprotocol!) ? subprotocol : null;
        using var socket = await context.WebSockets.AcceptWebSocketAsync(chosen);
        try
        {
            await serve(socket);
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "bye", default);
            if (socket.State == WebSocketState.CloseSent)
                await ReadAsync(socket, _ => Task.CompletedTask);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or ConnectionAbortedException)
        {
        }
    }

    /// <summary>Knows hello, ping and run; a run reports what it does before it is finished.</summary>
    private static Task ChatAsync(WebSocket socket) => ReadAsync(socket, async text =>
    {
        switch ((string?)JsonNode.Parse(text)?["type"])
        {
            case "hello":
                await SendAsync(socket, """{"type":"welcome"}""");
                break;
            case "ping":
                await SendAsync(socket, """{"type":"pong"}""");
                break;
            case "run":
                foreach (var step in Steps)
                    await SendAsync(socket, $$"""{"type":"{{step}}"}""");
                await SendAsync(socket, """{"type":"finished","ok":true}""");
                break;
            default:
                await SendAsync(socket, """{"type":"error"}""");
                break;
        }
    });

    private static async Task AbortAsync(HttpContext context)
    {
        await Task.Yield();
        context.Abort();
    }

    private static async Task LargeAsync(WebSocket socket)
    {
        var part = new byte[1 << 20];
        Array.Fill(part, (byte)'x');
        for (var i = 0; i < 300; i++)
            await socket.SendAsync(part, WebSocketMessageType.Text, endOfMessage: i == 299, default);
    }

    private static async Task DripAsync(WebSocket socket)
    {
        for (var i = 0; i < 600; i++)
        {
            await socket.SendAsync("x"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: false, default);
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, CancellationToken.None);
        }
    }

    private static async Task FloodAsync(WebSocket socket)
    {
        for (var i = 0; i < 5000; i++)
            await SendAsync(socket, $$"""{"n":{{i}},"noise":"{{new string('x', 2000)}}"}""");
    }

    private static Task Refuse(HttpContext context)
    {
        context.Response.StatusCode = int.Parse((string)context.Request.RouteValues["status"]!);
        context.Response.Headers.RetryAfter = "1";
        return context.Response.WriteAsync("no");
    }

    private static Task Redirect(HttpContext context)
    {
        context.Response.Redirect(context.Request.Query["to"]!);
        return Task.CompletedTask;
    }

    private static async Task ReadAsync(WebSocket socket, Func<string, Task> onMessage)
    {
        var buffer = new byte[64 * 1024];
        while (await socket.ReceiveAsync(buffer, default) is { MessageType: not WebSocketMessageType.Close } message)
            await onMessage(Encoding.UTF8.GetString(buffer, 0, message.Count));
    }

    private static Task SendAsync(WebSocket socket, string text) =>
        socket.SendAsync(new ArraySegment<byte>(Encoding.UTF8.GetBytes(text)), WebSocketMessageType.Text, true, default);
}
