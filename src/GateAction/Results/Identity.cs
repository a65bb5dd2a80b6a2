using System.Buffers.Binary;

namespace GateAction.Results;

/// <summary>A hash of a test's name in UTF-8 that is the same in every run and on every machine: sixteen bytes a step, folded multiplication.</summary>
internal static class Identity
{
    private const ulong Seed = 0x9E3779B97F4A7C15;
    private const ulong First = 0xA0761D6478BD642F;
    private const ulong Second = 0xE7037ED1A0B428DB;

    public static ulong Of(ulong owner, ReadOnlySpan<byte> name)
    {
        var hash = Seed ^ owner ^ (ulong)name.Length;
        var rest = name;
        while (rest.Length >= 16)
        {
            hash = Fold(Word(rest) ^ First, Word(rest[8..]) ^ hash);
            rest = rest[16..];
        }
        Span<byte> tail = stackalloc byte[16];
        tail.Clear();
        rest.CopyTo(tail);
        return Fold(Fold(Word(tail) ^ First, Word(tail[8..]) ^ hash) ^ Second, Seed);
    }

    private static ulong Word(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt64LittleEndian(bytes);

    private static ulong Fold(ulong left, ulong right)
    {
        var high = Math.BigMul(left, right, out var low);
        return high ^ low;
    }
}
