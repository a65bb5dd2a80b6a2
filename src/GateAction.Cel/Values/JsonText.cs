using System.Globalization;
using System.Text;

namespace GateAction.Cel.Values;

/// <summary>The text of a JSON string token, leniently: what is not Unicode is no exception. Half of a surrogate pair stays as it is
/// written, <c>\ud83d</c>, so that two texts that differ never become alike; broken UTF-8 becomes U+FFFD.</summary>
internal static class JsonText
{
    /// <param name="raw">The bytes of the token; the quotes around it may be there or not.</param>
    public static string Decode(ReadOnlySpan<byte> raw)
    {
        if (raw.Length >= 2 && raw[0] == '"')
            raw = raw[1..^1];
        var text = Encoding.UTF8.GetString(raw);
        return text.Contains('\\') ? Unescape(text) : text;
    }

    private static string Unescape(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                result.Append(text[i]);
                continue;
            }
            i++;
            // The reader of JSON has checked the form: four digits follow.
            if (text[i] == 'u')
            {
                result.Append((char)ushort.Parse(text.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                i += 4;
                continue;
            }
            result.Append(Simple(text[i]));
        }
        return WithLoneSurrogatesWritten(result.ToString());
    }

    private static char Simple(char escape) => escape switch
    {
        'b' => '\b',
        'f' => '\f',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        _ => escape,
    };

    private static string WithLoneSurrogatesWritten(string text)
    {
        StringBuilder? result = null;
        var written = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                i++;
                continue;
            }
            result = (result ?? new StringBuilder(text.Length)).Append(text, written, i - written)
                .Append(CultureInfo.InvariantCulture, $"\\u{(int)text[i]:x4}");
            written = i + 1;
        }
        return result is null ? text : result.Append(text, written, text.Length - written).ToString();
    }
}
