using GateAction.Cel.Values;

namespace GateAction.Http;

/// <summary>The names of fields: an array of objects says the same few again and again, and each is decoded once.</summary>
internal sealed class JsonNames
{
    private const int Slots = 128;
    private const int Longest = 64;

    private readonly (byte[]? Bytes, string Name)[] _names = new (byte[]?, string)[Slots];

    /// <param name="utf8">As it stands between the quotes.</param>
    public string Of(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > Longest)
            return JsonText.Decode(utf8);
        var hash = new HashCode();
        hash.AddBytes(utf8);
        ref var slot = ref _names[(uint)hash.ToHashCode() % Slots];
        if (slot.Bytes is null || !utf8.SequenceEqual(slot.Bytes))
            slot = (utf8.ToArray(), JsonText.Decode(utf8));
        return slot.Name;
    }
}
