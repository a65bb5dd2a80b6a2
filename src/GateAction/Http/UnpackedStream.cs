namespace GateAction.Http;

/// <summary>
/// Unpacks one coding and insists on its end. The decoders of .NET take a stream that breaks off for one that is over; this one throws
/// <see cref="InvalidDataException"/>. A body of no bytes at all is left empty.
/// </summary>
/// <param name="open">Creates the decoder over a source, given the first two bytes.</param>
internal sealed class UnpackedStream(Stream packed, UnpackedStream.OpenDecoder open) : ReadOnlyStream
{
    private const int MostPadding = 64 * 1024;
    private readonly Feed _feed = new(packed);
    private Stream? _decoder;
    private bool _isOver;

    public delegate Stream OpenDecoder(ReadOnlySpan<byte> begin, Stream source);

    /// <summary>True for a decoder that itself tells a stream that breaks off.</summary>
    public bool ChecksItsEnd { get; init; }

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
            return read;
        await CheckEndAsync(buffer, cancellationToken);
        return Over();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _decoder?.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>One that is at its end takes no notice of more bytes; one that waits for the rest makes something of them, or says that
    /// they are wrong.</summary>
    private async Task CheckEndAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        await _feed.DrainAsync(buffer, MostPadding, cancellation);
        if (ChecksItsEnd)
            return;
        _feed.GivesTail = true;
        if (await DecodeAsync(buffer, cancellation) > 0)
            throw new InvalidDataException("the packed bytes break off");
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

    /// <summary>The packed bytes, their first two looked at beforehand, and behind their end a tail that continues no packed
    /// stream.</summary>
    private sealed class Feed(Stream packed) : ReadOnlyStream
    {
        private readonly byte[] _begin = new byte[2];
        private int _begun;
        private int _given;
        private bool _isAtEnd;
        private int _tail;

        public ReadOnlyMemory<byte> Begin => _begin.AsMemory(0, _begun);

        public bool GivesTail { get; set; }

        public async Task BeginAsync(CancellationToken cancellation)
        {
            while (_begun < _begin.Length && await packed.ReadAsync(_begin.AsMemory(_begun), cancellation) is > 0 and var read)
                _begun += read;
        }

        public async Task DrainAsync(Memory<byte> buffer, int most, CancellationToken cancellation)
        {
            for (var drained = 0; await ReadAsync(buffer, cancellation) is > 0 and var read;)
            {
                if ((drained += read) > most)
                    throw new InvalidDataException("much follows the end of the packed bytes");
            }
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_given < _begun)
            {
                var given = Math.Min(buffer.Length, _begun - _given);
                _begin.AsSpan(_given, given).CopyTo(buffer.Span);
                _given += given;
                return given;
            }
            if (!_isAtEnd && await packed.ReadAsync(buffer, cancellationToken) is > 0 and var read)
                return read;
            _isAtEnd = true;
            return GivesTail ? Tail(buffer.Span) : 0;
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
