using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using GateAction.Cel.Patterns;
using GateAction.Sources.Logs;

namespace GateAction.Tests.Sources.Logs;

internal sealed class LogPatternTests
{
    private static readonly string[] Patterns =
    [
        "ab", "a+b", "^a", "b$", "(?i)AB|c", "\\bab", "a|", "[^a]b", "a{2,3}b?c", "(a|b)*c", "\\Aab", "é", "aé|b", "\\xE9a", "(ab)+é", ".b",
    ];

    [TestCase("(", "pattern '(': not a regular expression: a group is not closed by ')'")]
    [TestCase("(a)\\1", "pattern '(a)\\1': RE2 has no back references")]
    [TestCase("(?=a)b", "pattern '(?=a)b': RE2 has no '(?=': look-around, back references and atomic groups would not be linear")]
    [TestCase("(a{1000}){1000}", "pattern '(a{1000}){1000}': it is too large; repeat less")]
    [TestCase("x*", "pattern 'x*' also fits an empty line, so it fits every line; write what a line must hold")]
    [TestCase("Step \\d+: ClickHouse initialized", null)]
    public void A_pattern_is_checked_before_anything_is_read(string pattern, string? objection)
    {
        Assert.That(LogPattern.ObjectionTo(pattern), Is.EqualTo(objection));
    }

    /// <summary>One search serves line after line: nothing of one may be left for the next.</summary>
    [TestCase("ab+c", "xabbc", "xab", "c", "ab", "bc", "abc")]
    [TestCase("^a|b$", "b", "ba", "a", "cb", "ca", "ab c")]
    [TestCase("(?i)time[d ]out", "TIMED OUT", "Timed", "out", "time out", "timexout", "")]
    [TestCase("\\bdisk (full|gone)", "disk full", "disk", "full", "a disk gone", "adisk full")]
    public void Each_line_is_looked_through_by_itself(string pattern, params string[] lines)
    {
        var search = LogPattern.Compile(pattern).NewSearch();

        var fits = lines.Concat(lines.Reverse()).Select(line => search.IsIn(line)).ToArray();

        var alone = lines.Select(line => LogPattern.Compile(pattern).IsIn(line)).ToArray();
        Assert.That(fits, Is.EqualTo(alone.Concat(alone.Reverse())));
        Assert.That(alone, Is.EqualTo(lines.Select(line => Regex.IsMatch(line, pattern))));
    }

    /// <summary>An engine that makes states ahead takes minutes for it.</summary>
    [Test]
    public void A_pattern_that_could_mean_much_is_as_linear_as_any_other() =>
        Assert.That(LogPattern.Compile("(.{0,9}a){10}$").IsIn(string.Concat(Enumerable.Repeat("aaaaaaaaab", 500))), Is.False);

    /// <summary>Most lines are left out before they are looked through. The answer is that of the search without it.</summary>
    [TestCaseSource(nameof(Patterns))]
    public void What_is_skipped_holds_no_match(string pattern)
    {
        var (program, search) = (PatternProgram.Parse(pattern), LogPattern.Compile(pattern).NewSearch());
        var lines = Gen.Elements("a", "b", "c", "A", "é", "x", " ", "\ud83d\ude00", "\ud800", "ab", "xxxxxxxx").ListOf()
            .Select(string.Concat);

        Prop.ForAll(lines.ToArbitrary(), line => Assert.That(search.IsIn(line), Is.EqualTo(program.IsIn(line, _ => true)), line))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithQuietOnSuccess(true));
    }
}
