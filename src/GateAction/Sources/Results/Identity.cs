using System.Buffers.Binary;

namespace GateAction.Sources.Results;

/// <summary>
/// A hash of a test's name in UTF-8 that is the same in every run and on every machine: folded multiplication, thirty-two bytes a step in two lanes that
/// do not wait for each other.
/// </summary>
internal static class Identity
{
    private const ulong Seed = 0x9E3779B97F4A7C15;
    private const ulong First = 0xA0761D6478BD642F;
    private const ulong Second = 0xE7037ED1A0B428DB;

    public static ulong Of(ulong owner, ReadOnlySpan<byte> name)
    {
        var (hash, other) = (Seed ^ owner ^ (ulong)name.Length, Second ^ owner);
        var rest = name;
        for (; rest.Length > 32; rest = rest[32..])
        {
            hash = Fold(Word(rest) ^ First, Word(rest[8..]) ^ hash);
            other = Fold(Word(rest[16..]) ^ Second, Word(rest[24..]) ^ other);
        }
        if (rest.Length > 16)
        {
            hash = Fold(Word(rest) ^ First, Word(rest[8..]) ^ hash);
            rest = rest[16..];
        }
        var (low, high) = name.Length < 16 ? Short(name) : (Word(name[^16..]), Word(name[^8..]));
        return Fold(Fold(low ^ First, high ^ hash) ^ other, Seed);
    }

    private static (ulong Low, ulong High) Short(ReadOnlySpan<byte> name)
    {
        Span<byte> padded = stackalloc byte[16];
        padded.Clear();
        name.CopyTo(padded);
        return (Word(padded), Word(padded[8..]));
    }

    private static ulong Word(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt64LittleEndian(bytes);

    private static ulong Fold(ulong left, ulong right)
    {
        var high = Math.BigMul(left, right, out var low);
        return high ^ low;
    }
}
