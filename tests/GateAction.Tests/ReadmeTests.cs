using System.Text.RegularExpressions;
using GateAction.Manifests;
using GateAction.Sources;
using YamlDotNet.RepresentationModel;

namespace GateAction.Tests;

/// <summary>What the documentation says is held against the code.</summary>
internal sealed partial class ReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(TestFiles.Repository, "README.md"));

    [Test]
    public void The_manifest_of_the_readme_has_no_problems()
    {
        var manifest = YamlBlocks(Readme).Single(block => block.StartsWith("version: 1", StringComparison.Ordinal));

        var reading = new ManifestReader(_ => "https://staging.example.com", new DateOnly(2026, 11, 1)).Read(manifest, "README.md");

        Assert.That(reading.Problems, Is.Empty);
    }

    [Test]
    public void The_first_workflow_is_read_at_a_glance()
    {
        var workflow = YamlBlocks(Readme).First(block => block.Contains("jobs:", StringComparison.Ordinal));

        Assert.That(workflow.TrimEnd().Split('\n'), Has.Length.LessThanOrEqualTo(35));
    }

    [TestCaseSource(nameof(Examples))]
    public void Every_example_manifest_has_no_problems(string path)
    {
        var reading = new ManifestReader(name => name.EndsWith("_URL", StringComparison.Ordinal)
            ? "https://staging.example.com"
            : "value", new DateOnly(2026, 11, 20))
            .Read(File.ReadAllText(Path.Combine(TestFiles.Repository, path)), path);

        Assert.That(reading.Problems, Is.Empty);
    }

    [Test]
    public void Outputs_are_those_of_the_action()
    {
        var told = Rows("## Outputs").SelectMany(cells => cells[0].Split('·')).Select(name => name.Trim(' ', '`'));

        Assert.That(told, Is.EquivalentTo(Entries("outputs").Select(output => output.Name)));
    }

    [Test]
    public void The_table_of_sources_has_every_kind_and_no_other()
    {
        var told = Told("sources");

        Assert.That(SourceKinds.All.Select(kind => kind.Name).Except(told), Is.Empty, "each kind needs a row in README's table of sources");
        Assert.That(told, Is.Unique.And.SubsetOf(SourceKinds.All.Select(kind => kind.Name)));
    }

    [Test]
    public void The_table_of_logins_names_what_a_probe_has()
    {
        var fields = GateAction.Syntax.Fields.ToDescribe();
        SourceKinds.All.Single(kind => kind.Name == "http").Read(fields);
        var auth = fields.Described.Single(field => field.Name == "auth").Syntax.Expectation;

        foreach (var login in Told("logins"))
        {
            var parts = login.Split(": ");
            Assert.That(fields.Described.Select(field => field.Name), Does.Contain(parts[0]));
            if (parts.Length > 1 && parts[1] != "oauth")
                Assert.That(auth, Does.Contain($"'{parts[1]}'"));
        }
        Assert.That(Told("logins"), Has.Length.GreaterThan(5));
    }

    [TestCaseSource(nameof(Pages))]
    public void Every_link_of_a_page_leads_somewhere(string page)
    {
        var text = Fence().Replace(File.ReadAllText(Path.Combine(TestFiles.Repository, page)), "");
        var folder = Path.GetDirectoryName(Path.Combine(TestFiles.Repository, page))!;

        var broken = Link().Matches(text).Select(match => match.Groups["path"].Value)
            .Where(path => !path.Contains("://", StringComparison.Ordinal) && path.Length > 0)
            .Where(path => !Path.Exists(Path.Combine(folder, path)));

        Assert.That(broken, Is.Empty);
    }

    /// <summary>The words of code in the column that says what is here.</summary>
    private static string[] Told(string table)
    {
        var begin = Readme.IndexOf($"<!-- {table} -->", StringComparison.Ordinal);
        var rows = Readme[begin..Readme.IndexOf($"<!-- end of {table} -->", StringComparison.Ordinal)].Split('\n');
        return [.. rows.Where(row => row.StartsWith('|')).SelectMany(row => Code().Matches(row.Split('|')[2])).Select(code =>
            code.Groups["code"].Value).Distinct()];
    }

    private static IEnumerable<string> Examples() =>
        Directory.GetFiles(Path.Combine(TestFiles.Repository, "examples"), "gate*.yml", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(TestFiles.Repository, path));

    private static IEnumerable<string> Pages() =>
        Directory.GetFiles(Path.Combine(TestFiles.Repository, "docs"), "*.md", SearchOption.AllDirectories)
        .Append(Path.Combine(TestFiles.Repository, "README.md"))
        .Select(path => Path.GetRelativePath(TestFiles.Repository, path));

    private static IEnumerable<string> YamlBlocks(string markdown) =>
        YamlBlock().Matches(markdown).Select(match => match.Groups["yaml"].Value);

    private static IEnumerable<string[]> Rows(string heading)
    {
        var section = Readme[Readme.IndexOf($"\n{heading}\n", StringComparison.Ordinal)..];
        var lines = section.Split('\n').SkipWhile(line => !line.StartsWith('|')).TakeWhile(line => line.StartsWith('|'));
        return lines.Skip(2).Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray());
    }

    private static IEnumerable<(string Name, YamlMappingNode Node)> Entries(string section)
    {
        var yaml = new YamlStream();
        using var reader = new StreamReader(Path.Combine(TestFiles.Repository, "action.yml"));
        yaml.Load(reader);
        var entries = (YamlMappingNode)((YamlMappingNode)yaml.Documents[0].RootNode).Children[section];
        return entries.Children.Select(entry => (((YamlScalarNode)entry.Key).Value!, (YamlMappingNode)entry.Value));
    }

    [GeneratedRegex("^```yaml\n(?<yaml>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex YamlBlock();

    [GeneratedRegex("`(?<code>[^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex("^(```|~~~).*?^\\1", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\]\((?<path>[^)#\s]*)(#[^)]*)?\)")]
    private static partial Regex Link();
}
