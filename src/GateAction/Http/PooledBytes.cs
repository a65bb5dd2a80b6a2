using System.Buffers;

namespace GateAction.Http;

/// <summary>Bytes that grow at their end and are taken away at their beginning, in an array of the pool.</summary>
internal sealed class PooledBytes
{
    private byte[] _array = [];
    private int _length;

    public ReadOnlySpan<byte> Span => _array.AsSpan(0, _length);

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_length + bytes.Length > _array.Length)
        {
            // Doubled, so that to gather a body costs a time in proportion to its length.
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * _array.Length, _length + bytes.Length));
            Span.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_array);
            _array = larger;
        }
        bytes.CopyTo(_array.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>Takes the first bytes away.</summary>
    public void Drop(int count)
    {
        Span[count..].CopyTo(_array);
        _length -= count;
    }

    /// <summary>Gives the array back; nothing is in it then.</summary>
    public void Release()
    {
        ArrayPool<byte>.Shared.Return(_array);
        (_array, _length) = ([], 0);
    }
}
