using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace GateAction.Demo.Staging;

/// <summary>A server that speaks first, as mail servers do, over TLS where it has a certificate; null as banner accepts and says nothing.</summary>
internal sealed class BannerServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly string? _banner;
    private readonly X509Certificate2? _certificate;

    public BannerServer(string? banner, X509Certificate2? certificate = null)
    {
        _banner = banner;
        _certificate = certificate;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await using var stream = await OpenAsync(client);
                if (_banner is not null)
                    await stream.WriteAsync(Encoding.UTF8.GetBytes(_banner));
                var buffer = new byte[1024];
                while (await stream.ReadAsync(buffer) is > 0 and var read)
                    await stream.WriteAsync(buffer.AsMemory(0, read));
            }
            catch (Exception exception) when (exception is IOException or System.Security.Authentication.AuthenticationException)
            {
            }
        }
    }

    private async Task<Stream> OpenAsync(TcpClient client)
    {
        if (_certificate is null)
            return client.GetStream();
        var stream = new SslStream(client.GetStream());
        await stream.AuthenticateAsServerAsync(_certificate);
        return stream;
    }
}
