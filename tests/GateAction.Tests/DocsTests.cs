using System.Text.RegularExpressions;
using GateAction.Manifests;
using GateAction.Manifests.Extending;

namespace GateAction.Tests;

/// <summary>Every manifest that a page shows is one that the gate accepts.</summary>
internal sealed partial class DocsTests
{
    [TestCaseSource(nameof(Manifests))]
    public void Every_manifest_of_a_page_has_no_problems(string page, int line)
    {
        var text = ManifestBlock().Matches(Read(page)).Single(block => LineOf(page, block) == line).Groups["yaml"].Value;

        var reading = new ManifestReader(name => name.EndsWith("_URL", StringComparison.Ordinal)
            ? "https://staging.example.com"
            : "value", new DateOnly(2026, 11, 20))
            .ReadAsync(new ManifestPart(ManifestPlace.Checkout, page, text), ReadAsync, CancellationToken.None).GetAwaiter().GetResult();

        Assert.That(reading.Problems, Is.Empty);

        // What a manifest of a page extends is the first one that the page shows.
        Task<ManifestPart> ReadAsync(ExtendsAddress address, ManifestPlace from, CancellationToken cancellation) =>
            Task.FromResult(new ManifestPart(from, address.Path, ManifestBlock().Match(Read(page)).Groups["yaml"].Value));
    }

    [Test]
    public void The_cookbook_is_among_the_pages() =>
    Assert.That(Manifests().Count(block => (string)block[0] == Path.Combine("docs", "cookbook.md")), Is.GreaterThan(9));

    [TestCaseSource(nameof(Pages))]
    public void Every_link_to_a_heading_finds_it(string page)
    {
        var text = Fence().Replace(Read(page), "");

        var broken = Anchor().Matches(text)
            .Where(link => !AnchorsOf(Target(page, link.Groups["path"].Value)).Contains(link.Groups["anchor"].Value))
            .Select(link => link.Value);

        Assert.That(broken, Is.Empty);
    }

    private static IEnumerable<object[]> Manifests() =>
        Pages().SelectMany(page => ManifestBlock().Matches(Read(page)).Select(block => new object[] { page, LineOf(page, block) }));

    private static IEnumerable<string> Pages() =>
        Directory.GetFiles(Path.Combine(TestFiles.Repository, "docs"), "*.md", SearchOption.AllDirectories)
        .Append(Path.Combine(TestFiles.Repository, "README.md"))
        .Select(path => Path.GetRelativePath(TestFiles.Repository, path));

    private static string Read(string page) => File.ReadAllText(Path.Combine(TestFiles.Repository, page));

    private static int LineOf(string page, Match block) => Read(page)[..block.Index].Count(letter => letter == '\n') + 1;

    private static string Target(string page, string path) => path.Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, path);

    // As GitHub makes them: lower case, no punctuation, dashes for spaces.
    private static HashSet<string> AnchorsOf(string page) => Heading().Matches(Fence().Replace(Read(page), ""))
        .Select(heading => Punctuation().Replace(heading.Groups["text"].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'))
        .ToHashSet(StringComparer.Ordinal);

    [GeneratedRegex("^```yaml\n(?<yaml>version: 1\n.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex ManifestBlock();

    [GeneratedRegex("^(```|~~~).*?^\\1", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\]\((?<path>[^)#\s:]*)#(?<anchor>[^)\s]+)\)")]
    private static partial Regex Anchor();

    [GeneratedRegex("^#{1,6} (?<text>.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Punctuation();
}
