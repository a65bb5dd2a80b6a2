using System.Text.RegularExpressions;

namespace GateAction.Tests;

/// <summary>Each answer to a threat names the test that holds it, and the test is there.</summary>
internal sealed partial class SecurityPageTests
{
    [Test]
    public void Each_test_that_the_threat_table_names_is_there()
    {
        var page = File.ReadAllText(Path.Combine(TestFiles.Repository, "docs", "security.md"));
        var names = Name().Matches(page).Select(match => (Class: match.Groups["class"].Value, Test: match.Groups["test"].Value)).Distinct()
            .ToArray();
        var files = Directory.GetFiles(Path.Combine(TestFiles.Repository, "tests", "GateAction.Tests"), "*Tests.cs",
            SearchOption.AllDirectories)
            .ToLookup(file => Path.GetFileNameWithoutExtension(file), File.ReadAllText);

        var missing = names.Where(name => !files[name.Class].Any(text => text.Contains($" {name.Test}(", StringComparison.Ordinal)));

        Assert.That(names, Has.Length.GreaterThan(30));
        Assert.That(missing, Is.Empty);
    }

    [Test]
    public void Each_row_of_the_threat_table_names_a_test()
    {
        var rows = File.ReadLines(Path.Combine(TestFiles.Repository, "docs", "security.md"))
            .SkipWhile(line => !line.StartsWith("| who ", StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|'))
            .ToArray();

        Assert.That(rows, Has.Length.GreaterThan(15));
        Assert.That(rows.Where(row => !Name().IsMatch(row)), Is.Empty);
    }

    [GeneratedRegex(@"`(?<class>[A-Za-z]+Tests)\.(?<test>[A-Za-z0-9_]+)`")]
    private static partial Regex Name();
}
