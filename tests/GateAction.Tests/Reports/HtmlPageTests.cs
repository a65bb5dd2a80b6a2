using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Core.Reports;
using GateAction.Core.Reports.Html;
using GateAction.Tests.Documents;
using Microsoft.Playwright;

namespace GateAction.Tests.Reports;

/// <summary>What a reader does with the page: follows links, filters, looks at charts and at what blocks.</summary>
internal sealed class HtmlPageTests
{
    private const string Refused = "could not be reached: connection refused (staging.example.com:443)";

    [Test]
    public void The_head_says_which_change_was_judged_and_links_to_it_and_to_the_run()
    {
        var html = Render(SampleVerdicts.Failing,
            SampleVerdicts.Context with { Change = new(12, "feature/<x>", "main") }).Split("<nav")[0];

        Assert.That(html, Does.Contain(
            "<a href=\"https://github.com/acme/shop/pull/12\" rel=\"noopener noreferrer\">pull request #12</a>"));
        Assert.That(html, Does.Contain("<code>feature/&lt;x&gt;</code>").And.Contain("<code>main</code>"));
        Assert.That(html, Does.Contain("/commit/9b1f6c3d2e8a7f5b4c6d1e0f9a8b7c6d5e4f3a2b\"").And.Contain(">9b1f6c3</a>"));
        Assert.That(html, Does.Contain("measured 2026-11-20 10:00 UTC in 12.4s"));
        Assert.That(html, Does.Contain("actions/runs/1234567\" rel=\"noopener noreferrer\">the run</a>"));
    }

    [Test]
    public void Outside_of_a_workflow_the_head_says_when_it_was_measured_and_nothing_that_is_not_known()
    {
        var html = Render(SampleVerdicts.Failing, new("1.0")).Split("<nav")[0];

        Assert.That(html, Does.Contain("<ul class=\"meta\"><li>measured 2026-11-20 10:00 UTC in 12.4s</li></ul>"));
    }

    [Test]
    public void One_cause_is_told_once_in_headline_and_page_however_many_criteria_and_probes_it_is_of()
    {
        var verdict = Unreachable(14);

        var html = Render(verdict, SampleVerdicts.Context);

        Assert.That(html, Does.Contain($"</span>Blocked: 14 criteria: {Refused}</h1>"));
        Assert.That(html, Does.Contain(
            $"<h3>14 criteria: {Refused}</h3><p><a href=\"#probe-web\">web</a>, <a href=\"#probe-api\">api</a></p>"));
        Assert.That(html.Split("<nav")[1].Split("id=\"score\"")[0].Split($"<small class=\"value\">").Length, Is.EqualTo(1),
            "the rows below do not say it again");
    }

    [Test]
    public void A_group_shows_all_its_members_and_those_told_above_lead_there()
    {
        var html = Render(SampleVerdicts.Failing, SampleVerdicts.Context).Split("id=\"criteria\"")[1].Split("</section>")[0];

        foreach (var criterion in SampleVerdicts.Failing.Criteria)
            Assert.That(html, Does.Contain($"id=\"criterion-{criterion.Id}\"").Or.Contain($"href=\"#criterion-{criterion.Id}\""));
        Assert.That(html, Does.Contain("<a class=\"row\" href=\"#criterion-postgres\" data-state=\"failed\">"));
    }

    [TestCase(CriterionState.Passed, true, "f-good")]
    [TestCase(CriterionState.Degraded, true, "f-warn")]
    [TestCase(CriterionState.Failed, true, "f-bad")]
    [TestCase(CriterionState.Failed, false, "f-warn")]
    [TestCase(CriterionState.Inconclusive, true, "f-bad")]
    [TestCase(CriterionState.Waived, true, "f-warn")]
    [TestCase(CriterionState.Skipped, true, "f-none")]
    public void A_group_s_bar_has_the_colour_of_the_worst_that_became_of_its_criteria(CriterionState state, bool required, string fill)
    {
        var verdict = SampleVerdicts.Failing with
        {
            Criteria = [SampleVerdicts.Criterion("a", "A", "g", state) with { Required = required }],
            Groups = [new("g", "G", 1, 0.9, 1)],
        };

        var bar = Render(verdict, SampleVerdicts.Context).Split("class=\"score\"")[1].Split("<svg")[1].Split("</svg>")[0];

        Assert.That(bar, Does.Contain($"<rect class=\"{fill}\" width=\"180\"").And.Contain("class=\"f-mark\" x=\"180\""));
    }

    [Test]
    public void What_blocks_shows_its_failing_tests_with_equal_messages_together()
    {
        string[] messages = ["no route\nto 10.0.0.1", "no route", "other", "no route"];
        var failures = messages.Select((message, index) =>
            Value.Map(("name", Value.String($"t{index}")), ("message", Value.String(message))));
        var evidence = SampleEvidence.Of(("golden", SampleEvidence.Measured(
            "results", ("failed", Value.Int(4)), ("failures", Value.List([.. failures])))));

        var html = Render(SampleVerdicts.Failing, SampleVerdicts.Context, new(evidence)).Split("id=\"criterion-golden-path\"")[1]
            .Split("<div class=\"rows\">")[1].Split("</div>")[0];

        Assert.That(html, Does.Contain("3 ×</span> <span class=\"title\">no route</span>").And.Contain(
            "<li>t0</li><li>t1</li><li>t3</li>"));
        Assert.That(html, Does.Contain("<span class=\"title\">t2<small class=\"line\">other</small></span>"));
    }

    [TestCase("criterion-backend-healthy")]
    [TestCase("probe-unit")]
    [TestCase("L31")]
    [TestCase("criterion-postgres")]
    public async Task A_link_opens_what_it_leads_to(string id)
    {
        await using var page = await OpenAsync(SampleVerdicts.Failing);

        await page.Page.EvaluateAsync("id => { document.querySelectorAll('details').forEach(d => d.open = false); location.hash = id; }",
            id);

        await Assertions.Expect(page.Page.Locator($"[id='{id}']")).ToBeInViewportAsync();
        Assert.That(await page.Page.EvaluateAsync<bool>(
            "id => { for (let e = document.getElementById(id); e; e = e.parentElement) if (e.localName === 'details' && !e.open) return "
            + "false; "
            + "return true; }", id), Is.True);
        Assert.That(page.Errors, Is.Empty);
    }

    [Test]
    public async Task An_address_with_a_fragment_opens_there_and_a_damaged_one_harms_nothing()
    {
        await using var page = await OpenAsync(SampleVerdicts.Failing, hash: "#criterion-backend-healthy");
        await using var damaged = await OpenAsync(SampleVerdicts.Failing, hash: "#%E0%A4%A");

        await Assertions.Expect(page.Page.Locator("#criterion-backend-healthy")).ToHaveAttributeAsync("open", "");
        Assert.That(page.Errors.Concat(damaged.Errors), Is.Empty);
    }

    [Test]
    public async Task Criteria_are_filtered_by_state_and_a_link_to_a_hidden_one_shows_it_again()
    {
        await using var page = await OpenAsync(SampleVerdicts.Failing);
        var rows = page.Page.Locator("#criteria .rows > :visible");

        await page.Page.ClickAsync("#states button:has-text('passed')");
        await Assertions.Expect(rows).ToHaveCountAsync(4);
        await page.Page.ClickAsync(".figures a:has-text('failed')");
        await Assertions.Expect(rows).ToHaveCountAsync(3);
        await Assertions.Expect(page.Page.Locator("#states-status")).ToHaveTextAsync("3 shown");
        await page.Page.EvaluateAsync("location.hash = 'criterion-backend-healthy'");

        await Assertions.Expect(rows).ToHaveCountAsync(SampleVerdicts.Failing.Criteria.Count);
        await Assertions.Expect(page.Page.Locator("#criterion-backend-healthy")).ToBeInViewportAsync();
    }

    [Test]
    public async Task The_sections_stay_in_sight_and_say_which_one_is_read()
    {
        await using var page = await OpenAsync(SampleVerdicts.Failing);

        await page.Page.ClickAsync("nav a:has-text('Manifest')");

        await Assertions.Expect(page.Page.Locator("nav")).ToBeInViewportAsync(new() { Ratio = 1 });
        await Assertions.Expect(page.Page.Locator("#manifest h2")).ToBeInViewportAsync();
        await page.Page.ClickAsync("nav a:has-text('Score')");
        await Assertions.Expect(page.Page.Locator("nav a[aria-current]")).ToHaveTextAsync("Score");
    }

    [Test]
    public async Task On_a_phone_every_source_of_the_timeline_shows_its_bar_and_its_time()
    {
        await using var page = await OpenAsync(SampleVerdicts.Failing, width: 390);

        Assert.That(await page.Page.EvaluateAsync<double>("document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(390));
        Assert.That(await page.Page.EvaluateAsync<bool>(
            "[...document.querySelectorAll('.timeline li')].every(li => { const r = "
            + "li.querySelector('rect:last-child').getBoundingClientRect(), "
            + "t = li.querySelector('.time').getBoundingClientRect(); return r.width > 0 && r.right <= innerWidth && t.right <= "
            + "innerWidth; })"),
            Is.True);
    }

    [Test]
    public async Task The_manifest_is_coloured_and_the_line_that_was_clicked_stands_out()
    {
        const string Manifest =
            "# a comment\nversion: 1\nname: \"<b>: # no comment\"\n  - { http: 'it''s', timeout: 10s } # c\nx: don't ${URL}\n";
        await using var page = await OpenPage.OpenAsync(
            Render(SampleVerdicts.Failing, SampleVerdicts.Context, new(Manifest: Manifest)), 900, "#L3");

        Assert.That(await Texts(".y-comment"), Is.EqualTo(new[] { "# a comment", "# c" }));
        Assert.That(await Texts(".y-key"), Is.EqualTo(new[] { "version", "name", "http", "timeout", "x" }));
        Assert.That(await Texts(".y-text"), Is.EqualTo(new[] { "\"<b>: # no comment\"", "'it''s'" }));
        Assert.That(await Texts(".y-value"), Is.EqualTo(new[] { "1", "10s", "${URL}" }));
        Assert.That(string.Join('\n', await Texts(".manifest li")), Is.EqualTo(Manifest.TrimEnd('\n') + "\n "));
        Assert.That(await page.Page.EvaluateAsync<bool>(
            "getComputedStyle(document.getElementById('L3')).backgroundColor !== "
            + "getComputedStyle(document.getElementById('L2')).backgroundColor"),
            Is.True);

        Task<string[]> Texts(string selector) =>
            page.Page.EvaluateAsync<string[]>("s => [...document.querySelectorAll(s)].map(e => e.textContent)", selector);
    }

    [Test]
    public async Task What_is_printed_is_unfolded_and_has_no_bar_of_sections_over_it()
    {
        await using var page = await OpenAsync(SampleVerdicts.Failing);

        await page.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await page.Page.EvaluateAsync("dispatchEvent(new Event('beforeprint'))");

        await Assertions.Expect(page.Page.Locator("nav")).ToBeHiddenAsync();
        await Assertions.Expect(page.Page.Locator("#criteria details:not([open])")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task By_keyboard_alone_a_row_is_reached_and_unfolded()
    {
        await using var page = await OpenAsync(SampleVerdicts.Failing);
        var row = page.Page.Locator("#criterion-backend-healthy");

        await row.Locator("summary").FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(row).ToHaveAttributeAsync("open", "");
    }

    private static Verdict Unreachable(int criteria) => SampleVerdicts.Failing with
    {
        Notes = [],
        Criteria = [.. Enumerable.Range(1, criteria)
            .Select(index => SampleVerdicts.Criterion($"c{index}", $"C{index}", "g", CriterionState.Failed)
            with
            {
                Reads = [Name(index)],
                ReasonOf = Name(index),
                Reason = $"{Name(index)}: {Refused}"
            })],
        Groups = [new("g", "G", 1, 0, 1)],
        Probes = [.. new[] { "web", "api" }.Select(name => new ProbeSummary(
            name, "http", $"https://staging.example.com/{name}", Outcome.Unreachable, Refused, null, TimeSpan.Zero, [], [], []))],
    };

    private static string Name(int index) => index % 2 == 1 ? "web" : "api";

    private static Task<OpenPage> OpenAsync(Verdict verdict, int width = 1200, string hash = "") =>
        OpenPage.OpenAsync(HtmlReportTests.Render(verdict, HtmlReportTests.Sources), width, hash);

    private static string Render(Verdict verdict, ReportContext context, HtmlSources? sources = null)
    {
        using var output = new StringWriter();
        HtmlReport.Write(output, verdict, context, sources ?? new());
        return output.ToString();
    }
}
