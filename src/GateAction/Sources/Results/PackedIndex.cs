using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using GateAction.Core.Model;
using GateAction.Surroundings;

namespace GateAction.Sources.Results;

/// <summary>
/// The identities of a run's tests as text for the evidence: Base64 of a Brotli stream of the eight-byte entries in order and, where they
/// fit, the names. Version 3: <c>3:</c> count, names flag, entries, names each ended by a zero byte.
/// </summary>
internal static class PackedIndex
{
    // Known to the masking, which looks into it.
    private const string Version = Packed.BrotliMark;
    private const int MostNames = 50_000;
    private const int MostBytes = 64 << 20;

    public static string Pack(ResultRun run)
    {
        var count = run.Counted.Sum(file => file.Index.Count);
        var hasNames = count <= MostNames && run.Counted.All(file => file.Index.HasNames);
        using var packed = new MemoryStream();
        using (var writer = new BinaryWriter(new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true)))
        {
            writer.Write(count);
            writer.Write(hasNames);
            foreach (var entry in Entries(run, hasNames))
                writer.Write(entry.Entry);
            if (hasNames)
            {
                foreach (var (_, name) in Entries(run, hasNames))
                    writer.Write(Encoding.UTF8.GetBytes($"{name}\0"));
            }
        }
        return Version + Convert.ToBase64String(packed.GetBuffer(), 0, (int)packed.Length);
    }

    /// <summary>Outcome and name (null where names were not kept) by identity; where a test stood several times, its worst outcome. Null
    /// for a text of another version.</summary>
    public static Dictionary<ulong, (TestOutcome Outcome, string? Name)>? Unpack(string text)
    {
        if (!text.StartsWith(Version, StringComparison.Ordinal))
            return null;
        try
        {
            return Read(Convert.FromBase64String(text[Version.Length..]));
        }
        catch (Exception exception) when (exception is FormatException or InvalidDataException or InvalidOperationException or IOException)
        {
            return null;
        }
    }

    private static IEnumerable<(ulong Entry, string? Name)> Entries(ResultRun run, bool hasNames)
    {
        foreach (var index in run.Counted.Select(file => file.Index))
        {
            for (var i = 0; i < index.Count; i++)
                yield return (index.Entries[i], hasNames ? index.NameOf(i) : null);
        }
    }

    private static Dictionary<ulong, (TestOutcome, string?)> Read(byte[] packed)
    {
        using var reader = new BinaryReader(new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress));
        // From an artifact, which is untrusted: a count is held to its limit before memory is asked for it.
        var count = reader.ReadInt32();
        if (count is < 0 or > MostBytes / 8)
            throw new InvalidDataException($"{count} entries");
        var hasNames = reader.ReadBoolean();
        var entries = reader.ReadBytes(count * 8);
        if (entries.Length < count * 8)
            throw new InvalidDataException("the entries break off");
        var names = hasNames ? ReadNames(reader) : [];
        var tests = new Dictionary<ulong, (TestOutcome, string?)>(count);
        for (var i = 0; i < count; i++)
        {
            var entry = BinaryPrimitives.ReadUInt64LittleEndian(entries.AsSpan(i * 8));
            var (identity, outcome) = (TestIndex.IdentityOf(entry), TestIndex.OutcomeOf(entry));
            if (!tests.TryGetValue(identity, out var known) || outcome > known.Item1)
                tests[identity] = (outcome, i < names.Length ? names[i] : null);
        }
        return tests;
    }

    private static string[] ReadNames(BinaryReader reader)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        // A few kilobytes of Brotli can unpack to gigabytes: so much is read and no more.
        for (int read; (read = reader.Read(buffer)) > 0 && bytes.Length < MostBytes;)
            bytes.Write(buffer, 0, read);
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length).Split('\0');
    }
}
