using System.IO.Compression;

namespace GateAction.Http;

/// <summary>
/// Unpacks one coding and insists on its end. The decoders of .NET take a stream that breaks off for one that is over, and leave what
/// follows its end unread; this one throws <see cref="InvalidDataException"/>. A body of no bytes at all is left empty.
/// </summary>
/// <param name="open">Creates the decoder over a source, given the first two bytes.</param>
internal sealed class UnpackedStream(Stream packed, UnpackedStream.OpenDecoder open) : ReadOnlyStream
{
    private readonly Feed _feed = new(packed);
    private Stream? _decoder;
    private bool _isOver;

    public delegate Stream OpenDecoder(ReadOnlySpan<byte> begin, Stream source);

    public static UnpackedStream Gzip(Stream packed) =>
        new(packed, (_, source) => new GZipStream(source, CompressionMode.Decompress)) { Members = new GzipMembers() };

    /// <summary>True for a decoder that itself tells a stream that breaks off.</summary>
    public bool ChecksItsEnd { get; init; }

    /// <summary>The members of gzip, of which there may be several, and zeros behind them; null for codings that have one stream.</summary>
    public GzipMembers? Members { get => _feed.Members; init => _feed.Members = value; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_isOver || buffer.IsEmpty)
            return 0;
        if (_decoder is null)
        {
            await _feed.BeginAsync(cancellationToken);
            if (_feed.Begin.IsEmpty)
                return Over();
            _decoder = open(_feed.Begin.Span, _feed);
        }
        var read = await DecodeAsync(buffer, cancellationToken);
        if (read > 0)
        {
            Members?.Unpacked(buffer.Span[..read]);
            return read;
        }
        await CheckEndAsync(buffer, cancellationToken);
        return Over();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _decoder?.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>A decoder that is at its end asks for no more bytes; one that waits for the rest takes them. What it makes of them does not
    /// matter: of the four bytes of a checksum the missing one may happen to be the one that it is given.</summary>
    private async Task CheckEndAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        if (Members is null ? await _feed.HasMoreAsync(cancellation) : !await EndsWithMemberAsync(buffer, cancellation))
            throw new InvalidDataException("something follows the end of the packed bytes, or it is missing");
        if (ChecksItsEnd || Members is not null)
            return;
        // What is only known by trying: bytes follow that cannot continue anything. A decoder that was at its end stays silent.
        _feed.GivesTail = true;
        if (await DecodeAsync(buffer, cancellation) > 0 || _feed.HasGivenTail)
            throw new InvalidDataException("the packed bytes break off");
    }

    private async Task<bool> EndsWithMemberAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        while (await _feed.ReadAsync(buffer, cancellation) > 0)
        {
            if (!Members!.IsShort)
                return false;
        }
        return Members!.Finish();
    }

    private async ValueTask<int> DecodeAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        try
        {
            return await _decoder!.ReadAsync(buffer, cancellation);
        }
        catch (Exception exception)
            when (exception is EndOfStreamException or InvalidOperationException || exception.GetType().Namespace == nameof(ZstdSharp))
        {
            throw new InvalidDataException("the packed bytes are damaged", exception);
        }
    }

    private int Over()
    {
        _isOver = true;
        return 0;
    }

    /// <summary>The packed bytes, their first two looked at beforehand, and behind their end a tail that continues no packed stream. The
    /// last byte is given apart: a decoder that does not ask for it was at its end before.</summary>
    private sealed class Feed(Stream packed) : ReadOnlyStream
    {
        private readonly byte[] _begin = new byte[2];
        private int _begun;
        private int _given;
        private readonly byte[] _held = new byte[1];
        private bool _isHolding;
        private int _tail;

        public ReadOnlyMemory<byte> Begin => _begin.AsMemory(0, _begun);

        public bool GivesTail { get; set; }

        public bool HasGivenTail => _tail > 0;

        public GzipMembers? Members { get; set; }

        public async Task BeginAsync(CancellationToken cancellation)
        {
            while (_begun < _begin.Length && await packed.ReadAsync(_begin.AsMemory(_begun), cancellation) is > 0 and var read)
                _begun += read;
        }

        public async Task<bool> HasMoreAsync(CancellationToken cancellation) =>
            _given < _begun || _isHolding || await packed.ReadAsync(new byte[1], cancellation) > 0;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await TakeAsync(buffer, cancellationToken);
            Members?.Packed(buffer.Span[..read]);
            return read == 0 && GivesTail ? Tail(buffer.Span) : read;
        }

        private async ValueTask<int> TakeAsync(Memory<byte> buffer, CancellationToken cancellation)
        {
            if (_given < _begun)
            {
                var given = Math.Min(buffer.Length, _begun - _given);
                _begin.AsSpan(_given, given).CopyTo(buffer.Span);
                _given += given;
                return given;
            }
            // One byte is always held back until it is known that another follows it; see the summary.
            if (!_isHolding && !(_isHolding = await packed.ReadAsync(_held, cancellation) > 0))
                return 0;
            buffer.Span[0] = _held[0];
            var isOne = buffer.Length == 1;
            var read = await packed.ReadAsync(isOne ? _held : buffer[1..], cancellation);
            if (read == 0)
                _isHolding = false;
            else if (!isOne)
                _held[0] = buffer.Span[read];
            return isOne || read == 0 ? 1 : read;
        }

        // Ones are no block of deflate and no checksum that is likely; the zeros end a name in gzip's header. More than the longest block
        // that is copied as it is.
        private int Tail(Span<byte> buffer)
        {
            var length = Math.Min(buffer.Length, 256 * 1024 - _tail);
            for (var i = 0; i < length; i++)
                buffer[i] = (byte)(++_tail % 64 == 0 ? 0 : 0xff);
            return length;
        }
    }
}
