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
        var scope = new Scope(new Dictionary<string, Value> { ["characters"] = Value.List([.. characters.Select(c => Value.String(c.ToString()))]) });

        var found = CelTesting.Parse($"characters.filter(c, c.matches('^[[:{posix.Key}:]]$'))").Evaluate(scope).Value;

        Assert.That(found.AsList.Select(c => c.AsString[0]), Is.EqualTo(characters.Where(posix.Value)));
    }

    [TestCase("(?=a)", "look-around")]
    [TestCase("(?<=a)", "look-around")]
    [TestCase("(?<!a)", "look-around")]
    [TestCase("(?>a)", "look-around")]
    [TestCase("(?x)a", "look-around")]
    [TestCase("(?m)^a", "flags")]
    [TestCase("(?U)a*", "flags")]
    [TestCase("a(?s).", "flags")]
    [TestCase(@"(a)\1", "back references")]
    [TestCase(@"\k", @"'\k'")]
    [TestCase(@"\Z", @"'\Z'")]
    [TestCase(@"a\", "lone")]
    [TestCase(@"[\", "lone")]
    [TestCase("[a", "not closed")]
    [TestCase("[b-a]", "backwards")]
    [TestCase(@"[\D]", @"'\D'")]
    [TestCase(@"[\k]", @"'\k'")]
    [TestCase("[^😀]", "negated class")]
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
    [TestCase("((a{1000}){1000}){1000}", "too large")]
    public void A_pattern_that_re2_does_not_have_says_why(string pattern, string message)
    {
        var scope = new Scope(new Dictionary<string, Value> { ["pattern"] = Value.String(pattern) });

        var value = CelTesting.Parse("'a'.matches(pattern)").Evaluate(scope).Value;

        Assert.That(value.IsError ? value.Text : value.ToString(), Does.Contain("cannot be used").And.Contains(message));
    }
}
