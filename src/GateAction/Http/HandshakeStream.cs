using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace GateAction.Http;

/// <summary>
/// A connection over which TLS begins. Sees what the server says in the open before keys are agreed on (RFC 5246, 6.2; RFC 8446, 5.1),
/// which .NET does not tell: its alert, whether it asks for a client certificate, or that it speaks something else.
/// </summary>
internal sealed class HandshakeStream(Stream inner) : WatchedStream(inner)
{
    private const int MostKept = 64;
    private const byte Alert = 21, Handshake = 22;
    private const byte ServerHello = 2, CertificateRequest = 13;
    private readonly byte[] _first = new byte[MostKept];
    private readonly byte[] _head = new byte[5];
    private readonly byte[] _message = new byte[6];
    private int _seen;
    private int _headLength;
    private int _left;
    private int _messageLength;
    private int _messageLeft;
    private byte? _level;
    private byte? _alert;
    private int _version;
    private bool _asks;
    private bool _isOver;
    private bool _isEnded;

    /// <summary>False if the server ended the connection without TLS's own end, so that what came may have been cut.</summary>
    // TLS asks for no more bytes once it was told so (close_notify): whoever asks, and is told that there are none, was not.
    public bool EndsAsSaid => !_isEnded;

    // RFC 8446, 5.1: the first byte is the type of the record, the second is 3 in every version since SSL 3.0.
    private bool IsTls => _seen > 0 && _first[0] is Alert or Handshake && (_seen < 2 || _first[1] == 3);

    /// <summary>What failed while TLS began; null if it was something else.</summary>
    public NetworkException? FaultOf(Exception exception, string endpoint, bool showsCertificate)
    {
        if (_isOver || !TlsFaults.IsByServer(exception)
            || TlsFaults.Causes(exception).Any(cause => cause is SocketException or NetworkException))
            return null;
        if (_asks)
            return showsCertificate ? null : TlsFaults.ClientCertificateMissing(endpoint, exception);
        var what = this switch
        {
            { _alert: { } alert and > 0 } => TlsFaults.MeaningOf(alert),
            // TLS 1.3 also says 0x0303 here and names itself in an extension, so less than that is old for certain.
            { _version: > 0 and < 0x0303 } => TlsFaults.OldVersion,
            // Alert 0 is close_notify: an end without a complaint.
            { _seen: 0 } or { _alert: 0 } => "the server ended the connection while TLS began",
            { IsTls: false } => $"the server speaks no TLS; it begins with '{Begin()}'",
            _ => null,
        };
        return what is null
            ? null
            // Silence may be a server that is starting. What it said it will say again.
            : new($"{what} ({endpoint})", isTransient: _seen == 0, mayHaveActed: false, exception)
            {
                IsRefusal = _alert is { } said && TlsFaults.IsRejection(said),
            };
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await base.ReadAsync(buffer, cancellationToken);
        // The runtime waits on an idle connection by asking for nothing.
        _isEnded |= read == 0 && !buffer.IsEmpty;
        return read;
    }

    protected override void See(ReadOnlySpan<byte> bytes)
    {
        if (_isOver)
            return;
        if (_seen < MostKept)
            bytes[..Math.Min(bytes.Length, MostKept - _seen)].CopyTo(_first.AsSpan(_seen));
        _seen = (int)Math.Min((long)_seen + bytes.Length, int.MaxValue);
        if (!IsTls)
            return;
        foreach (var one in bytes)
        {
            if (_headLength < _head.Length)
                ReadHead(one);
            else
                ReadContent(one);
            if (_isOver)
                return;
        }
    }

    private void ReadHead(byte one)
    {
        _head[_headLength++] = one;
        if (_headLength < _head.Length)
            return;
        _left = BinaryPrimitives.ReadUInt16BigEndian(_head.AsSpan(3));
        // What follows is not in the open.
        _isOver = _head[0] is not (Alert or Handshake);
        if (_left == 0)
            _headLength = 0;
    }

    private void ReadContent(byte one)
    {
        if (_head[0] == Handshake)
            ReadMessage(one);
        else if (_level is null)
            _level = one;
        else
            _alert ??= one;
        if (--_left == 0)
            _headLength = 0;
    }

    /// <summary>A message may lie in several records, and several in one.</summary>
    private void ReadMessage(byte one)
    {
        const int head = 4;
        if (_messageLength < _message.Length)
            _message[_messageLength] = one;
        _messageLength++;
        if (_messageLength == head)
        {
            _asks |= _message[0] == CertificateRequest;
            _messageLeft = (int)(BinaryPrimitives.ReadUInt32BigEndian(_message) & 0xffffff);
        }
        else if (_messageLength > head)
        {
            _messageLeft--;
        }
        if (_message[0] == ServerHello && _messageLength == _message.Length)
            _version = BinaryPrimitives.ReadUInt16BigEndian(_message.AsSpan(head));
        if (_messageLength >= head && _messageLeft == 0)
            _messageLength = 0;
    }

    private string Begin()
    {
        var text = Encoding.Latin1.GetString(_first, 0, Math.Min(_seen, MostKept)).Split('\r', '\n')[0];
        return string.Concat(text.Select(one => one is >= ' ' and < '\x7f' ? one : '?'));
    }
}
