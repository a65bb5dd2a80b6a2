using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using GateAction.StandIns.Examples;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace GateAction.StandIns.Staging;

/// <summary>A staging environment on loopback: a health page, a login and orders behind it, and every way in which a server can
/// misbehave.</summary>
internal sealed class StagingServer : IAsyncDisposable
{
    private readonly WebApplication? _application;

    private StagingServer(WebApplication? application, Uri url, StagingState state)
    {
        _application = application;
        Url = url;
        State = state;
    }

    /// <summary>Such as <c>http://127.0.0.1:40123</c>, without a slash at the end.</summary>
    public Uri Url { get; }

    /// <summary>What was asked of it so far.</summary>
    public StagingState State { get; }

    public static Task<StagingServer> StartAsync(Scenario scenario, string gitSha = "0000000000000000000000000000000000000000") =>
        StartAsync(new StagingState(scenario, gitSha), certificate: null);

    /// <summary>Over TLS with HTTP/2 and HTTP/1.1 where a certificate is given.</summary>
    public static async Task<StagingServer> StartAsync(StagingState state, X509Certificate2? certificate,
        HttpProtocols protocols = HttpProtocols.Http1AndHttp2)
    {
        if (state.Scenario == Scenario.Unreachable)
            return new StagingServer(null, UrlWithoutListener(), state);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => Listen(options, certificate, protocols));
        if (certificate is not null)
            builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.AddRoutingCore();
        builder.Logging.ClearProviders();
        var application = builder.Build();
        application.UseWebSockets();
        application.Use(state.CountAsync);
        if (state.Pages is { } pages)
            application.Use((context, next) => ExamplePages.ServeAsync(pages, context, next));
        application.UseRouting();
        StagingApi.Map(application, state);
        ChaosApi.Map(application);
        RedirectApi.Map(application);
        WebSocketApi.Map(application);
        await application.StartAsync();
        return new StagingServer(application, AddressOf(application), state);
    }

    public async ValueTask DisposeAsync()
    {
        if (_application is null)
            return;
        using var now = new CancellationTokenSource(0);
        await _application.StopAsync(now.Token);
        await _application.DisposeAsync();
    }

    private static void Listen(KestrelServerOptions options, X509Certificate2? certificate, HttpProtocols protocols)
    {
        options.AddServerHeader = false;
        options.Limits.MinResponseDataRate = null;
        options.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = certificate is null && protocols == HttpProtocols.Http1AndHttp2 ? HttpProtocols.Http1 : protocols;
            if (certificate is not null)
                listen.UseHttps(certificate);
        });
    }

    private static Uri AddressOf(WebApplication application) =>
        new(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    private static Uri UrlWithoutListener()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://{listener.LocalEndpoint}");
    }
}
