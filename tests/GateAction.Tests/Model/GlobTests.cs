using GateAction.Cel.Values;
using GateAction.Core.Decisions;
using GateAction.Core.Model;
using GateAction.Tests.Decisions;

namespace GateAction.Tests.Model;

internal sealed class GlobTests
{
    [TestCase("src/**", "src/a/b.cs", true)]
    [TestCase("src/**", "srcx/a.cs", false)]
    [TestCase("src/*.cs", "src/a.cs", true)]
    [TestCase("src/*.cs", "src/a/b.cs", false)]
    [TestCase("**/*.md", "README.md", true)]
    [TestCase("**/*.md", "docs/a/b.md", true)]
    [TestCase("docs/**/*.md", "docs/b.md", true)]
    [TestCase("docs/**/*.md", "docsb.md", false)]
    [TestCase("**.js", "a/b/c.js", true)]
    [TestCase("*", "a/b", false)]
    [TestCase("release/?.x", "release/1.x", true)]
    [TestCase("release/?.x", "release//.x", false)]
    [TestCase("main", "main", true)]
    [TestCase("main", "maintenance", false)]
    [TestCase("", "", true)]
    public void A_pattern_matches_as_GitHub_filters_do(string pattern, string path, bool expected) =>
        Assert.That(Glob.IsMatch(pattern, path), Is.EqualTo(expected));

    [Test]
    public void A_later_exclamation_mark_takes_matches_out_again()
    {
        string[] patterns = ["src/**", "!src/generated/**"];

        Assert.That(Glob.AnyMatch(patterns, "src/a.cs"), Is.True);
        Assert.That(Glob.AnyMatch(patterns, "src/generated/a.cs"), Is.False);
    }

    [Test]
    public void Every_short_pattern_matches_what_it_means_by_definition([Values] bool hasFolders)
    {
        var texts = Texts("ab/", 4).ToArray();

        var wrong = from pattern in Texts("a/*?", 5)
                    from text in texts
                    let expected = Means(pattern, text, hasFolders)
                    let found = hasFolders ? Glob.IsMatch(pattern, text) : Glob.IsNameMatch(pattern, text)
                    where found != expected
                    select $"'{pattern}' over '{text}'";

        Assert.That(wrong.Take(5), Is.Empty);
    }

    [Test]
    public void So_does_a_longer_one_with_many_stars([Random(int.MinValue, int.MaxValue, 3)] int seed)
    {
        var random = new Random(seed);
        var wrong = new List<string>();
        for (var round = 0; round < 5_000; round++)
        {
            var (pattern, text) = (string.Concat(random.GetItems(["a", "b", "/", "*", "**", "/**/", "?"], 9)),
                new string(random.GetItems("ab/".AsSpan(), 14)));
            if (Glob.IsMatch(pattern, text) != Means(pattern, text, hasFolders: true))
                wrong.Add($"'{pattern}' over '{text}'");
        }

        Assert.That(wrong, Is.Empty);
    }

    [TestCase("", "aaaa")]
    [TestCase("**", "aaaa")]
    [TestCase("**/", "aaaa")]
    [TestCase("**", "a/")]
    [TestCase("**/", "a/")]
    [TestCase("**", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/")]
    public void Many_stars_over_a_long_path_take_no_exponential_time(string start, string part)
    {
        var path = string.Concat(Enumerable.Repeat(part, 30_000 / part.Length));

        foreach (var pattern in new[] { string.Concat(Enumerable.Repeat("*a", 20)) + "b", "a*a/*ab", "*a**a*ab", "aa*ab" })
        {
            Assert.That(Glob.IsMatch(start + pattern, path), Is.False);
            Assert.That(Glob.IsNameMatch(start + pattern, path), Is.False);
        }
    }

    [TestCase("src/{web,api}/**", "src/api/a.cs", true)]
    [TestCase("src/{web,api}/**", "src/db/a.cs", false)]
    [TestCase("{{cookiecutter.slug}}/**", "{{cookiecutter.slug}}/setup.py", true)]
    [TestCase("app/[slug]/**", "app/[slug]/page.tsx", true)]
    [TestCase("docs/{a}.md", "docs/{a}.md", true)]
    [TestCase("docs/{a}.md", "docs/a.md", true)]
    public void Braces_mean_the_same_for_changed_files_and_branches_as_for_result_files(string pattern, string path, bool expected)
    {
        var gate = Gates.Gate() with { ConcernedBy = [pattern] };

        Assert.That(Applicability.WhyNotConcerned(gate, [path]) is null, Is.EqualTo(expected));
        Assert.That(Applicability.WhyNot(new When([], [pattern], []), Value.Null, [path]) is null, Is.EqualTo(expected));
        Assert.That(new GateAction.Files.FileGlob(pattern).IsMatch(path), Is.EqualTo(expected));
    }

    [Test]
    public void A_place_in_a_path_of_an_API_stays_what_it_is()
    {
        Assert.That(Glob.AnyMatch(["/users/{id}"], "/users/{id}"), Is.True);
        Assert.That(Glob.AnyMatch(["/users/{id}"], "/users/id"), Is.False);
    }

    [Test]
    public void Braces_without_end_are_refused_in_a_sentence([Values(201, 20_000)] int depth)
    {
        var pattern = new string('{', depth) + "a,b" + new string('}', depth);

        Assert.That(Glob.Objection(pattern), Does.Contain("stand for more than 10000 patterns"));
        Assert.That(() => Glob.Alternatives(pattern), Throws.TypeOf<GateException>());
    }

    private static IEnumerable<string> Texts(string alphabet, int most) =>
        most == 0 ? [""] : Texts(alphabet, most - 1).SelectMany(text => text.Length == most - 1
            ? alphabet.Select(letter => text + letter).Prepend(text)
            : [text]);

    private static bool Means(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text, bool hasFolders, bool startsFolder = true)
    {
        if (pattern.IsEmpty)
            return text.IsEmpty;
        if (hasFolders && startsFolder && pattern.StartsWith("**/"))
        {
            if (Means(pattern[3..], text, hasFolders))
                return true;
            for (var end = 0; end < text.Length; end++)
            {
                if (text[end] == '/' && Means(pattern[3..], text[(end + 1)..], hasFolders))
                    return true;
            }
            return false;
        }
        if (pattern[0] == '*')
        {
            var crosses = !hasFolders || pattern.StartsWith("**");
            var rest = hasFolders && crosses ? pattern[2..] : pattern[1..];
            for (var end = 0; end <= text.Length; end++)
            {
                if (Means(rest, text[end..], hasFolders, startsFolder: false))
                    return true;
                if (end < text.Length && text[end] == '/' && !crosses)
                    return false;
            }
            return false;
        }
        return !text.IsEmpty && (pattern[0] == text[0] || (pattern[0] == '?' && (!hasFolders || text[0] != '/')))
            && Means(pattern[1..], text[1..], hasFolders, pattern[0] == '/');
    }
}
