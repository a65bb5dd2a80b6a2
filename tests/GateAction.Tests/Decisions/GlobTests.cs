using GateAction.Core.Decisions;

namespace GateAction.Tests.Decisions;

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
    public void Many_stars_over_a_long_path_take_no_exponential_time()
    {
        var pattern = string.Concat(Enumerable.Repeat("*a", 200)) + "b";

        Assert.That(Glob.IsMatch(pattern, new string('a', 2000)), Is.False);
    }
}
