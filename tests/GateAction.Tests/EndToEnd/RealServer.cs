using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace GateAction.Tests.EndToEnd;

/// <summary>A server of the distribution on a free port of loopback, as people have them before and behind their services.</summary>
internal sealed class RealServer : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gate-server-").FullName;
    private readonly Process _process;

    private RealServer(string program, Func<int, string, string> configure, string arguments)
    {
        var port = FreePort();
        Url = new($"http://127.0.0.1:{port}");
        File.WriteAllText(Path.Combine(_folder, "server.conf"), configure(port, _folder));
        _process = Process.Start(new ProcessStartInfo(program, arguments
            .Replace("FOLDER", _folder, StringComparison.Ordinal)
            .Replace("PORT", $"{port}", StringComparison.Ordinal))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public Uri Url { get; }

    /// <summary>True where the distribution's servers are there.</summary>
    public static bool AreInstalled => File.Exists("/usr/sbin/nginx") && File.Exists("/usr/sbin/haproxy");

    /// <summary>An nginx that hands on to a service, WebSockets too.</summary>
    public static Task<RealServer> NginxAsync(Uri behind) => StartAsync(new("/usr/sbin/nginx", (port, folder) => $$"""
        daemon off; master_process off; pid {{folder}}/nginx.pid; error_log {{folder}}/error.log;
        events { worker_connections 256; }
        http {
          access_log off; keepalive_requests 100000;
          client_body_temp_path {{folder}}/a; proxy_temp_path {{folder}}/b;
          fastcgi_temp_path {{folder}}/c; uwsgi_temp_path {{folder}}/d; scgi_temp_path {{folder}}/e;
          map $http_upgrade $connection_upgrade { default upgrade; "" ""; }
          upstream service { server {{behind.Authority}}; keepalive 16; keepalive_requests 100000; }
          server {
            listen 127.0.0.1:{{port}};
            location / {
              proxy_pass http://service; proxy_http_version 1.1; proxy_set_header Host $http_host;
              proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_upgrade;
            }
          }
        }
        """, "-e stderr -c FOLDER/server.conf"));

    /// <summary>A haproxy before a service.</summary>
    public static Task<RealServer> HaproxyAsync(Uri behind) => StartAsync(new("/usr/sbin/haproxy", (port, _) => $$"""
        global
          maxconn 256
        defaults
          mode http
          timeout connect 5s
          timeout client 60s
          timeout server 60s
          timeout tunnel 60s
        frontend front
          bind 127.0.0.1:{{port}}
          default_backend service
        backend service
          server one {{behind.Authority}}

        """, "-db -f FOLDER/server.conf"));

    /// <summary>A forward proxy, as <c>HTTP_PROXY</c> names one.</summary>
    public static Task<RealServer> TinyproxyAsync()
    {
        if (!File.Exists("/usr/bin/tinyproxy"))
            Missing.Tool("tinyproxy is not installed");
        return StartAsync(new("/usr/bin/tinyproxy",
            (port, _) => $"Port {port}\nListen 127.0.0.1\nAllow 127.0.0.1\nTimeout 60\nMaxClients 50\nLogLevel Error\n",
            "-d -c FOLDER/server.conf"));
    }

    /// <summary>A Prometheus that scrapes one target every second, once it has.</summary>
    public static async Task<RealServer> PrometheusAsync(Uri target)
    {
        const string Program = "/usr/bin/prometheus";
        if (!File.Exists(Program))
            Missing.Tool($"{Program} is not installed");
        using var client = new HttpClient();
        return await StartAsync(
            new(Program, (_, _) => $$"""
                global: { scrape_interval: 1s }
                scrape_configs:
                  - job_name: backend
                    static_configs: [{ targets: ["{{target.Authority}}"] }]
                """, "--config.file=FOLDER/server.conf --storage.tsdb.path=FOLDER/data --web.listen-address=127.0.0.1:PORT --log.level=error"),
            server => HasScrapedAsync(client, server.Url));
    }

    private static async Task<RealServer> StartAsync(RealServer server, Func<RealServer, Task<bool>>? isReady = null)
    {
        try
        {
            await Eventually.TrueAsync(
                () => isReady?.Invoke(server) ?? IsOpenAsync(server.Url.Port), $"{server._process.StartInfo.FileName} is ready");
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
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<bool> IsOpenAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
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
