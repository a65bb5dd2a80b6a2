using System.Xml;

namespace GateAction.Sources.Results.Reading;

/// <summary>
/// The names of one document. A document has a handful and writes them for every case: those met last are found without the hash of the
/// base class, which stands behind and keeps documents with very many names in order.
/// </summary>
internal sealed class XmlNames : NameTable
{
    private const int Slots = 256;
    private readonly string?[] _recent = new string?[Slots];

    public override string Add(char[] key, int start, int len)
    {
        if (len == 0)
            return "";
        ref var recent = ref _recent[((key[start] * 31) + (key[start + len - 1] * 7) + len) & (Slots - 1)];
        return recent is not null && key.AsSpan(start, len).SequenceEqual(recent) ? recent : recent = base.Add(key, start, len);
    }
}
