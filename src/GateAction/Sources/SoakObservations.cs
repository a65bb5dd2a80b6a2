using System.IO.Hashing;
using System.Text.Json;
using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Sources;

/// <summary>Tells the samples of a soak apart: which facts are not the same in all of them, and the distinct observations as far as
/// conditions read them.</summary>
/// <param name="readers">What conditions read.</param>
internal sealed class SoakObservations(FactReaders readers)
{
    // Characters of what is kept; a body that is another one each time would fill the memory.
    private const long MostKept = 4 * 1024 * 1024;

    private readonly OrderedDictionary<UInt128, SoakObservation> _distinct = [];
    private readonly SortedSet<FactPart> _differing = new(FactPart.Order);
    private Dictionary<FactPart, UInt128>? _first;
    private long _kept;
    private int _unkept;

    /// <summary>Null if all samples are alike.</summary>
    public SoakSpread? Spread =>
        _differing.Count == 0
        ? null
        : new([.. _differing], [.. _distinct.Values], readers.Judged.IsWhole ? null : readers.Conditions, _unkept);

    /// <param name="facts">Those of one sample, without what differs by nature.</param>
    /// <param name="unread">Digests of facts that may be too large to be among them.</param>
    /// <returns>What conditions read of it, one value for all samples that are alike in it; empty if it is not kept.</returns>
    public Value Add(Value facts, string? reason, IEnumerable<(string Name, UInt128 Digest)> unread)
    {
        Compare(Digests(facts).Concat(unread.Select(fact => (Part: new FactPart(fact.Name), fact.Digest))).GroupBy(entry => entry.Part)
            // The last is that of `unread`: of the whole body, of which the fact may hold a part or nothing.
            .ToDictionary(entry => entry.Key, entry => entry.Last().Digest));
        var read = readers.Judged.Project(facts);
        var (digest, size) = DigestOf(read);
        if (_distinct.TryGetValue(digest, out var known))
        {
            _distinct[digest] = known with { Count = known.Count + 1 };
            return known.Facts;
        }
        // At least one is kept, however large, or there would be nothing to judge.
        if (_kept + size > MostKept && _distinct.Count > 0)
        {
            _unkept++;
            return ProbeResult.NoFacts;
        }
        _kept += size;
        _distinct.Add(digest, new SoakObservation(1, read, reason));
        return read;
    }

    private static IEnumerable<(FactPart Part, UInt128 Digest)> Digests(Value facts)
    {
        foreach (var (key, value) in facts.AsMap.Entries)
        {
            // Header by header: 'date' differs in each answer, and conditions read others.
            if (key.AsString != FactNames.Headers)
            {
                yield return (new(key.AsString), DigestOf(value).Digest);
                continue;
            }
            foreach (var (name, header) in value.AsMap.Entries)
                yield return (new(key.AsString, name.AsString), DigestOf(header).Digest);
        }
    }

    private static (UInt128 Digest, long Size) DigestOf(Value value)
    {
        using var stream = new DigestStream();
        // A digest instead of the text: 10,000 samples of 1 MiB would not fit memory. 128 bits, so that nobody meets two that are equal.
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { MaxDepth = 1000 }))
            ValueJson.Write(writer, value);
        return (stream.Digest, stream.Size);
    }

    private void Compare(Dictionary<FactPart, UInt128> sample)
    {
        // With the first alone: what is like the first in every sample is alike in all of them.
        _first ??= sample;
        // A fact that only one of two samples has differs too.
        foreach (var part in sample.Keys.Union(_first.Keys))
        {
            if (!sample.TryGetValue(part, out var one) || !_first.TryGetValue(part, out var other) || one != other)
                _differing.Add(part);
        }
    }

    private sealed class DigestStream : MemoryStream
    {
        private readonly XxHash128 _hash = new();

        public UInt128 Digest => _hash.GetCurrentHashAsUInt128();

        public long Size { get; private set; }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            _hash.Append(buffer);
            Size += buffer.Length;
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));
    }
}
