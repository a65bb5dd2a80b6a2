using System.Text;
using GateAction.Http;
using GateAction.Sources.Http;

namespace GateAction.Sources.Sockets;

/// <summary>One connection of a <see cref="TcpProbe"/>, within its timeout.</summary>
internal sealed class TcpExchange(TcpProbe probe, Endpoint endpoint, ProbeContext context)
{
    private const int MostBanner = 16 * 1024;

    /// <summary>In TLS 1.3 a server refuses a client after the handshake: one that does not show its certificate, for instance.</summary>
    private static readonly TimeSpan LateRefusal = TimeSpan.FromMilliseconds(500);

    private TcpMeasured _measured = new(IsConnected: true) { IsRefused = probe.ExpectsRefusal ? false : null };
    private TlsTrust? _trust;
    private TlsSession? _session;
    private string _step = "no connection";

    public Task<ProbeResult> RunAsync(CancellationToken cancellation) => ServerConnection.TalkAsync(
        endpoint, probe.Options, context,
        async token =>
        {
            await using var stream = await OpenAsync(token);
            if (probe is { Expect: not null, ExpectsRefusal: false })
                await ListenAsync(stream, cancellation, token);
            else if (probe.Tls)
                await AwaitRefusalAsync(stream, token);
            return new ProbeResult(TcpMeasured.Facts.Of(_measured));
        },
        () => _step,
        cancellation);

    private async Task<Stream> OpenAsync(CancellationToken cancellation)
    {
        var (plain, address, latency) = await ServerConnection.OpenAsync(endpoint, context.Time, cancellation);
        _measured = _measured with { Latency = latency, Address = address };
        if (!probe.Tls)
            return plain;
        _step = "the TLS handshake was not finished";
        var started = context.Time.GetTimestamp();
        var name = probe.ServerName is null ? endpoint.Host : context.Expand(probe.ServerName);
        var (stream, session) =
            await TlsConnection.OpenAsync(plain, name, endpoint.ToString(), _trust = probe.Trust.In(context), cancellation);
        _measured = _measured with { Handshake = context.Time.GetElapsedTime(started), Tls = TlsRead.Of(session, context) };
        _session = session;
        return stream;
    }

    /// <summary>An alert, or a connection that is cut off; silence, a word or a close are those of a server that is there.</summary>
    private async Task AwaitRefusalAsync(Stream stream, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(LateRefusal, context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            if (await stream.ReadAsync(new byte[1], either.Token) == 0 && _session is { AsksForCertificate: true })
                throw ClosedOver(_session, null);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            // It says nothing: it is connected.
        }
        catch (IOException exception)
        {
            throw LateFault(exception);
        }
    }

    private NetworkException LateFault(IOException exception) =>
        _session is { AsksForCertificate: true } ? ClosedOver(_session, exception)
        : TlsFaults.IsAlert(exception) ? TlsFaults.From(exception, endpoint.ToString())
        : NetworkFaults.From(exception, endpoint.ToString());

    private NetworkException ClosedOver(TlsSession session, Exception? exception) => _trust?.Client is { } client
        ? TlsFaults.OfClient(exception, client, endpoint.ToString(), session)
            ?? TlsFaults.ClosedOver(client, endpoint.ToString(), exception, session)
        : TlsFaults.ClientCertificateMissing(endpoint.ToString(), exception, session);

    /// <summary>Reads until what came fits, the server ends, or the time is over: each is a measurement of a server that is
    /// there.</summary>
    private async Task ListenAsync(Stream stream, CancellationToken stop, CancellationToken cancellation)
    {
        var buffer = new byte[MostBanner];
        var length = 0;
        var fits = false;
        try
        {
            if (probe.Send is not null)
                await stream.WriteAsync(Encoding.UTF8.GetBytes(context.Expand(probe.Send)), cancellation);
            while (!fits && length < buffer.Length && await stream.ReadAsync(buffer.AsMemory(length), cancellation) is > 0 and var read)
            {
                length += read;
                // All that came so far, each time: what is waited for may lie across two pieces.
                fits = probe.Expect!.IsIn(Encoding.UTF8.GetString(buffer, 0, length));
            }
        }
        // Over TLS 1.3 a client that is refused learns it only when it reads.
        catch (IOException exception) when (probe.Tls && length == 0)
        {
            throw LateFault(exception);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException && !stop.IsCancellationRequested)
        {
            // What it said until then is what is measured.
        }
        _measured = _measured with { Banner = Encoding.UTF8.GetString(buffer, 0, length), IsAsExpected = fits };
    }
}
