using System.Net.Sockets;

namespace GateAction.Http;

/// <summary>
/// A connection as HTTP is spoken over it, after TLS. Sees in which protocol the server speaks, and whether more came than the answer to a
/// request.
/// </summary>
/// <param name="socket">The socket itself if there is no TLS.</param>
/// <param name="handshake">What lies below TLS; null if there is none, or it begins behind a proxy.</param>
internal sealed class WireStream(Stream inner, Socket? socket, HandshakeStream? handshake) : WatchedStream(inner)
{
    private readonly byte[] _first = new byte[16];
    private int _firstLength;
    private RequestWatch? _asker;
    private long _received;
    private AnswerHead _head;

    /// <summary>True if the server begins with a frame of HTTP/2: SETTINGS, or the GOAWAY that refuses what it was sent.</summary>
    public bool SpeaksHttp2 =>
        // RFC 9113, 4.1: length in three bytes, type, flags, stream. These frames are short, and of stream 0: the connection itself.
        _firstLength >= 9 && _first[3] is 4 or 7 && _first[4] <= 1 && _first.AsSpan(0, 2).IndexOfAnyExcept((byte)0) < 0
        && _first.AsSpan(5, 4).IndexOfAnyExcept((byte)0) < 0;

    public bool SpeaksHttp1 => _first.AsSpan(0, _firstLength).StartsWith("HTTP/1."u8);

    public bool IsSilent => _firstLength == 0;

    /// <summary>Null without TLS.</summary>
    public TlsSession? Session { get; set; }

    /// <summary>True if the end of the connection need not be the end of what the server wanted to say (RFC 9112, 9.8).</summary>
    public bool MayBeCut => handshake is { EndsAsSaid: false };

    /// <summary>True if more came than head and body of the answer to this request; of HTTP/1.1 only.</summary>
    public bool HasMoreThan(RequestWatch asker, long body) =>
        ReferenceEquals(_asker, asker) && _head.Length is { } head && (_received > head + body || HasMoreWaiting());

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Ask(RequestWatch.Current);
        return base.WriteAsync(buffer, cancellationToken);
    }

    private void Ask(RequestWatch? asker)
    {
        // A request is written in several pieces; the count begins anew with the first one of the next.
        if (asker is null || ReferenceEquals(asker, _asker))
            return;
        (_asker, _received, _head) = (asker, 0, default);
        asker.Wire = this;
    }

    protected override void See(ReadOnlySpan<byte> bytes)
    {
        var kept = Math.Min(bytes.Length, _first.Length - _firstLength);
        bytes[..kept].CopyTo(_first.AsSpan(_firstLength));
        _firstLength += kept;
        _head.See(bytes, _received);
        _received += bytes.Length;
    }

    private bool HasMoreWaiting()
    {
        try
        {
            return socket is { Available: > 0 };
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>Finds where the head of an answer in HTTP/1.1 ends, those of interim answers (1xx) before it included.</summary>
    private struct AnswerHead
    {
        private const int StatusAt = 9;
        private int _inHead;
        private byte _statusClass;
        private int _lineLength;

        public long? Length { get; private set; }

        public void See(ReadOnlySpan<byte> bytes, long before)
        {
            for (var i = 0; i < bytes.Length && Length is null; i++)
            {
                // 'HTTP/1.1 200': the first digit of the status.
                if (_inHead++ == StatusAt)
                    _statusClass = bytes[i];
                if (bytes[i] != '\n')
                {
                    _lineLength += bytes[i] == '\r' ? 0 : 1;
                    continue;
                }
                if (_lineLength == 0)
                    End(before + i + 1);
                _lineLength = 0;
            }
        }

        private void End(long length)
        {
            if (_statusClass != '1')
                Length = length;
            _inHead = 0;
        }
    }
}

/// <summary>What is seen of one request on its way: how long opening a connection for it took (zero if an open one was used), and the
/// connection itself.</summary>
internal sealed class RequestWatch(TimeProvider time)
{
    public static readonly HttpRequestOptionsKey<RequestWatch> Key = new("gate.watch");

    /// <summary>Below the connection that was opened for a request.</summary>
    public static readonly HttpRequestOptionsKey<HandshakeStream> Handshake = new("gate.handshake");
    private static readonly AsyncLocal<RequestWatch?> Ambient = new();
    private long _startedAt;

    /// <summary>The request that is sent in this flow of control. Connections are pooled: which one carries a request is known only where
    /// it is written.</summary>
    public static RequestWatch? Current => Ambient.Value;

    public TimeSpan Connect { get; private set; }

    public WireStream? Wire { get; set; }

    public void Attach(HttpRequestMessage request)
    {
        request.Options.Set(Key, this);
        Ambient.Value = this;
    }

    public void Start() => _startedAt = time.GetTimestamp();

    public void Stop(WireStream wire)
    {
        Connect = time.GetElapsedTime(_startedAt);
        // Meanwhile another connection may have become free, and carried the request.
        Wire ??= wire;
    }
}
