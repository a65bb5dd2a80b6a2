using System.Net;
using System.Security.Cryptography.X509Certificates;
using Grpc.Health.V1;
using Grpc.HealthCheck;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace GateAction.StandIns.Staging;

/// <summary>
/// A server of gRPC with its health service, as .NET's own is: over HTTP/2 without TLS, or with. What the package lacks (<c>List</c>), and
/// what no server should answer, is answered by a function.
/// </summary>
internal sealed class GrpcServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly HealthServiceImpl _health = new();
    private readonly List<IReadOnlyDictionary<string, string>> _asked = [];

    private GrpcServer(X509Certificate2? certificate, Func<HttpContext, Task>? answer, string? socket)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            if (socket is not null)
                options.ListenUnixSocket(socket, listen => listen.Protocols = HttpProtocols.Http2);
            else
                options.Listen(IPAddress.Loopback, 0, listen =>
                {
                    listen.Protocols = HttpProtocols.Http2;
                    if (certificate is not null)
                        listen.UseHttps(certificate);
                });
        });
        if (certificate is not null)
            builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(_health);
        builder.Logging.ClearProviders();
        _application = builder.Build();
        _application.Use((context, next) =>
        {
            lock (_asked)
                _asked.Add(context.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header =>
                    header.Value.ToString()));
            return answer is null ? next(context) : answer(context);
        });
        _application.UseRouting();
        _application.MapGrpcService<HealthServiceImpl>();
    }

    public Uri Url { get; private set; } = new("http://localhost/");

    /// <summary>The metadata of each call.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Asked => _asked;

    /// <param name="answer">Answers in place of the health service.</param>
    /// <param name="socket">Where it listens, in place of a port.</param>
    public static async Task<GrpcServer> StartAsync(X509Certificate2? certificate = null, Func<HttpContext, Task>? answer = null,
        string? socket = null)
    {
        var server = new GrpcServer(certificate, answer, socket);
        await server._application.StartAsync();
        if (socket is null)
            server.Url = new Uri(server._application.Services.GetRequiredService<IServer>().Features
                .Get<IServerAddressesFeature>()!.Addresses.Single());
        return server;
    }

    /// <summary>The status of one service; of the server as a whole that of the empty name.</summary>
    public void Set(string service, bool isServing) => _health.SetStatus(service,
        isServing ? HealthCheckResponse.Types.ServingStatus.Serving : HealthCheckResponse.Types.ServingStatus.NotServing);

    /// <summary>Answers with these messages, then with this status.</summary>
    public static async Task AnswerAsync(HttpContext context, int status, string? text, params IReadOnlyList<byte[]> messages)
    {
        context.Response.ContentType = "application/grpc";
        context.Response.Headers["x-from"] = "stand-in";
        foreach (var message in messages)
            await context.Response.Body.WriteAsync((byte[])[0, 0, 0, (byte)(message.Length >> 8), (byte)message.Length, .. message]);
        context.Response.AppendTrailer("grpc-status", $"{status}");
        context.Response.AppendTrailer("x-after", "trailer");
        if (text is not null)
            context.Response.AppendTrailer("grpc-message", text);
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(0);
        await _application.StopAsync(now.Token);
        await _application.DisposeAsync();
    }
}
