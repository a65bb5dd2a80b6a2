using System.Text;

namespace GateAction.Tests.Cel;

/// <summary>Random texts that are nearly conditions: token soup, and expressions with characters lost, doubled, swapped or thrown
/// in.</summary>
internal static class HostileCondition
{
    private static readonly string[] Pieces =
    [
        "backend", ".json", ".checks", ".operations", ".latency", ".p95", ".status", ".ok", ".body", "unit", ".failures", ".pass_rate",
        "cache", "now", "baseline", "nothing", "x", "y", "o",
        "&&", "||", "!", "==", "!=", "<", "<=", ">", ">=", " in ", "+", "-", "*", "/", "%", "?", ":", "(", ")", "[", "]", "{", "}", ",",
        ".", "`a-b`",
        "0", "1", "-1", "200", "9223372036854775807", "18446744073709551615u", "1.5", "1e308", "0x7F", "500ms", "1h30m", "95%", "512Mi",
        "99999999999d", "5u", "1.5.5", "3zz",
        "true", "false", "null", "\"a\"", "'😀é'", "r'\\d+'", "b'\\xff'", "'''a\n'''", "\"\\u00e9\"", "\"\\ud800\"", "'", "\"\"\"",
        "// c\n", "#", "=", "&", "\0", "\ud800", "\u202e", "é",
        ".all(x, ", ".exists(x, ", ".exists_one(x, ", ".map(x, ", ".filter(x, ", ".all(i, x, ", ".transformList(i, x, ",
        ".transformMap(k, x, ", ".transformMapEntry(k, x, {k: x})", "cel.bind(y, ", "has(",
        "size(", "int(", "uint(", "double(", "string(", "bytes(", "duration(", "timestamp(", "type(", "dyn(", "bool(", "math.greatest(",
        "math.abs(", "math.bitShiftLeft(", "base64.decode(", "strings.quote(",
        ".size()", ".contains(", ".matches(", ".startsWith(", ".split(", ".join(", ".replace(", ".substring(", ".charAt(", ".indexOf(",
        ".lastIndexOf(", ".format([", ".reverse()", ".trim()", ".getHours('+25:00')", ".getFullYear()",
        "'%s %d %.3f %x'", "'%.999e'", "'(a|b)*[^\\\\x{10000}-\\\\x{10FFFF}]'", "'(?i)\\\\pL{3,}'", "google.protobuf.Duration", "int",
        "list",
    ];

    public static string Make(int seed)
    {
        var random = new Random(seed);
        return random.Next(3) switch
        {
            0 => Soup(random),
            1 => Mutate(random, RandomCondition.Make(seed).Text),
            _ => Mutate(random, ExplanationTests.Explained[random.Next(ExplanationTests.Explained.Length)]),
        };
    }

    private static string Soup(Random random)
    {
        var text = new StringBuilder();
        for (var i = random.Next(1, 25); i > 0; i--)
            text.Append(Pieces[random.Next(Pieces.Length)]);
        return text.ToString();
    }

    private static string Mutate(Random random, string text)
    {
        var result = new StringBuilder(text);
        for (var i = random.Next(1, 5); i > 0 && result.Length > 0; i--)
        {
            var at = random.Next(result.Length);
            switch (random.Next(5))
            {
                case 0:
                    result.Remove(at, Math.Min(random.Next(1, 4), result.Length - at));
                    break;
                case 1:
                    result.Insert(at, Pieces[random.Next(Pieces.Length)]);
                    break;
                case 2:
                    result.Insert(at, (char)random.Next(0x250));
                    break;
                case 3:
                    var length = Math.Min(random.Next(1, 12), result.Length - at);
                    result.Insert(at, result.ToString(at, length));
                    break;
                default:
                    result[at] = result[random.Next(result.Length)];
                    break;
            }
        }
        return result.ToString();
    }
}
