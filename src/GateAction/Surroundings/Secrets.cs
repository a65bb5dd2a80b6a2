using System.Buffers;
using System.Globalization;
using System.Text;
using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Surroundings;

/// <summary>
/// The values that nothing the gate writes may show: no evidence, log, comment, report or error, in no spelling that the gate, its
/// libraries or the servers it asks make of them (<see cref="SecretPattern"/>), in Base64 at any offset, in the gate's own packed facts,
/// and cut at the end of a text. A value of fewer than four characters is masked only where it stands as a word of its own: it hides
/// nothing elsewhere, and masking it everywhere would spoil the evidence.
/// </summary>
internal sealed class Secrets
{
    public const string Mask = Withheld.Mark;

    /// <summary>A value of <c>mask:</c> that is shorter is withheld where it was read and not searched for elsewhere.</summary>
    public const int SearchedLength = 6;

    private const int ShortLength = 4;
    private const string GZipInBase64 = "H4sI";
    private const int MaxUnpacked = 64 * 1024 * 1024;

    private static readonly SearchValues<char> Base64Characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=");
    private readonly Lock _lock = new();
    private readonly HashSet<string> _values = new(StringComparer.Ordinal);
    // Replaced as a whole: probes add values while others mask, and nobody waits for a lock to read.
    private volatile Patterns _patterns = Patterns.None;

    public Secrets(params IEnumerable<string> values)
    {
        foreach (var value in values)
            Add(value);
    }

    public bool IsEmpty => _patterns.IsEmpty;

    public void Add(string value)
    {
        lock (_lock)
        {
            if (!string.IsNullOrWhiteSpace(value) && value != Mask && _values.Add(value))
                _patterns = new Patterns(_values);
        }
    }

    /// <summary>The text itself if nothing in it is secret.</summary>
    public string MaskText(string text)
    {
        var patterns = _patterns;
        if (patterns.IsEmpty || text.Length == 0)
            return text;
        return MaskPlain(MaskPacked(text), patterns);
    }

    private static string MaskPlain(string text, Patterns patterns)
    {
        StringBuilder? masked = null;
        var written = 0;
        // From left to right, the longest match at each place: of two secrets of which one begins the other, no rest stays visible.
        for (var at = patterns.NextStart(text, 0); at >= 0; at = patterns.NextStart(text, at))
        {
            if (patterns.MatchAt(text, at) is var end && end <= at)
            {
                at++;
                continue;
            }
            masked = (masked ?? new StringBuilder(text.Length)).Append(text, written, at - written).Append(Mask);
            at = written = end;
        }
        text = masked is null ? text : masked.Append(text, written, text.Length - written).ToString();
        foreach (var word in patterns.Words)
            text = MaskWord(text, word);
        return text;
    }

    /// <summary>The value itself if nothing in it is secret.</summary>
    public Value MaskValue(Value value) => !_patterns.IsEmpty && Shows(value) ? Masked(value) : value;

    public Measurement MaskMeasurement(Measurement measurement) => _patterns.IsEmpty ? measurement : measurement with
    {
        Reason = MaskOptional(measurement.Reason),
        Facts = MaskFacts(measurement.Facts),
        Caveat = MaskOptional(measurement.Caveat),
        Subject = MaskOptional(measurement.Subject),
        Details = measurement.Details?.Select(MaskText).ToArray(),
        Content = measurement.Content?.WithTexts(MaskText),
        Spread = measurement.Spread is not { } spread ? null : spread with
        {
            Observations = [.. spread.Observations.Select(observation =>
                observation with { Facts = MaskFacts(observation.Facts), Reason = MaskOptional(observation.Reason) })],
        },
    };

    // The names of facts are the gate's own words.
    public Value MaskFacts(Value facts) =>
        facts.Kind == ValueKind.Map ? Value.Map(facts.AsMap.With((_, value) => MaskValue(value))) : MaskValue(facts);

    private bool Shows(Value value) => value.Kind switch
    {
        ValueKind.String => !ReferenceEquals(MaskText(value.AsString), value.AsString),
        ValueKind.Int or ValueKind.UInt or ValueKind.Double => IsSecretNumber(value),
        ValueKind.List => value.AsList.Any(Shows),
        ValueKind.Map => value.AsMap.Entries.Any(entry => Shows(entry.Key) || Shows(entry.Value)),
        _ => false,
    };

    private Value Masked(Value value) => value.Kind switch
    {
        _ when value.IsWithheld => Value.Withheld(MaskText(value.AsString)),
        ValueKind.String => MaskText(value.AsString) is var text && ReferenceEquals(text, value.AsString) ? value : Value.Withheld(text),
        ValueKind.Int or ValueKind.UInt or ValueKind.Double => IsSecretNumber(value) ? Value.Withheld(Mask) : value,
        ValueKind.List => Value.List(value.AsList.Select(Masked).ToArray()),
        ValueKind.Map => Value.Map(new ValueMap(MaskEntries(value.AsMap))),
        _ => value,
    };

    // A server that was given a secret of digits gives it back as a number, in whatever notation.
    private bool IsSecretNumber(Value value)
    {
        var patterns = _patterns;
        if (patterns.Numbers.Count == 0)
            return false;
        var number = value.Kind switch { ValueKind.Int => value.AsInt, ValueKind.UInt => value.AsUInt, _ => value.AsDouble };
        var text = value.Kind switch
        {
            ValueKind.Int => value.AsInt.ToString(CultureInfo.InvariantCulture),
            ValueKind.UInt => value.AsUInt.ToString(CultureInfo.InvariantCulture),
            _ => value.Exact ?? value.AsDouble.ToString("R", CultureInfo.InvariantCulture),
        };
        return patterns.Numbers.Contains(number) || patterns.Digits.Any(digits => text.Contains(digits, StringComparison.Ordinal));
    }

    /// <summary>A host outside ASCII goes over the wire in another spelling (RFC 3492), in which a secret in it cannot be found.</summary>
    public void LearnHost(Uri url)
    {
        if (!IsEmpty && url.IdnHost != url.Host && !ReferenceEquals(MaskText(url.Host), url.Host))
            Add(url.IdnHost);
    }

    public string? MaskOptional(string? text) => text is null ? null : MaskText(text);

    // What stands under a secret name is withheld with it. Two such names stay two.
    private IEnumerable<KeyValuePair<Value, Value>> MaskEntries(ValueMap map)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, value) in map.Entries)
        {
            var name = MaskText(key.AsString);
            if (ReferenceEquals(name, key.AsString))
            {
                yield return new(key, Masked(value));
                continue;
            }
            for (var number = 2; !seen.Add(name); number++)
                name = $"{MaskText(key.AsString)} {number}";
            yield return new(Value.Withheld(name), Value.Withheld(Mask));
        }
    }

    // Facts that only the gate reads again are packed: a secret in one is as readable as in plain text to whoever unpacks it.
    private string MaskPacked(string text)
    {
        var budget = MaxUnpacked;
        // Only if the whole text is such: Base64 without a mark of its own could be any word.
        if (text.StartsWith(Packed.BrotliMark, StringComparison.Ordinal) && text.AsSpan(Packed.BrotliMark.Length) is { Length: > 8 } base64
            && base64.IndexOfAnyExcept(Base64Characters) < 0)
            return Packed.Read(text, ref budget) is { } unpacked && !Shows(unpacked) ? text : Mask;
        for (var at = text.IndexOf(GZipInBase64, StringComparison.Ordinal); at >= 0;)
        {
            var end = at;
            while (end < text.Length && IsOfBase64(text[end]))
                end++;
            if (Packed.Read(text.AsSpan(at, end - at), ref budget) is not { } plain || Shows(plain))
            {
                text = string.Concat(text.AsSpan(0, at), Mask, text.AsSpan(end));
                end = at + Mask.Length;
            }
            at = text.IndexOf(GZipInBase64, end, StringComparison.Ordinal);
        }
        return text;
    }

    private bool Shows(string plain) =>
        // Packed once more within: nobody looks further, so it counts as secret.
        plain.Contains(GZipInBase64, StringComparison.Ordinal) || !ReferenceEquals(MaskPlain(plain, _patterns), plain);

    // With what its characters are escaped by.
    private static bool IsOfBase64(char c) => char.IsAsciiLetterOrDigit(c) || "+/-_=\\%&#;\r\n".Contains(c);

    private static string MaskWord(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0;)
        {
            var end = at + word.Length;
            var alone = (at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end]));
            if (alone)
                text = string.Concat(text.AsSpan(0, at), Mask, text.AsSpan(end));
            at = text.IndexOf(word, alone ? at + Mask.Length : at + 1, StringComparison.Ordinal);
        }
        return text;
    }

    /// <summary>What is searched for, made anew when a value is added.</summary>
    private sealed class Patterns
    {
        public static readonly Patterns None = new([]);

        private readonly SearchValues<char> _starts;
        private readonly Dictionary<char, SecretPattern[]> _byStart;

        public Patterns(IEnumerable<string> values)
        {
            string[] parts = [.. values.SelectMany(Parts).Distinct()];
            string[] searched = [.. parts.Where(part => part.Trim().Length >= ShortLength)];
            SecretPattern[] patterns =
            [
                .. searched.Select(SecretPattern.Of).OfType<SecretPattern>(),
                .. parts.SelectMany(Base64Parts).Distinct().Select(SecretPattern.OfBase64),
            ];
            Words = [.. parts.Select(part => part.Trim()).Where(part => part.Length is > 0 and < ShortLength)];
            Digits = [.. searched.Where(part => part.Length >= SearchedLength && part.All(char.IsAsciiDigit))];
            Numbers = [.. searched.Select(NumberOf).OfType<double>()];
            _byStart = patterns.SelectMany(pattern => pattern.Starts, (pattern, start) => (pattern, start))
                .GroupBy(pair => pair.start, pair => pair.pattern)
                .ToDictionary(group => group.Key, group => group.ToArray());
            _starts = SearchValues.Create([.. _byStart.Keys]);
            IsEmpty = patterns.Length == 0 && Words.Count == 0;
        }

        public bool IsEmpty { get; }

        public IReadOnlyList<string> Words { get; }

        public IReadOnlyList<string> Digits { get; }

        public HashSet<double> Numbers { get; }

        public int NextStart(string text, int from) =>
            from >= text.Length ? -1 : text.AsSpan(from).IndexOfAny(_starts) is >= 0 and var at ? from + at : -1;

        public int MatchAt(string text, int at)
        {
            var end = -1;
            foreach (var pattern in _byStart[text[at]])
                end = Math.Max(end, pattern.MatchAt(text, at));
            return end;
        }

        // Of a value of many lines, such as a key, each line counts too: an error shows one of them.
        private static IEnumerable<string> Parts(string value)
        {
            yield return value;
            if (!value.Contains('\n'))
                yield break;
            // A short line such as '}' is no secret, and would be masked everywhere.
            foreach (var line in value.Split('\n', StringSplitOptions.TrimEntries).Where(line => line.Length >= 2 * ShortLength))
                yield return line;
        }

        private static double? NumberOf(string value) =>
            double.TryParse(value.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : null;

        /// <summary>The characters of a Base64 text that depend on the value alone, for each of the three offsets it can start
        /// at.</summary>
        private static IEnumerable<string> Base64Parts(string value)
        {
            var bytes = Encoding.UTF8.GetBytes(value);
            for (var offset = 0; offset < 3; offset++)
            {
                // Base64 packs three bytes into four characters: 'user:password' begins the password at any of three places within such a
                // group.
                var text = Convert.ToBase64String([.. new byte[offset], .. bytes]).TrimEnd('=');
                // The first and the last character also hold bits of what stands beside the value, so they are left out.
                var first = ((offset * 8) + 5) / 6;
                var last = (offset + bytes.Length) * 8 / 6;
                if (last - first >= ShortLength)
                    yield return text[first..last];
            }
        }
    }
}
