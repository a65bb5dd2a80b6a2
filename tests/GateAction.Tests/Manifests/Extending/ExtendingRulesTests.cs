using GateAction.Manifests;
using GateAction.Manifests.Extending;
using Rule = GateAction.Manifests.Extending.Extending;

namespace GateAction.Tests.Manifests.Extending;

/// <summary>What an extending manifest may do with each field that a manifest can hold: nothing that makes the extended one
/// weaker.</summary>
internal sealed class ExtendingRulesTests
{
    private const string Base = """
        score: { pass: 80% }
        on-inconclusive: block
        target: https://example.com
        concurrency: { total: 4 }
        defaults: { timeout: 5s }
        env: [REGION]
        waiver-days: 30
        when: { changed: ["src/**"] }
        override: { roles: [admin] }
        groups: { speed: { title: Speed, weight: 2 } }
        probes: { page: { http: /a } }
        results: { unit: { files: "*.xml" } }
        criteria:
          up: { title: Up, group: speed, weight: 2, pass: page.status == 200, help: ask Ann, when: { event: push }, baseline: optional }
          green: unit.failed + unit.errors == 0
        waivers: [{ criterion: green, reason: flaky, expires: 2026-06-20 }]

        """;

    /// <summary>For each field what an extending manifest tries, and the words of the problem; null where it may.</summary>
    private static readonly (string Field, string Text, string? Problem)[] Tries =
    [
        ("version", "x-none: 1", null),
        ("name", "name: web", null),
        ("extends", "x-none: 1", null),
        ("score", "score: { pass: 90% }", "'base.yml' sets it already"),
        ("score", "score: { pass: 1% }", "'base.yml' sets it already"),
        ("on-inconclusive", "on-inconclusive: warn", "for 'base.yml' alone to say"),
        ("on-inconclusive", "on-inconclusive: block", "for 'base.yml' alone to say"),
        ("env", "env: [ZONE]", null),
        ("secrets", "secrets: [TOKEN]", null),
        ("target", "target: https://other.example.com", "'base.yml' sets it already"),
        ("deployment", "deployment: { environment: staging }", "'base.yml' sets it already"),
        ("concurrency", "concurrency: { total: 1 }", "'base.yml' sets it already"),
        ("defaults", "defaults: { timeout: 29s, flaky: pass }", null),
        ("probes", "probes: { page: { http: /b } }", "an extending manifest changes no source"),
        ("probes", "results: { page: { files: a.xml } }", "names of probes and sets are shared"),
        ("results", "results: { unit: { files: none.xml } }", "an extending manifest changes no source"),
        ("coverage", "coverage: { lines: { files: c.xml } }", null),
        ("groups", "groups: { speed: { weight: 1 } }", "raises it, or leaves it"),
        ("groups", "groups: { other: { weight: 1 } }", null),
        ("criteria", "criteria: { up: 'true' }", "its condition stays"),
        ("criteria", "criteria: { mine: page.status < 500 }", null),
        ("waivers", "waivers: [{ criterion: up, reason: later, expires: 2026-06-20 }]", "which alone waives it"),
        ("waiver-days", "waiver-days: 31", "lowers it, or leaves it"),
        ("waiver-days", "waiver-days: 29", null),
        ("when", "when: { changed: [docs/**] }", "for 'base.yml' alone to say"),
        ("override", "override: { roles: [write] }", "for 'base.yml' alone to say"),
        ("x-*", "x-mine: [1]", null),
        ("criterion.title", "criteria: { up: { title: Down } }", "for 'base.yml' alone to say"),
        ("criterion.group", "criteria: { green: { group: speed } }", "for 'base.yml' alone to say"),
        ("criterion.weight", "criteria: { up: { weight: 1 } }", "raises it, or leaves it"),
        ("criterion.weight", "criteria: { green: { weight: 0 } }", "raises it, or leaves it"),
        ("criterion.weight", "criteria: { up: { weight: 2 }, green: { weight: 7 } }", null),
        ("criterion.required", "criteria: { up: { required: false } }", "for 'base.yml' alone to say"),
        ("criterion.required", "criteria: { up: { required: true } }", "for 'base.yml' alone to say"),
        ("criterion.pass", "criteria: { up: { pass: 'true' } }", "for 'base.yml' alone to say"),
        ("criterion.and", "criteria: { up: { and: page.ok } }", null),
        ("criterion.and", "criteria: { green: { and: [unit.total > 9, unit.skipped == 0] } }", null),
        ("criterion.warn", "criteria: { up: { warn: 'true' } }", "for 'base.yml' alone to say"),
        ("criterion.help", "criteria: { up: { help: ask Bob } }", "sets the help of 'up' already"),
        ("criterion.help", "criteria: { green: { help: ask Bob } }", null),
        ("criterion.when", "criteria: { green: { when: { event: push } } }", "for 'base.yml' alone to say"),
        ("criterion.baseline", "criteria: { green: { baseline: optional } }", "for 'base.yml' alone to say"),
        ("criterion.for-each", "criteria: { 'u${s}': { for-each: { s: [p] }, and: page.ok } }", null),
        ("group.title", "groups: { speed: { title: Slowness } }", "sets the title of 'speed' already"),
        ("group.weight", "groups: { speed: { weight: 1.99 } }", "raises it, or leaves it"),
        ("group.weight", "groups: { speed: { weight: 3 } }", null),
        ("group.for-each", "groups: { 'sp${s}': { for-each: { s: [eed] }, weight: 3 } }", null),
    ];

    private static string[] Fields =>
    [
        .. ManifestSyntax.Syntax.Describe().Select(one => one.Name),
        .. CriterionDraft.Full.Describe().Select(one => $"criterion.{one.Name}"),
        .. GroupSyntax.Syntax.Describe().Select(one => $"group.{one.Name}"),
    ];

    [Test]
    public void Each_field_has_its_rule_and_each_rule_its_field() =>
        Assert.That(
            ExtendingRules.OfManifest.Keys.Concat(ExtendingRules.OfCriterion.Keys.Select(name => $"criterion.{name}"))
                .Concat(ExtendingRules.OfGroup.Keys.Select(name => $"group.{name}")),
            Is.EquivalentTo(Fields));

    [Test]
    public void The_page_says_what_the_rules_say()
    {
        var page = File.ReadAllLines(Path.Combine(TestFiles.Repository, "docs", "extends.md"));

        Assert.That(
            ExtendingRules.OfManifest.Concat(ExtendingRules.OfCriterion).Select(rule => $"| `{rule.Key}` | {Words(rule.Value)} |"),
            Is.SubsetOf(page));
        Assert.That(page.Count(line => line.StartsWith("| `", StringComparison.Ordinal)
            && !line.Contains("base.yml", StringComparison.Ordinal)
            && !line.Contains("acme", StringComparison.Ordinal)),
            Is.EqualTo(ExtendingRules.OfManifest.Count + ExtendingRules.OfCriterion.Count + 1), "and `off`");
    }

    private static string Words(Rule rule) => rule switch
    {
        Rule.Own => "each file has its own",
        Rule.Adds => "adds to it",
        Rule.Opens => "set where the extended one leaves it open",
        Rule.Raises => "raised, never lowered",
        Rule.Lowers => "lowered, never raised",
        Rule.Fills => "holds for its own sources, over the extended one's",
        Rule.Never => "for the extended one alone",
        _ => throw new ArgumentOutOfRangeException(nameof(rule)),
    };

    [Test]
    public void Each_field_is_tried() => Assert.That(Tries.Select(one => one.Field).Distinct(), Is.EquivalentTo(Fields));

    [TestCaseSource(nameof(Tries))]
    public void What_makes_the_extended_manifest_weaker_is_refused((string Field, string Text, string? Problem) tried)
    {
        Assert.That(Extended.On(Base, "").Problems(), Is.Empty);

        var problems = Extended.On(Base, tried.Text).Problems();

        Assert.That(problems, tried.Problem is null ? Is.Empty : Does.StartWith("gate.yml:3:").And.Contain(tried.Problem));
    }

    /// <summary>Fields that one file alone decides cannot be opened by a third one in between either.</summary>
    [TestCaseSource(nameof(Tries))]
    public void A_file_in_between_opens_nothing((string Field, string Text, string? Problem) tried)
    {
        var problems = Extended.Read(
            ("gate.yml", $"version: 1\nextends: between.yml\n{tried.Text}"),
            ("between.yml", "version: 1\nextends: base.yml\ncriteria: { between: page.ok }\n"),
            ("base.yml", $"version: 1\n{Base}")).Problems();

        Assert.That(problems, tried.Problem is null ? Is.Empty : Does.StartWith("gate.yml:3:"));
    }

    [TestCase("score: { pass: 90% }")]
    [TestCase("target: https://example.com")]
    [TestCase("deployment: { environment: staging }")]
    [TestCase("concurrency: { total: 9 }")]
    [TestCase("criteria: { up: { help: ask Bob } }")]
    public void What_is_left_open_may_be_set(string text) =>
        Assert.That(
            Extended.On("probes: { page: { http: https://example.com } }\ncriteria: { up: page.ok }", text).Problems(), Is.Empty);

    /// <summary>Each of them would loosen a manifest that leaves it open: its default is the strict one.</summary>
    [TestCase("on-inconclusive: warn")]
    [TestCase("override: { roles: [write] }")]
    [TestCase("when: { changed: [docs/**] }")]
    [TestCase("waiver-days: 91")]
    [TestCase("criteria: { up: { required: false } }")]
    [TestCase("criteria: { up: { warn: 'true' } }")]
    [TestCase("criteria: { up: { baseline: optional } }")]
    [TestCase("criteria: { up: { when: { event: push } } }")]
    public void What_is_strict_where_nothing_is_said_stays_strict(string text) =>
        Assert.That(
            Extended.On("probes: { page: { http: https://example.com } }\ncriteria: { up: page.ok }", text).Problems(),
            Does.StartWith("gate.yml:3:"));

    [Test]
    public void The_defaults_of_an_extending_manifest_are_for_its_own_sources()
    {
        var reading = Extended.On(
            "target: https://example.com\ndefaults: { timeout: 5s }\nprobes: { page: { http: /a } }\ncriteria: { up: page.ok }",
            "defaults: { attempts: 4, flaky: pass }\nprobes: { mine: { http: /b } }\ncriteria: { mine: mine.ok }");

        var options = reading.Require().Sources.ToDictionary(source => source.Name, source => source.Source.ToString());

        Assert.That(options["page"], Does.Contain("00:00:05").And.Contain("Attempts = 3"));
        Assert.That(options["mine"], Does.Contain("00:00:05").And.Contain("Attempts = 4"));
        Assert.That(reading.Manifest!.Gate.TolerateFlaky, Is.EqualTo(["mine"]));
    }
}
