using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GateAction.Tests.Fuzzing;

/// <summary>
/// Inputs nobody meant: real files with bytes lost, doubled, swapped or thrown in, two of them spliced, JSON with parts replaced by other
/// JSON, and texts whose words follow one another as they do in the real ones.
/// </summary>
internal sealed class FuzzInput
{
    private const int MostWords = 400;

    private static readonly string[] Thrown =
    [
        "\0", "\ud83d", "\u202e", "\ufeff", "é", "😀", "\r\n", "\t", " ", "\"", "'", "\\", "\\u0000", "<", ">", "</", "<![CDATA[", "&#0;",
        "&x;", "]]>", "<!--", "-->", "{", "}", "[", "]", "[[[[", "{{",
        "}}", ":", ": ", "- ", "*", "&a", "*a", "!!", "|", ">", "#", "---", "?", "%", "${", "${A", "}", "$(", "`", "@", "\u001b[31m", "-1",
        "0", "1e999", "9999999999999999999999", "0.1e-400", "NaN",
        "-0", "0x", "null", "true", "~", "2026-02-31", "1970-01-01T00:00:00Z", "99999999999d", "***", "/gate waive ", "/gate ",
        "<!-- gate-action gate=",
    ];

    private readonly byte[][] _seeds;
    private readonly Dictionary<string, string[]> _followers;
    private readonly string[] _words;

    public FuzzInput(IEnumerable<byte[]> seeds)
    {
        _seeds = [.. seeds.Where(seed => seed.Length is > 0 and < 64 * 1024).OrderBy(seed => seed.Length)];
        var pairs = _seeds.SelectMany(seed => Words(Encoding.UTF8.GetString(seed)).ToArray() is var words
            ? words.Zip(words.Skip(1)) : []).ToLookup(pair => pair.First, pair => pair.Second);
        _followers = pairs.ToDictionary(pair => pair.Key, pair => pair.Take(2_000).ToArray());
        _words = [.. _followers.Keys];
    }

    public byte[] Make(int seed)
    {
        var random = new Random(seed);
        var original = Seed(random);
        return random.Next(4) switch
        {
            0 => Encoding.UTF8.GetBytes(Written(random)),
            1 when Tree(original) is { } tree => Encoding.UTF8.GetBytes(Replaced(tree, random)),
            2 => [.. original.AsSpan(0, random.Next(original.Length)), .. Tail(Seed(random), random)],
            _ => Mutated(original, random),
        };
    }

    // Short ones more often: they are read faster, and say no less.
    private byte[] Seed(Random random) => _seeds[(int)(_seeds.Length * Math.Pow(random.NextDouble(), 3))];

    private static byte[] Tail(byte[] bytes, Random random) => bytes[random.Next(bytes.Length)..];

    private string Written(Random random)
    {
        var text = new StringBuilder();
        var word = _words[random.Next(_words.Length)];
        for (var i = 1 + (int)(MostWords * Math.Pow(random.NextDouble(), 3)); i > 0; i--)
        {
            text.Append(word);
            if (random.Next(40) == 0)
                text.Append(Thrown[random.Next(Thrown.Length)]);
            word = random.Next(20) > 0 && _followers.TryGetValue(word, out var next)
                ? next[random.Next(next.Length)]
                : _words[random.Next(_words.Length)];
        }
        return text.ToString();
    }

    private static byte[] Mutated(byte[] original, Random random)
    {
        var bytes = original.ToList();
        for (var i = random.Next(1, 8); i > 0 && bytes.Count > 0; i--)
        {
            var at = random.Next(bytes.Count);
            var length = Math.Min(random.Next(1, 40), bytes.Count - at);
            switch (random.Next(6))
            {
                case 0:
                    bytes.RemoveRange(at, length);
                    break;
                case 1:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Thrown[random.Next(Thrown.Length)]));
                    break;
                case 2:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 3:
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                    break;
                case 4:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }
        return [.. bytes];
    }

    private static JsonNode? Tree(byte[] bytes)
    {
        try
        {
            return JsonNode.Parse(bytes);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            return null;
        }
    }

    private static string Replaced(JsonNode tree, Random random)
    {
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var nodes = new List<JsonNode>();
            Collect(tree, nodes);
            var node = nodes[random.Next(nodes.Count)];
            JsonNode? other = random.Next(3) == 0 ? nodes[random.Next(nodes.Count)].DeepClone() : Value(random);
            switch (node.Parent)
            {
                case JsonObject map when random.Next(4) == 0:
                    map.Remove(node.GetPropertyName());
                    break;
                case JsonObject map:
                    map[node.GetPropertyName()] = other;
                    break;
                case JsonArray list:
                    list[node.GetElementIndex()] = other;
                    break;
            }
        }
        return tree.ToJsonString();
    }

    private static JsonNode? Value(Random random) => random.Next(9) switch
    {
        0 => null,
        1 => JsonValue.Create(random.Next(-3, 3)),
        2 => JsonValue.Create(long.MaxValue),
        3 => JsonValue.Create(1e300),
        4 => JsonValue.Create(random.Next(2) == 0),
        5 => JsonValue.Create(Thrown[random.Next(Thrown.Length)].Replace("\ud83d", "\ufffd", StringComparison.Ordinal)),
        6 => new JsonObject(),
        7 => new JsonArray(),
        _ => JsonValue.Create(new string('x', random.Next(3_000))),
    };

    private static void Collect(JsonNode? node, List<JsonNode> all)
    {
        if (node is null)
            return;
        all.Add(node);
        if (node is JsonObject map)
        {
            foreach (var (_, value) in map)
                Collect(value, all);
        }
        if (node is JsonArray list)
        {
            foreach (var value in list)
                Collect(value, all);
        }
    }

    // Runs of letters and digits, of white space, and every other character alone.
    private static IEnumerable<string> Words(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var end = at + 1;
            while (end < text.Length && Kind(text[at]) > 0 && Kind(text[end]) == Kind(text[at]))
                end++;
            yield return text[at..end];
            at = end;
        }
    }

    private static int Kind(char c) => char.IsAsciiLetterOrDigit(c) || c == '_' ? 1 : c is ' ' or '\n' or '\r' or '\t' ? 2 : 0;
}
