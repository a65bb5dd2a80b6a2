using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace GateAction.StandIns.Staging;

/// <summary>A server that speaks first, as mail servers do, over TLS where it has a certificate; null as banner accepts and says
/// nothing.</summary>
internal sealed class BannerServer : IDisposable
{
    private readonly LoopbackListener _listener;
    private readonly string? _banner;
    private readonly X509Certificate2? _certificate;

    public BannerServer(string? banner, X509Certificate2? certificate = null)
    {
        _banner = banner;
        _certificate = certificate;
        _listener = new LoopbackListener(ServeAsync);
    }

    public int Port => _listener.EndPoint.Port;

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync(TcpClient client)
    {
        await using var stream = await OpenAsync(client);
        if (_banner is not null)
            await stream.WriteAsync(Encoding.UTF8.GetBytes(_banner));
        var buffer = new byte[1024];
        while (await stream.ReadAsync(buffer) is > 0 and var read)
            await stream.WriteAsync(buffer.AsMemory(0, read));
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
