namespace GateAction.Sources.Results.Coverage;

/// <summary>A buffer that numbers are packed into, seven bits a byte.</summary>
internal sealed class PackedBytes
{
    private byte[] _bytes = new byte[4096];
    private int _length;

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    public void Clear() => _length = 0;

    public void Add(byte value)
    {
        if (_length == _bytes.Length)
            Array.Resize(ref _bytes, _length * 2);
        _bytes[_length++] = value;
    }

    public void AddNumber(ulong number)
    {
        for (; number >= 0x80; number >>= 7)
            Add((byte)(number | 0x80));
        Add((byte)number);
    }
}
