using System.Text;
using GateAction.Tests.Commands;

namespace GateAction.Tests.Manifests;

/// <summary>Criteria that <c>for-each</c> made are shown by what they were made for.</summary>
internal sealed class ForEachGroupsTests
{
    private const string Probes = "version: 1\nprobes: { a: { file: a.json } }\n";

    private const string Two = """
        criteria:
          ${s}-one: { for-each: { s: [VALUES] }, pass: a.exists }
          ${s}-two: { for-each: { s: [VALUES] }, pass: a.exists }
          other: a.exists

        """;

    [TestCase("api, web", "s-api|s-web")]
    [TestCase("10, v2_5", "s-10|s-v2_5")]
    public void Each_value_with_several_criteria_is_a_group(string values, string ids)
    {
        var gate = Read($"{Probes}{Two.Replace("${s}-", "of-${s}-", StringComparison.Ordinal)
            .Replace("VALUES", values, StringComparison.Ordinal)}");

        Assert.That(string.Join('|', gate.Groups.Select(group => group.Id)), Is.EqualTo(ids));
        Assert.That(string.Join(", ", gate.Groups.Select(group => group.Title)), Is.EqualTo(values));
        Assert.That(gate.Criteria.GroupBy(criterion => criterion.GroupId).Select(group => group.Count()), Is.EquivalentTo([2, 2, 1]));
    }

    [TestCase("criteria:\n  ${s}-one: { for-each: { s: [api, web] }, pass: a.exists }\n", TestName = "One criterion a value")]
    [TestCase("criteria:\n  ${s}-a: { for-each: { s: [api] }, pass: a.exists }\n  ${t}-b: { for-each: { t: [api] }, pass: a.exists }\n",
        TestName = "Two variables")]
    [TestCase("criteria: { one: a.exists, two: a.exists }\n", TestName = "None at all")]
    public void A_group_of_one_is_none(string criteria)
    {
        var manifest = Read(Probes + criteria);

        Assert.That(manifest.Groups, Is.Empty);
        Assert.That(manifest.Criteria.Select(criterion => criterion.GroupId), Has.All.Empty);
    }

    [Test]
    public void What_is_written_goes_before()
    {
        var manifest = Read($$"""
            {{Probes}}groups: { mine: {}, s-api: { title: The API, weight: 5 } }
            criteria:
              ${s}-one: { for-each: { s: [api, web] }, pass: a.exists }
              ${s}-two: { for-each: { s: [api, web] }, pass: a.exists }
              ${s}-three: { for-each: { s: [api, web] }, pass: a.exists, group: mine }
            """);

        Assert.That(manifest.Groups.Select(group => (group.Id, group.Title, group.Weight)),
            Is.EqualTo([("mine", "mine", 1), ("s-api", "The API", 5.0), ("s-web", "web", 1)]));
        Assert.That(manifest.Criteria.Select(criterion => criterion.GroupId),
            Is.EqualTo(["s-api", "s-web", "s-api", "s-web", "mine", "mine"]));
    }

    [Test]
    public void Of_several_variables_the_first_one_counts() =>
        Assert.That(
            Read(Probes + "criteria:\n  ${s}-${r}: { for-each: { s: [api, web], r: [eu, us] }, pass: a.exists }\n")
                .Criteria.Select(criterion => (criterion.Id, criterion.GroupId)),
            Is.EqualTo([("api-eu", "s-api"), ("api-us", "s-api"), ("web-eu", "s-web"), ("web-us", "s-web")]));

    [Test]
    public void Values_that_differ_in_signs_alone_have_groups_of_their_own()
    {
        var groups = Read($$$"""
            {{{Probes}}}criteria:
              ${s.id}-one: { for-each: { s: { a.b: { id: x }, a-b: { id: y }, {{{new string('l', 200)}}}: { id: z } } }, pass: a.exists }
              ${s.id}-two: { for-each: { s: { a.b: { id: x }, a-b: { id: y }, {{{new string('l', 200)}}}: { id: z } } }, pass: a.exists }
            """).Groups;

        Assert.That(groups.Select(group => group.Title), Is.EqualTo(["a.b", "a-b", new string('l', 200)]));
        Assert.That(groups.Select(group => group.Id).Distinct().Count(), Is.EqualTo(3));
    }

    [Test]
    public void An_extending_manifest_adds_to_the_groups_of_the_extended_one()
    {
        var gate = Extending.Extended.On(
            "probes: { a: { file: a.json } }\ncriteria:\n  ${s}-one: { for-each: { s: [api, web] }, pass: a.exists }\n"
            + "  ${s}-two: { for-each: { s: [api, web] }, pass: a.exists }\n  ${s}-only: { for-each: { s: [db] }, pass: a.exists }\n",
            "criteria:\n  ${s}-more: { for-each: { s: [api, db] }, pass: a.exists }\n  own: a.exists\n").Require().Gate;

        Assert.That(gate.Criteria.Select(criterion => (criterion.Id, criterion.GroupId)), Is.EquivalentTo([
            ("api-one", "s-api"), ("web-one", "s-web"), ("api-two", "s-api"), ("web-two", "s-web"), ("db-only", "s-db"),
            ("api-more", "s-api"), ("db-more", "s-db"), ("own", "")]));
    }

    /// <summary>Comment, page and terminal.</summary>
    [Test]
    public async Task Each_report_shows_them_together()
    {
        using var run = new CommandRun().With("a.json", "{}")
            .With("gate.yml", Probes + Two.Replace("VALUES", "api, web", StringComparison.Ordinal));

        await run.RunAsync("run");

        Assert.That(run.Out, Does.Contain("api 100%").And.Contain("web 100%").And.Contain("Criteria 100%"));
        foreach (var report in new[] { "comment.md", "report.md", "report.html" })
            Assert.That(run.Read($"gate-report/{report}"), Does.Match("api").And.Match("(?s)api.*api-one.*api-two.*web.*web-one.*other"),
                report);
    }

    private static GateAction.Core.Model.Gate Read(string text) => ManifestCases.Read(Encoding.UTF8.GetBytes(text)).Require().Gate;
}
