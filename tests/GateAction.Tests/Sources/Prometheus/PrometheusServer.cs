using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace GateAction.Tests.Sources.Prometheus;

/// <summary>A real Prometheus on a free port of loopback that scrapes one target every second.</summary>
internal sealed class PrometheusServer : IDisposable
{
    private const string Program = "/usr/bin/prometheus";
    private readonly string _directory = Directory.CreateTempSubdirectory("gate-prometheus-").FullName;
    private readonly Process _process;

    private PrometheusServer(Uri target)
    {
        var port = FreePort();
        Url = new($"http://127.0.0.1:{port}");
        var configuration = Path.Combine(_directory, "prometheus.yml");
        File.WriteAllText(configuration, $$"""
            global: { scrape_interval: 1s }
            scrape_configs:
              - job_name: backend
                static_configs: [{ targets: ["{{target.Authority}}"] }]
            """);
        _process = Process.Start(new ProcessStartInfo(Program)
        {
            ArgumentList = { $"--config.file={configuration}", $"--storage.tsdb.path={_directory}/data",
                $"--web.listen-address=127.0.0.1:{port}", "--log.level=error" },
            RedirectStandardError = true,
        })!;
        _process.BeginErrorReadLine();
    }

    public Uri Url { get; }

    /// <summary>Once it has scraped the target; ignores the test where the machine has no Prometheus.</summary>
    public static async Task<PrometheusServer> StartAsync(Uri target)
    {
        if (!File.Exists(Program))
            Missing.Tool($"{Program} is not installed");
        var server = new PrometheusServer(target);
        using var client = new HttpClient();
        try
        {
            await Eventually.TrueAsync(() => HasScrapedAsync(client, server.Url), "Prometheus scraped its target");
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private static async Task<bool> HasScrapedAsync(HttpClient client, Uri url)
    {
        try
        {
            return (await client.GetStringAsync(new Uri(url, "/api/v1/query?query=http_requests_total"))).Contains("\"500\"");
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
