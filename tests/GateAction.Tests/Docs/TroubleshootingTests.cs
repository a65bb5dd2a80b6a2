using System.Text.RegularExpressions;
using GateAction.Manifests;

namespace GateAction.Tests.Docs;

/// <summary>docs/messages.md has every message of the sources, and docs/troubleshooting.md explains none that they do not have.</summary>
[Category("Generated")]
internal sealed partial class TroubleshootingTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(TestFiles.Repository, "docs", "troubleshooting.md"));

    private static IEnumerable<string> Explained => Row().Matches(Slip().Replace(Page, "")).Select(row => row.Groups["message"].Value);

    /// <summary>GATE_ACCEPT_SNAPSHOTS=1 writes it.</summary>
    [Test]
    public void The_page_of_messages_has_every_message_of_the_sources_and_no_other()
    {
        var path = Path.Combine(TestFiles.Repository, "docs", "messages.md");
        if (Environment.GetEnvironmentVariable("GATE_ACCEPT_SNAPSHOTS") == "1")
            File.WriteAllText(path, MessageIndex.Write());

        Assert.That(File.ReadAllText(path), Is.EqualTo(MessageIndex.Write()),
            "run this test with GATE_ACCEPT_SNAPSHOTS=1 to write the page");
    }

    [Test]
    public void Every_file_that_says_something_has_its_topic() =>
        Assert.That(MessageIndex.Messages.Select(message => message.Topic).Distinct(), Is.SubsetOf(MessageIndex.Titles));

    [Test]
    public void Every_topic_is_explained() => Assert.That(
        MessageIndex.Titles,
        Is.SubsetOf(Heading().Matches(Page).Select(heading => heading.Groups["title"].Value)));

    [TestCaseSource(nameof(Explained))]
    public void What_is_explained_is_said_by_the_sources(string message)
    {
        var parts = message.Split('…', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

        Assert.That(MessageIndex.Messages.Select(known => known.Text), Has.Some.Matches<string>(text => parts.All(part =>
            text!.Contains(part, StringComparison.Ordinal))));
    }

    /// <summary>The first column is what people write; the second one is the gate's own, which GATE_ACCEPT_SNAPSHOTS=1 writes.</summary>
    [Test]
    public void Each_slip_of_the_page_gets_the_answer_that_stands_beside_it()
    {
        var answered = Slip().Replace(Page, row => $"| `` {row.Groups["condition"].Value} `` | {Answer(row.Groups["condition"].Value)} |");
        if (Environment.GetEnvironmentVariable("GATE_ACCEPT_SNAPSHOTS") == "1")
            File.WriteAllText(Path.Combine(TestFiles.Repository, "docs", "troubleshooting.md"), answered);
        else
            Assert.That(Page, Is.EqualTo(answered), "run this test with GATE_ACCEPT_SNAPSHOTS=1 to write the answers");
        Assert.That(Slip().Count(Page), Is.GreaterThan(20));
    }

    private static string Answer(string condition)
    {
        var reading = new ManifestReader(_ => null, new DateOnly(2026, 11, 20)).Read(
            $"""
            version: 1
            probes: {"{"} backend: {"{"} http: https://staging.example.com/health {"}"} {"}"}
            results: {"{"} unit: {"{"} files: "results/*.xml" {"}"} {"}"}
            criteria:
              slip: |-
                {condition}
              other: backend.ok && unit.green
            """,
            "gate.yml");
        var problem = reading.Problems.Concat(reading.Warnings).First(problem =>
            problem.Path.StartsWith("criteria.slip", StringComparison.Ordinal));
        return $"`` {problem.Message} ``";
    }

    /// <summary>What the gate said in other tests, so what people will look for.</summary>
    [TestCaseSource(nameof(Said))]
    public void What_is_said_is_found_on_the_page(string message) => Assert.That(Patterns.Any(pattern => pattern.IsMatch(message)));

    private static readonly Regex[] Patterns =
    [
        .. MessageIndex.Messages.Where(message => message.Text.Count(char.IsAsciiLetterLower) >= 5).Select(message => new Regex(
            string.Join(".*", message.Text.Split('…').Select(part => Regex.Escape(part.Trim()))), RegexOptions.NonBacktracking)),
    ];

    private static IEnumerable<string> Said()
    {
        var tests = Path.Combine(TestFiles.Repository, "tests", "GateAction.Tests");
        var ofManifests = Directory.GetFiles(Path.Combine(tests, "Manifests", "err"), "*.out").SelectMany(path => File.ReadLines(path))
            .Select(line => Problem().Match(line)).Where(problem => problem.Success).Select(problem => problem.Groups["message"].Value);
        var ofSources = Directory.GetFiles(Path.Combine(tests, "Sources"), "*FailureTable*.verified.txt")
            .SelectMany(path => File.ReadLines(path))
            .Select(line => Outcome().Match(line)).Where(outcome => outcome.Success).Select(outcome => outcome.Groups["reason"].Value);
        return ofManifests.Concat(ofSources).Where(message => message.Length > 0 && message != "measured").Distinct();
    }

    [GeneratedRegex(@"^\S+:\d+:\d+: (warning: )?(?<message>.+)$")]
    private static partial Regex Problem();

    [GeneratedRegex(@": (Failed|Inconclusive|Degraded|Passed) – (?<reason>.+)$")]
    private static partial Regex Outcome();

    // Only between its marks has the page rows of two columns that begin with code.
    [GeneratedRegex(@"^\| `` (?<condition>.+?) `` \|[^|\n]*\|$", RegexOptions.Multiline)]
    private static partial Regex Slip();

    [GeneratedRegex(@"^\| `+ ?(?<message>.+?) ?`+ \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("^## (?<title>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
