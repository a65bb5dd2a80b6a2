using System.Text;
using GateAction.Core.Model;
using GateAction.Core.Reports;
using GateAction.Core.Reports.Markdown;
using GateAction.StandIns.Comments;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace GateAction.Tests.Reports;

internal sealed class CommentTests
{
    [Test]
    public void A_failing_gate_is_told() =>
    Snapshot.Match(Comment.Render(SampleVerdicts.Failing, SampleVerdicts.Context with { Previous = SampleVerdicts.Previous }), "md");

    [Test]
    public void A_passing_gate_is_told() => Snapshot.Match(Comment.Render(SampleVerdicts.Passing, SampleVerdicts.Context), "md");

    [Test]
    public void A_warned_gate_is_told() => Snapshot.Match(Comment.Render(SampleVerdicts.Warned, SampleVerdicts.Context), "md");

    [Test]
    public void A_changed_manifest_is_shown_as_a_preview() =>
        Snapshot.Match(Comment.Render(SampleVerdicts.Inconclusive,
        new ReportContext("0.1.0", Preview: SampleVerdicts.Passing, Notes: ["manifest taken from head: first introduction"])), "md");

    [TestCase(1)]
    [TestCase(50)]
    [TestCase(5000)]
    public void Failures_fill_the_space_first_and_the_limit_holds_in_bytes(int failures)
    {
        var criteria = Enumerable.Range(0, failures)
            .Select(index => SampleVerdicts.Criterion($"criterion-{index}", $"日本語 {index} @octocat", "testing", CriterionState.Failed,
            $"unit.failed == {index}: was 1"));
        var verdict = SampleVerdicts.Failing with { Criteria = [.. SampleVerdicts.Passing.Criteria, .. criteria] };

        var comment = Comment.Render(verdict, SampleVerdicts.Context);

        Assert.That(Encoding.UTF8.GetByteCount(comment), Is.LessThanOrEqualTo(Comment.MostBytes));
        Assert.That(comment, Does.Contain("#### ❌ Failed: 日本語 0"));
        Assert.That(comment, Does.Contain("[full report]"));
        Assert.That(comment, Does.Contain("<sub>Gate `staging`"));
        if (failures == 5000)
            Assert.That(comment,
                Does.Match(@"…and [\d,]+ criteria more\.").And.Contain(
                "Left out here for its length: waivers, performance, passed criteria"));
        Assert.That(comment.Split("<details").Length, Is.EqualTo(comment.Split("</details>").Length));
    }

    [Test]
    public void The_smallest_space_still_holds_verdict_and_foot()
    {
        var comment = Comment.Render(SampleVerdicts.Failing, SampleVerdicts.Context, 3000);

        Assert.That(Encoding.UTF8.GetByteCount(comment), Is.LessThanOrEqualTo(3000));
        Assert.That(comment, Does.StartWith("### ❌ Blocked: ").And.Contain("took 12.4s"));
    }

    [Test]
    public void No_comparison_of_a_passed_criterion_is_dropped_silently()
    {
        var all = SampleVerdicts.Criterion("all", "All of it", "testing", CriterionState.Passed, "a == 1: was 1", "b == 2: was 2",
            "c == 3: was 3", "d == 4: was 4");
        all = all with { Explanation = [.. all.Explanation.SkipLast(1), all.Explanation[^1] with { More = 2 }] };
        var more = SampleVerdicts.Criterion("more", "More of it", "testing", CriterionState.Passed, "a == 1: was 1", "b == 2: was 2",
            "c == 3: was 3", "d == 4: was 4", "e == 5: was 5");

        var comment = Comment.Render(SampleVerdicts.Passing with { Criteria = [.. SampleVerdicts.Passing.Criteria, all, more] },
            SampleVerdicts.Context);

        Assert.That(comment,
            Does.Contain(
            "All of it: `a == 1` was **`1`**; `b == 2` was **`2`**; `c == 3` was **`3`**; `d == 4` was **`4`** (and 2 more)\n"));
        Assert.That(comment,
            Does.Contain(
            "More of it: `a == 1` was **`1`**; `b == 2` was **`2`**; `c == 3` was **`3`**; `d == 4` was **`4`** (and 1 more)\n"));
    }

    [Test]
    public void How_many_tests_failed_is_told_where_the_verdict_holds_the_first_of_them()
    {
        var probe = SampleVerdicts.Failing.Probes.Single(probe => probe.Name == "golden") with
        {
            FailingTests = 1234,
            Details = [.. Enumerable.Range(1, 30).Select(index => $"case {index}")],
        };

        var comment = Comment.Render(SampleVerdicts.Failing with { Probes = [probe] }, SampleVerdicts.Context);

        Assert.That(comment,
            Does.Contain("case 12\n").And.Not.Contain("case 13").And.Contain(
            "1,234 tests of `golden` failed. See the [full report]"));
    }

    [Test]
    public void A_probe_that_several_criteria_read_is_described_once()
    {
        var comment = Comment.Render(SampleVerdicts.Failing
            with
        {
            Criteria = [.. SampleVerdicts.Failing.Criteria.Select(criterion => criterion.Id == "postgres"
            ? criterion with { Reads = ["golden"] }
            : criterion)]
        }, SampleVerdicts.Context);

        Assert.That(comment.Split("- `golden` (results)"), Has.Length.EqualTo(2));
    }

    [Test]
    public void What_tests_and_servers_wrote_adds_no_element()
    {
        var hostile = SampleVerdicts.Failing with
        {
            Notes = ["</details><img src=x>@octocat #1"],
            Criteria = [.. SampleVerdicts.Failing.Criteria.Select(criterion => criterion with
            {
                Title = "|a|\n# <b>[x](http://evil.example)",
                Explanation = [SampleVerdicts.Explained("`a` || b: was \"``` | @octocat\""),
                    SampleVerdicts.Explained("</details>\n\n# big")],
                Reason = "<script>alert(1)</script> ![x](http://evil.example) www.evil.example",
                Help = "[x](http://evil.example)\n\n# big",
                Condition = "```\n| x |",
            })],
            Probes = [.. SampleVerdicts.Failing.Probes.Select(probe =>
                probe with { Subject = "`</code><h1>`", Reason = "<h1>\n\n# big", Details = ["````\n# out", "</details>"] })],
            Waivers = [.. SampleVerdicts.Failing.Waivers.Select(waiver => waiver with { Reason = "| <b> |\n# big", By = "@everyone" })],
        };

        var document = Markdig.Markdown.Parse(Comment.Render(hostile, SampleVerdicts.Context), GitHubMarkdown.Pipeline);

        Assert.That(document.Descendants<LinkInline>().Select(link => link.Url), Has.None.Contains("evil"));
        Assert.That(document.Descendants<LinkInline>().Where(link => link.IsImage), Is.Empty);
        Assert.That(document.Descendants<AutolinkInline>(), Is.Empty);
        Assert.That(document.Descendants<HeadingBlock>().Count(heading => heading.Level is 1 or 2), Is.Zero);
        var tags = document.Descendants<HtmlInline>().Select(html => html.Tag.Split(' ', '>')[0].TrimStart('<', '/')).Distinct();
        Assert.That(tags, Is.SubsetOf(new[] { "code", "span", "sub", "b", "!--" }));
    }

    [Test]
    public void The_next_run_reads_what_this_one_said()
    {
        var previous = PreviousRun.Read(PreviousRun.Of(SampleVerdicts.Failing).Write());

        Assert.That(previous!.State, Is.EqualTo(VerdictState.Failed));
        Assert.That(previous.Score, Is.EqualTo(0.715));
        Assert.That(previous.Criteria, Is.EquivalentTo(PreviousRun.Of(SampleVerdicts.Failing).Criteria));
    }

    [Test]
    public void Of_too_many_criteria_only_the_verdict_is_remembered()
    {
        var many = Enumerable.Range(0, 2000).ToDictionary(number => $"criterion-{number}", _ => CriterionState.Passed);

        var previous = PreviousRun.Read((PreviousRun.Of(SampleVerdicts.Failing) with { Criteria = many }).Write());

        Assert.That((previous!.State, previous.Score, previous.Criteria.Count), Is.EqualTo((VerdictState.Failed, 0.715, 0)));
    }

    [Test]
    public void A_text_of_somebody_else_says_nothing_of_an_earlier_run() => Assert.That(PreviousRun.Read("LGTM"), Is.Null);

    [Test]
    public void A_regression_is_told_in_a_few_lines_that_ping_nobody()
    {
        var hostile = SampleVerdicts.Failing with
        {
            Gate = "a`b",
            Criteria = [.. SampleVerdicts.Failing.Criteria.Select(criterion => criterion with { Title = "@octocat <img src=x> | #77" })],
        };

        var notice = RegressionNotice.Render(hostile, SampleVerdicts.Context, "https://github.example.com/x");

        Assert.That(notice, Does.Contain("was met and is not any more").And.Contains("[All of it](<https://github.example.com/x>)"));
        Assert.That(notice, Does.Not.Contain("@octocat").And.Not.Contains("<img").And.Not.Contains("#77"));
    }
}
