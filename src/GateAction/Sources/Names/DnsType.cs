namespace GateAction.Sources.Names;

/// <summary>Types of records that can be asked for; the values are those of the wire (RFC 1035, RFC 3596).</summary>
internal enum DnsType : ushort
{
    A = 1,
    Ns = 2,
    Cname = 5,
    Mx = 15,
    Txt = 16,
    Aaaa = 28,
}

/// <summary>One record of an answer.</summary>
/// <param name="Value">An address, a name without the dot at its end, or a text.</param>
/// <param name="Priority">Of a mail server; else null.</param>
internal sealed record DnsRecord(string Name, DnsType Type, TimeSpan Ttl, string Value, int? Priority = null);

/// <summary>What a name server answered.</summary>
/// <param name="Exists">False where it says that there is no such name (NXDOMAIN).</param>
internal sealed record DnsAnswer(bool Exists, IReadOnlyList<DnsRecord> Records);
