using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace GateAction.StandIns.Staging;

/// <summary>A service behind every login that goes over plain HTTP: a token, a password, a form that sets a cookie, and the token of an
/// OAuth 2.0 server, which it is too.</summary>
internal sealed class LoginServer : IAsyncDisposable
{
    public const string ApiToken = "api-t0ken-1f2e3d4c";
    public const string Password = "c0rrect-horse-battery";
    public const string ClientSecret = "cl1ent-secret-9a8b7c";
    private const string Issued = "issued-t0ken-55aa66bb";
    private const string Session = "sid=5e551on0a1b2c3d4";

    private readonly WebApplication _application;

    private LoginServer()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        builder.Logging.ClearProviders();
        _application = builder.Build();
        _application.UseWebSockets();
        _application.MapGet("/v1/orders", context => AnswerAsync(context, Has(context, "Authorization", $"Bearer {ApiToken}")));
        _application.MapGet("/admin", context => AnswerAsync(context, Has(context, "Authorization", Basic("ci", Password))));
        _application.MapGet("/v1/reports", context => AnswerAsync(context, Has(context, "Authorization", $"Bearer {Issued}")));
        _application.MapGet("/basket", context => AnswerAsync(context, Has(context, "Cookie", Session)));
        _application.MapPost("/login", LogInAsync);
        _application.MapPost("/oauth/token", context => Has(context, "Authorization", Basic("gate", ClientSecret))
            ? context.Response.WriteAsync($$"""{"access_token": "{{Issued}}", "token_type": "Bearer", "expires_in": 300}""")
            : AnswerAsync(context, isAllowed: false));
        _application.Map("/ws", ChatAsync);
    }

    public Uri Url { get; private set; } = null!;

    public static async Task<LoginServer> StartAsync()
    {
        var server = new LoginServer();
        await server._application.StartAsync();
        var addresses = server._application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
        server.Url = new Uri(addresses!.Addresses.Single());
        return server;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static bool Has(HttpContext context, string header, string value) => context.Request.Headers[header] == value;

    private static string Basic(string user, string password) =>
        $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))}";

    private static async Task AnswerAsync(HttpContext context, bool isAllowed)
    {
        context.Response.StatusCode = isAllowed ? 200 : 401;
        await context.Response.WriteAsync(isAllowed ? """{"status": "yours"}""" : """{"status": "not yours"}""");
    }

    private static async Task LogInAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        var isAllowed = form["user"] == "smoke" && form["password"] == Password;
        if (isAllowed)
            context.Response.Headers.SetCookie = $"{Session}; HttpOnly; Path=/";
        await AnswerAsync(context, isAllowed);
    }

    private static async Task ChatAsync(HttpContext context)
    {
        if (!Has(context, "Cookie", Session))
        {
            await AnswerAsync(context, isAllowed: false);
            return;
        }
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        await socket.ReceiveAsync(new byte[1024], context.RequestAborted);
        await socket.SendAsync("""{"type": "pong"}"""u8.ToArray(), WebSocketMessageType.Text, true, context.RequestAborted);
    }
}
