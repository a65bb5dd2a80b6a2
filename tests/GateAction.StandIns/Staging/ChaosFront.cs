using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace GateAction.StandIns.Staging;

/// <summary>A server that misbehaves in one way whatever it is asked: what an API does whose paths the caller does not choose.</summary>
internal sealed class ChaosFront : IAsyncDisposable
{
    private readonly WebApplication _application;

    private ChaosFront(WebApplication application) => _application = application;

    public Uri Url => new(_application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <param name="path">The path of <see cref="ChaosApi"/> or <see cref="RedirectApi"/> that every request is answered by.</param>
    /// <param name="body">Answered with status 200 as JSON where a path is not given.</param>
    public static async Task<ChaosFront> StartAsync(string? path, string body = "")
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        builder.Logging.ClearProviders();
        var application = builder.Build();
        if (path is null)
            application.Run(context => AnswerAsync(context, body));
        else
            Forward(application, path);
        await application.StartAsync();
        return new(application);
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(0);
        await _application.StopAsync(now.Token);
        await _application.DisposeAsync();
    }

    private static Task AnswerAsync(HttpContext context, string body)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body);
    }

    private static void Forward(WebApplication application, string path)
    {
        var (to, query) = path.Split('?', 2) is [var only] ? (only, "") : (path.Split('?', 2)[0], "?" + path.Split('?', 2)[1]);
        application.Use((context, next) =>
        {
            (context.Request.Path, context.Request.QueryString) = (to, new QueryString(query));
            return next();
        });
        application.UseRouting();
        ChaosApi.Map(application);
        RedirectApi.Map(application);
    }
}
