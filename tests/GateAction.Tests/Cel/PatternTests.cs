using GateAction.Cel.Values;

namespace GateAction.Tests.Cel;

/// <summary>Patterns of <c>matches</c>: RE2's, whatever .NET's own would do.</summary>
internal sealed class PatternTests
{
    /// <summary>The table of https://github.com/google/re2/wiki/Syntax.</summary>
    private static readonly Dictionary<string, Func<char, bool>> PosixClasses = new()
    {
        ["alnum"] = char.IsAsciiLetterOrDigit,
        ["alpha"] = char.IsAsciiLetter,
        ["ascii"] = c => c <= 127,
        ["blank"] = c => c is '\t' or ' ',
        ["cntrl"] = c => c is < ' ' or '\x7F',
        ["digit"] = char.IsAsciiDigit,
        ["graph"] = c => c is > ' ' and < '\x7F',
        ["lower"] = char.IsAsciiLetterLower,
        ["print"] = c => c is >= ' ' and < '\x7F',
        ["punct"] = c => c is > ' ' and < '\x7F' && !char.IsAsciiLetterOrDigit(c),
        ["space"] = c => c is '\t' or '\n' or '\v' or '\f' or '\r' or ' ',
        ["upper"] = char.IsAsciiLetterUpper,
        ["word"] = c => char.IsAsciiLetterOrDigit(c) || c == '_',
        ["xdigit"] = char.IsAsciiHexDigit,
    };

    [TestCase("abc", "b", true)]
    [TestCase("abc", "^b", false)]
    [TestCase("a\nb", "^b", false)]
    [TestCase("b\n", "b$", false)]
    [TestCase("b", "b$", true)]
    [TestCase("a\nb", "a.b", false)]
    [TestCase("a\nb", "(?s)a.b", true)]
    [TestCase("ABC", "(?i)b", true)]
    [TestCase("ABC", "(?i:b)", true)]
    [TestCase("😀", "^.$", true)]
    [TestCase("😀", "^[😀-😂]$", true)]
    [TestCase("😃", "^[😀-😂]$", false)]
    [TestCase("😀", "^[^a]$", true)]
    [TestCase("a", "^[^a]$", false)]
    [TestCase("a", "^[😀a]$", true)]
    [TestCase("😀😀", "^😀{2}$", true)]
    [TestCase("😀", @"^\x{1F600}$", true)]
    [TestCase("A", @"^\x41$", true)]
    [TestCase("\n", @"^\012$", true)]
    [TestCase("٣", @"\d", false)]
    [TestCase("3", @"\d", true)]
    [TestCase("3", @"\D", false)]
    [TestCase("é", @"\w", false)]
    [TestCase("é", @"\W", true)]
    [TestCase("\u00a0", @"\s", false)]
    [TestCase(" ", @"\s", true)]
    [TestCase(" ", @"\S", false)]
    [TestCase("x1", @"^[\w]+$", true)]
    [TestCase("-", @"^[a\-z]$", true)]
    [TestCase("]", "^[]]$", true)]
    [TestCase("a-", "^[a-]+$", true)]
    [TestCase("aB3", "^[[:alpha:]]+[[:digit:]]$", true)]
    [TestCase("Éa", @"^\p{Lu}\pL$", true)]
    [TestCase("É", @"^\P{Lu}$", false)]
    [TestCase("a", @"^[\p{Ll}]$", true)]
    [TestCase("a.b", @"^\Qa.b\E$", true)]
    [TestCase("axb", @"\Qa.b", false)]
    [TestCase("ab", @"\Aab\z", true)]
    [TestCase("a b", @"\bb\b", true)]
    [TestCase("ab", @"\Bb", true)]
    [TestCase("aa", "(?P<x>a)(?<y>a)", true)]
    [TestCase("a{b", @"a\{b", true)]
    [TestCase("\t", @"^[\t]$", true)]
    [TestCase("\v\f\a", @"^\v\f\a$", true)]
    [TestCase("[", "^[[]$", true)]
    [TestCase("\a\f\n\r\t\v", @"^[\a][\f][\n][\r][\t][\v]$", true)]
    [TestCase("a", @"^[\a]$", false)]
    [TestCase("\a", @"^[\v]$", false)]
    [TestCase("é", @"^[\x{E9}]$", true)]
    [TestCase("é", @"^[\xE8-\xEA]$", true)]
    [TestCase("\u0001", @"^[\001]$", true)]
    [TestCase("b", @"^[\x{61}-\x{63}]$", true)]
    [TestCase("a😀", "^[a😀]{2}$", true)]
    [TestCase("-", "^[a-]$", true)]
    [TestCase("b", "^[a-]$", false)]
    [TestCase(" ", @"^[\s]$", true)]
    [TestCase("d", @"^[\d]$", false)]
    [TestCase("🨀", "^[😀-🨀]$", true)]
    [TestCase("🐀", "^[😀-🨀]$", false)]
    [TestCase("🦀", "^[😀-🨀]$", true)]
    [TestCase("a", "^[^ab]$", false)]
    [TestCase("\n", "^[^a]$", true)]
    [TestCase("٣", @"^\pN$", true)]
    [TestCase("a", @"^\p{^Lu}$", true)]
    [TestCase("A", @"^\P{^Lu}$", true)]
    [TestCase("ab", @"^a\x{0062}$", true)]
    [TestCase("a", "^(?:a)$", true)]
    [TestCase("A\nB", "(?is)a.b", true)]
    [TestCase("b\na", "(?m)^a$", true)]
    [TestCase("b\na", "(?m)^b$", true)]
    [TestCase("aaa", "(?U)^a*$", true)]
    [TestCase("a\nb", "a(?s).b", true)]
    [TestCase("a\nb", "(?s:a.)b", true)]
    [TestCase("a\nb", "(?s:a)(?-s).b", false)]
    [TestCase("aB", "(?i)a(?-i)b", false)]
    [TestCase("aB", "(a(?i))B", true)]
    [TestCase("ab", "((?i)A)b", true)]
    [TestCase("aB", "((?i)A)b", false)]
    [TestCase("x", @"^[\D]$", true)]
    [TestCase("1", @"^[\D]$", false)]
    [TestCase("1", @"^[^\D]$", true)]
    [TestCase("1", "^[[:^alpha:]]$", true)]
    [TestCase("a", "^[[:^alpha:]]$", false)]
    [TestCase("😁", "^[^😀]$", true)]
    [TestCase("😀", "^[^😀]$", false)]
    [TestCase("é", @"\bé", false)]
    [TestCase("a{,2}", "^a{,2}$", true)]
    [TestCase("a{x}", "^a{x}$", true)]
    [TestCase("", "^$", true)]
    [TestCase("", "(|a)*", true)]
    [TestCase("aaab", "^(a*)*b$", true)]
    [TestCase("aaac", "^(a|aa)+b$", false)]
    [TestCase("abab", "^(?:ab){2}$", true)]
    [TestCase("ababab", "^(?:ab){2}$", false)]
    [TestCase("aa", "^a{2,}?$", true)]
    [TestCase("a", "^a{2,}$", false)]
    [TestCase("aaaa", "^a{2,3}$", false)]
    [TestCase("ac", "^(a|b|)c$", true)]
    [TestCase("É", "(?i)^é$", true)]
    [TestCase("x", @"^\Qx\E+$", true)]
    public void A_pattern_means_what_it_means_in_re2(string text, string pattern, bool matches)
    {
        var scope = new Scope(new Dictionary<string, Value> { ["text"] = Value.String(text), ["pattern"] = Value.String(pattern) });

        var value = CelTesting.Parse("[text.matches(pattern), matches(text, pattern)]").Evaluate(scope).Value;

        Assert.That(value.ToString(), Is.EqualTo(matches ? "[true, true]" : "[false, false]"));
    }

    [TestCaseSource(nameof(PosixClasses))]
    public void A_posix_class_holds_the_characters_of_re2(KeyValuePair<string, Func<char, bool>> posix)
    {
        var characters = Enumerable.Range(0, 0x250).Select(c => (char)c).ToList();
        var scope = new Scope(new Dictionary<string, Value>
        { ["characters"] = Value.List([.. characters.Select(c => Value.String(c.ToString()))]) });

        var found = CelTesting.Parse($"characters.filter(c, c.matches('^[[:{posix.Key}:]]$'))").Evaluate(scope).Value;

        Assert.That(found.AsList.Select(c => c.AsString[0]), Is.EqualTo(characters.Where(posix.Value)));
    }

    [TestCase("(?=a)", "look-around")]
    [TestCase("(?<=a)", "look-around")]
    [TestCase("(?<!a)", "look-around")]
    [TestCase("(?>a)", "look-around")]
    [TestCase("(?x)a", "look-around")]
    [TestCase(@"(a)\1", "back references")]
    [TestCase(@"\k", @"'\k'")]
    [TestCase(@"\Z", @"'\Z'")]
    [TestCase(@"a\", "lone")]
    [TestCase(@"[\", "lone")]
    [TestCase("[a", "not closed")]
    [TestCase("[b-a]", "backwards")]
    [TestCase(@"[\k]", @"'\k'")]
    [TestCase("[[:word", "[:alpha:]")]
    [TestCase("[[:none:]]", "[:alpha:]")]
    [TestCase(@"\p", "category")]
    [TestCase(@"\p{Greek}", "Greek")]
    [TestCase(@"\xZZ", "hexadecimal")]
    [TestCase(@"\x{110000}", "hexadecimal")]
    [TestCase(@"\x4", "hexadecimal")]
    [TestCase("(?P<x", "name")]
    [TestCase("a)", "regular expression")]
    [TestCase("*", "regular expression")]
    [TestCase("(", "a group is not closed by ')'")]
    [TestCase("a**", "repeated again")]
    [TestCase("a{2}{3}", "repeated again")]
    [TestCase("{2}{3}", "nothing stands before")]
    [TestCase("a|{2}", "nothing stands before")]
    [TestCase("a{3,2}", "runs backwards")]
    [TestCase("a{99999999999}", "too large")]
    [TestCase("(a{100}){101}", "too large")]
    [TestCase("((x{0}){9999}){9999}", "too large")]
    [TestCase("(?i", "'(?i'")]
    [TestCase(@"\C", @"'\C'")]
    [TestCase(@"\é", @"'\é'")]
    [TestCase(@"\p{Xx}", "Xx")]
    [TestCase(@"\p{L", "category")]
    [TestCase("((a{1000}){1000}){1000}", "too large")]
    public void A_pattern_that_re2_does_not_have_says_why(string pattern, string message)
    {
        var scope = new Scope(new Dictionary<string, Value> { ["pattern"] = Value.String(pattern) });

        var value = CelTesting.Parse("'a'.matches(pattern)").Evaluate(scope).Value;

        Assert.That(value.IsError ? value.Text : value.ToString(), Does.Contain("cannot be used").And.Contains(message));
    }

    /// <summary>Each took another engine seconds or minutes; how much is too much must not depend on the machine.</summary>
    [TestCase("((a|b)*a(a|b){100}){5}[c-d]", "ab", 100_000, "the condition was stopped after 10 million steps")]
    [TestCase("a.{0,1000}[c-d]", "ab", 1_000_000, "the condition was stopped after 10 million steps")]
    [TestCase(@"(\w+\s*){200}[\x01-\x02]", "ab ", 100_000, "the condition was stopped after 10 million steps")]
    [TestCase("(.{0,9}a){10}[c-d]", "ab", 100_000, "false")]
    [TestCase("(a*)*(a*)*(a|aa)*c", "a", 1_000_000, "false")]
    public void A_pattern_takes_as_many_steps_on_every_machine(string pattern, string letters, int length, string expected)
    {
        var random = new Random(1);
        var text = string.Create(length, random, (span, source) => source.GetItems(letters, span));
        var scope = new Scope(new Dictionary<string, Value> { ["text"] = Value.String(text), ["pattern"] = Value.String(pattern) });

        var value = CelTesting.Parse("text.matches(pattern)").Evaluate(scope).Value;

        Assert.That(value.IsError ? value.Text : value.ToString(), Does.StartWith(expected));
    }

    [TestCase("ERROR.*timeout")]
    [TestCase(@"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
    [TestCase(@"(?i)(error|fatal|panic): .{0,200} (in|at) \w+\.cs:\d+")]
    [TestCase("(?s)^.*[0-9]{40}$")]
    public void An_everyday_pattern_may_be_looked_for_in_a_megabyte(string pattern)
    {
        var line = "2027-01-01T00:00:00Z INFO request served in 12 ms by worker 7, trace 0af7651916cd43dd8448eb211c80319c\n";
        var text = string.Concat(Enumerable.Repeat(line, 1_048_576 / line.Length));
        var scope = new Scope(new Dictionary<string, Value> { ["text"] = Value.String(text), ["pattern"] = Value.String(pattern) });

        var value = CelTesting.Parse("text.matches(pattern)").Evaluate(scope).Value;

        Assert.That(value.ToString(), Is.EqualTo("false"));
    }

    [Test]
    public void Patterns_find_what_another_engine_finds()
    {
        var random = new Random(20270101);
        for (var i = 0; i < 20_000; i++)
        {
            var (pattern, text) =
                (RandomPattern(random, 3), string.Create(random.Next(7), random, (span, source) => source.GetItems("ab\n", span)));

            var expected = System.Text.RegularExpressions.Regex.IsMatch(text, pattern.Replace("$", @"\z", StringComparison.Ordinal));
            var scope = new Scope(new Dictionary<string, Value> { ["text"] = Value.String(text), ["pattern"] = Value.String(pattern) });
            Assert.That(CelTesting.Parse("text.matches(pattern)").Evaluate(scope).Value.ToString(), Is.EqualTo(expected ? "true" : "false"),
                $"'{pattern}' on '{text}'");
        }
    }

    private static string RandomPattern(Random random, int depth) => random.Next(depth > 0 ? 12 : 6) switch
    {
        0 or 1 => "a",
        2 => "b",
        3 => ".",
        4 => random.Next(2) == 0 ? "[ab]" : "[^a]",
        5 => ((string[])["^", "$", @"\b", @"\B"])[random.Next(4)],
        6 or 7 => RandomPattern(random, depth - 1) + RandomPattern(random, depth - 1),
        8 or 9 => $"({RandomPattern(random, depth - 1)}|{RandomPattern(random, depth - 1)})",
        _ => $"({RandomPattern(random, depth - 1)}){((string[])["*", "+", "?", "{2}", "{0,2}", "{1,}", "*?"])[random.Next(7)]}",
    };
}
