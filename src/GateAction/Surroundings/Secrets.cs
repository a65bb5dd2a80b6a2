using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Surroundings;

/// <summary>
/// The values that no evidence, log, comment or error may show, in any encoding the gate itself applies: as they are, JSON-escaped, URL- and
/// form-encoded, in Base64 at any offset (basic authentication), line by line. A value of fewer than four characters is masked only
/// where it stands as a word of its own: it hides nothing elsewhere, and masking it everywhere would spoil the evidence.
/// </summary>
internal sealed class Secrets
{
    public const string Mask = "***";
    private const int ShortLength = 4;
    private readonly Lock _lock = new();
    private readonly HashSet<string> _values = new(StringComparer.Ordinal);
    private string[] _long = [];
    private string[] _short = [];

    public Secrets(params IEnumerable<string> values)
    {
        foreach (var value in values)
            Add(value);
    }

    public void Add(string value)
    {
        lock (_lock)
        {
            if (string.IsNullOrWhiteSpace(value) || value == Mask || !_values.Add(value))
                return;
            var forms = _values.SelectMany(Forms).ToHashSet(StringComparer.Ordinal);
            _long = [.. forms.Where(form => form.Length >= ShortLength).OrderByDescending(form => form.Length)];
            _short = [.. forms.Where(form => form.Length < ShortLength)];
        }
    }

    public string MaskText(string text)
    {
        foreach (var form in _long)
            text = text.Replace(form, Mask, StringComparison.Ordinal);
        foreach (var form in _short)
            text = MaskWord(text, form);
        return text;
    }

    /// <summary>The value itself where nothing in it is secret.</summary>
    public Value MaskValue(Value value) => Shows(value) ? Masked(value) : value;

    public Measurement MaskMeasurement(Measurement measurement) => IsEmpty ? measurement : measurement with
    {
        Reason = MaskOptional(measurement.Reason),
        Facts = MaskValue(measurement.Facts),
        Caveat = MaskOptional(measurement.Caveat),
        Subject = MaskOptional(measurement.Subject),
        Details = measurement.Details?.Select(MaskText).ToArray(),
        Spread = measurement.Spread is not { } spread ? null : spread with
        {
            Observations = [.. spread.Observations.Select(observation =>
                observation with { Facts = MaskValue(observation.Facts), Reason = MaskOptional(observation.Reason) })],
        },
    };

    private bool IsEmpty => _long.Length == 0 && _short.Length == 0;

    private bool Shows(Value value) => value.Kind switch
    {
        ValueKind.String => !ReferenceEquals(MaskText(value.AsString), value.AsString),
        ValueKind.List => value.AsList.Any(Shows),
        ValueKind.Map => value.AsMap.Entries.Any(entry => Shows(entry.Key) || Shows(entry.Value)),
        _ => false,
    };

    private Value Masked(Value value) => value.Kind switch
    {
        ValueKind.String => Value.String(MaskText(value.AsString)),
        ValueKind.List => Value.List(value.AsList.Select(Masked).ToArray()),
        ValueKind.Map => Value.Map(MaskEntries(value.AsMap)),
        _ => value,
    };

    private string? MaskOptional(string? text) => text is null ? null : MaskText(text);

    private IEnumerable<(string Key, Value Value)> MaskEntries(ValueMap map)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, value) in map.Entries)
        {
            var masked = MaskText(key.AsString);
            if (seen.Add(masked))
                yield return (masked, Masked(value));
        }
    }

    private static IEnumerable<string> Forms(string value) =>
        Parts(value).SelectMany(part => (IEnumerable<string>)
        [
            part,
            JavaScriptEncoder.Default.Encode(part),
            JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(part),
            Uri.EscapeDataString(part),
            LowerCaseEscapes(Uri.EscapeDataString(part)),
            WebUtility.UrlEncode(part),
            .. Base64Forms(part),
        ]).Where(form => form.Length > 0);

    private static IEnumerable<string> Parts(string value)
    {
        yield return value;
        if (value.Trim() is var trimmed && trimmed.Length != value.Length)
            yield return trimmed;
        if (!value.Contains('\n'))
            yield break;
        foreach (var line in value.Split('\n', StringSplitOptions.TrimEntries).Where(line => line.Length >= 2 * ShortLength))
            yield return line;
    }

    /// <summary>The characters of a Base64 text that depend on the value alone, for each of the three offsets it can start at.</summary>
    private static IEnumerable<string> Base64Forms(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        for (var offset = 0; offset < 3; offset++)
        {
            var text = Convert.ToBase64String([.. new byte[offset], .. bytes]).TrimEnd('=');
            var first = (offset * 8 + 5) / 6;
            var last = (offset + bytes.Length) * 8 / 6;
            if (last - first >= ShortLength)
            {
                yield return text[first..last];
                yield return text[first..last].Replace('+', '-').Replace('/', '_');
            }
        }
    }

    private static string LowerCaseEscapes(string escaped)
    {
        var text = escaped.ToCharArray();
        for (var i = 0; i + 2 < text.Length; i++)
        {
            if (text[i] != '%')
                continue;
            text[i + 1] = char.ToLowerInvariant(text[i + 1]);
            text[i + 2] = char.ToLowerInvariant(text[i + 2]);
        }
        return new string(text);
    }

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
}
