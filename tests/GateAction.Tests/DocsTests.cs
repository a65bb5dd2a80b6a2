using System.Text.RegularExpressions;
using GateAction.Manifests;
using GateAction.Manifests.Extending;
using GateAction.Syntax;
using YamlDotNet.RepresentationModel;

namespace GateAction.Tests;

/// <summary>Every manifest that a page shows is one that the gate accepts, and every other fragment says where it goes.</summary>
internal sealed partial class DocsTests
{
    /// <summary>What a fragment that is neither manifest nor workflow says in its first line, and what stands around it there.</summary>
    private static readonly Dictionary<string, string> Places = new(StringComparer.Ordinal)
    {
        ["# among the steps of a job"] = "jobs:\n  gate:\n    runs-on: ubuntu-latest\n    steps:\n      FRAGMENT",
        ["# in the job that runs the gate"] = "jobs:\n  gate:\n    runs-on: ubuntu-latest\n    FRAGMENT",
        ["# a job of .gitlab-ci.yml"] = "FRAGMENT",
    };

    [TestCaseSource(nameof(Manifests))]
    public void Every_manifest_of_a_page_has_no_problems(string page, int line)
    {
        var text = ManifestBlock().Matches(Read(page)).Single(block => LineOf(page, block) == line).Groups["yaml"].Value;

        Assert.That(ComplaintsOf(text, page), Is.Empty);
    }

    [TestCaseSource(nameof(Tasks))]
    public void Every_manifest_for_a_task_has_no_problems_and_its_line_on_the_page(string file)
    {
        Assert.That(ComplaintsOf(Read(Path.Combine("docs", "tasks", file)), file), Is.Empty);
        Assert.That(Read(Path.Combine("docs", "tasks.md")).Split($"](tasks/{file})"), Has.Length.EqualTo(2));
    }

    /// <summary>What is pasted from a page is whole, or its first line says into what it is to be pasted.</summary>
    [TestCaseSource(nameof(Fragments))]
    public void Every_fragment_is_whole_or_says_where_it_goes(string page, int line)
    {
        var text = YamlBlock().Matches(Read(page)).Single(block => LineOf(page, block) == line).Groups["yaml"].Value;
        var (first, rest) = (text.Split('\n')[0], text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..]);

        Assert.That(Places, Does.ContainKey(first), "begin a manifest with 'version: 1', or say in a comment where this goes");

        var around = Places[first];
        var indent = new string(' ', around.Length - around.LastIndexOf('\n') - 1 - "FRAGMENT".Length);
        var indented = rest.TrimEnd().Replace("\n", $"\n{indent}", StringComparison.Ordinal);
        var whole = around.Replace("FRAGMENT", indented, StringComparison.Ordinal);
        Assert.That(() => new YamlStream().Load(new StringReader(whole)), Throws.Nothing);
    }

    [Test]
    public void The_cookbook_is_among_the_pages() =>
    Assert.That(Manifests().Count(block => (string)block[0] == Path.Combine("docs", "cookbook.md")), Is.GreaterThan(9));

    [Test]
    public void Every_picture_is_shown_or_linked_by_a_page()
    {
        var pages = string.Concat(Pages().Select(Read));

        var forgotten = Directory.GetFiles(Path.Combine(TestFiles.Repository, "docs", "images")).Select(path => Path.GetFileName(path))
            .Where(name => !pages.Contains($"images/{name}", StringComparison.Ordinal));

        Assert.That(forgotten, Is.Empty);
    }

    [TestCaseSource(nameof(Pages))]
    public void Every_link_to_a_heading_finds_it(string page)
    {
        var text = Fence().Replace(Read(page), "");

        var broken = Anchor().Matches(text)
            .Where(link => !AnchorsOf(Target(page, link.Groups["path"].Value)).Contains(link.Groups["anchor"].Value))
            .Select(link => link.Value);

        Assert.That(broken, Is.Empty);
    }

    private static IReadOnlyList<Problem> ComplaintsOf(string manifest, string name)
    {
        var reading = new ManifestReader(name => name.EndsWith("_URL", StringComparison.Ordinal)
            ? "https://staging.example.com"
            : "value", new DateOnly(2026, 11, 20))
            .ReadAsync(new ManifestPart(ManifestPlace.Checkout, name, manifest), ReadAsync, CancellationToken.None)
            .GetAwaiter().GetResult();
        return [.. reading.Problems, .. reading.Warnings];

        // What a manifest of a page extends is the first one that the page shows.
        Task<ManifestPart> ReadAsync(ExtendsAddress address, ManifestPlace from, CancellationToken cancellation) =>
            Task.FromResult(new ManifestPart(from, address.Path, ManifestBlock().Match(Read(name)).Groups["yaml"].Value));
    }

    private static IEnumerable<string> Tasks() =>
        Directory.GetFiles(Path.Combine(TestFiles.Repository, "docs", "tasks")).Select(path => Path.GetFileName(path)).Order();

    private static IEnumerable<object[]> Fragments() =>
        Pages().SelectMany(page => YamlBlock().Matches(Read(page))
            .Where(block => !ManifestBlock().IsMatch(block.Value) && !Workflow().IsMatch(block.Value))
            .Select(block => new object[] { page, LineOf(page, block) }));

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

    [GeneratedRegex("^ *```ya?ml\n(?<yaml>.*?)^ *```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex YamlBlock();

    // Every workflow is held against the rules of WorkflowsTests.
    [GeneratedRegex("^on:\n.*^jobs:\n", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Workflow();

    [GeneratedRegex("^(```|~~~).*?^\\1", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\]\((?<path>[^)#\s:]*)#(?<anchor>[^)\s]+)\)")]
    private static partial Regex Anchor();

    [GeneratedRegex("^#{1,6} (?<text>.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Punctuation();
}
