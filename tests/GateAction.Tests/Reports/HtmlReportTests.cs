using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Core.Reports;
using GateAction.Core.Reports.Html;
using GateAction.Tests.Documents;
using Microsoft.Playwright;

namespace GateAction.Tests.Reports;

/// <summary>The HTML report, also in a real browser where there is one.</summary>
internal sealed partial class HtmlReportTests
{
    public static HtmlSources Sources { get; } = new(
        EvidenceOf(5),
        "version: 1\nname: staging\n" + string.Concat(Enumerable.Range(3, 45).Select(line => $"  line-{line}: a < {line}\n")),
        [.. Enumerable.Range(1, 12)
        .Select(day => new HistoryEntry($"{day:00}.json", new(2026, 11, day, 8, 0, 0, TimeSpan.Zero),
        day % 4 == 0 ? VerdictState.Failed : VerdictState.Passed, 0.7 + (day * 0.02), day % 4, FlakyTests(day), Latencies(day)))]);

    [Test]
    public void It_loads_nothing_and_allows_nothing_to_be_loaded()
    {
        var html = Render(SampleVerdicts.Failing, Sources);

        Assert.That(html, Does.Contain("default-src 'none'; style-src 'sha256-"));
        Assert.That(Loading().Matches(html).Select(match => match.Value), Is.Empty);
        Assert.That(html, Does.Not.Contain(" style=\"").And.Not.Match(@"\son\w+=""").And.Not.Contain("javascript:"));
    }

    /// <summary>The hash that is expected belongs into <c>HtmlReport</c>.</summary>
    [Test]
    public void Style_and_script_are_those_that_its_policy_allows()
    {
        var html = Render(SampleVerdicts.Failing, Sources);

        Assert.That(AllowedIn(html, "style-src"), Is.EqualTo(HashOf(html, "<style>", "</style>")));
        Assert.That(AllowedIn(html, "script-src"), Is.EqualTo(HashOf(html, "<script>", "</script>")));
    }

    [Test]
    public void What_tests_and_servers_wrote_is_text()
    {
        const string Attack = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\" onclick=\"x";
        var verdict = SampleVerdicts.Failing with
        {
            Notes = [Attack],
            Criteria = [.. SampleVerdicts.Failing.Criteria.Select(criterion =>
                criterion with { Id = Attack, Title = Attack,
                Explanation = [SampleVerdicts.Explained(Attack), SampleVerdicts.Explained($"{Attack}: was {Attack}")], Reason = Attack,
                Help = Attack })],
            Probes = [.. SampleVerdicts.Failing.Probes.Select(probe =>
                probe with { Name = Attack, Subject = Attack, Reason = Attack, Details = [Attack] })],
        };
        var evidence = SampleEvidence.Of((Attack,
            SampleEvidence.Measured("results",
            ("failures", Value.List(
            [.. Enumerable.Repeat(Value.Map(("name", Value.String(Attack)), ("message", Value.String(Attack))), 2)])),
            (Attack, Value.String(Attack)))));

        var html = Render(verdict, new(evidence, Manifest: Attack));

        Assert.That(html,
            Does.Contain("&lt;img src=x onerror").And.Not.Contain("<img").And.Not.Contain("onclick=\"x").And.Not.Contain("<script>alert"));
    }

    [Test]
    public async Task In_a_browser_it_shows_without_error_and_without_a_request()
    {
        await using var page = await OpenPage.OpenAsync(Render(SampleVerdicts.Failing, Sources), 390);

        Assert.That(await page.Page.InnerTextAsync("h1"), Does.Contain("Blocked"));
        await page.Page.ClickAsync(".tests summary");
        Assert.That(await page.Page.Locator(".tests details details").CountAsync(), Is.EqualTo(5), "they share a message");
        await page.Page.ClickAsync("#evidence summary");
        await Assertions.Expect(page.Page.Locator("#evidence pre").First).ToContainTextAsync("\"failures\"");
        Assert.That(await page.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), Is.True,
            "nothing sticks out at 390 pixels");
        Assert.That(page.Errors, Is.Empty);
        Assert.That(page.Requests, Has.Count.EqualTo(1), "the page itself and nothing else");
    }

    [TestCase(ColorScheme.Light)]
    [TestCase(ColorScheme.Dark)]
    public async Task Axe_finds_no_serious_violation(ColorScheme scheme)
    {
        var axe = Environment.GetEnvironmentVariable("AXE_CORE");
        if (axe is null)
            Missing.Tool("AXE_CORE does not name axe.min.js (npm package axe-core)");
        await using var page = await OpenPage.OpenAsync(Render(SampleVerdicts.Failing, Sources), 900);
        await page.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
        await page.Page.ClickAsync("#expand");

        await page.Page.EvaluateAsync(await File.ReadAllTextAsync(axe));
        var violations = await page.Page.EvaluateAsync<string[]>(
            "async () => (await axe.run()).violations.filter(v => v.impact === 'serious' || v.impact === 'critical').map(v => `${v.id}: "
            + "${v.nodes.map(n => n.html).slice(0, 3).join(' | ')}`)");

        Assert.That(violations, Is.Empty);
    }

    [Test]
    public async Task A_hundred_and_fifty_thousand_failures_open_at_once_and_say_what_is_listed()
    {
        await using var page = await OpenPage.OpenAsync(Render(SampleVerdicts.Failing, new HtmlSources(EvidenceOf(150_000))), 1200);
        var tests = page.Page.Locator("#tests");

        await Assertions.Expect(tests).ToContainTextAsync("Listed: the first 5,000 of 150,000 failing tests.");
        await Assertions.Expect(tests.Locator(".tests summary")).ToContainTextAsync("5,000 × failed");
        await tests.Locator(".tests summary").ClickAsync();
        await Assertions.Expect(tests.Locator(".tests details details")).ToHaveCountAsync(100);
        await tests.Locator("button:visible").ClickAsync();
        await Assertions.Expect(tests.Locator(".tests details details")).ToHaveCountAsync(200);
        await page.Page.FillAsync("#tests input[type=search]", "CASE 4999");
        await Assertions.Expect(tests.Locator(".tests details")).ToHaveCountAsync(1);
        Assert.That(page.Errors, Is.Empty);
    }

    [Test]
    [Explicit("for measuring, not for checking")]
    public async Task Time_until_the_page_is_open()
    {
        var html = Render(SampleVerdicts.Failing, new HtmlSources(EvidenceOf(150_000)));
        for (var round = 0; round < 5; round++)
        {
            await using var page = await OpenPage.OpenAsync(html, 1200);
            TestContext.Out.WriteLine($"{html.Length / 1e6:0.0} MB, open after {page.Opened.TotalMilliseconds:0} ms");
        }
    }

    [Test]
    public async Task Tests_are_found_by_name_message_file_and_outcome()
    {
        var facts = Value.Map(
            ("total", Value.Int(1_000)),
            ("passed", Value.Int(988)),
            ("failed", Value.Int(9)),
            ("errors", Value.Int(1)),
            ("skipped", Value.Int(2)),
            ("flaky", Value.Int(0)),
            ("failures", Value.List([.. Enumerable.Range(0, 9)
            .Select(index => Case($"pays {index}", "failed", "src/pay.cs", $"no <route> to {index}")),
            Case("sends", "error", "src/send.cs", "timeout")])),
            ("skipped_tests", Value.List([Case("later", "skipped", "", "#12")])),
            ("slowest", Value.List([Case("crawls", "passed", "", "")])));
        await using var page =
            await OpenPage.OpenAsync(Render(SampleVerdicts.Failing,
            new(SampleEvidence.Of(("unit",
            SampleEvidence.Measured("results", [.. facts.AsMap.Entries.Select(entry => (entry.Key.AsString, entry.Value))]))))), 1200);
        var rows = page.Page.Locator("#tests .tests > details");

        await Assertions.Expect(page.Page.Locator("#tests"))
            .ToContainTextAsync(
            "Listed: all 10 failing tests, the first 1 of 2 skipped tests. 988 tests passed and are counted, not listed.");
        foreach (var (words, count) in new[] { ("pays", 9), ("ROUTE> TO 3", 1), ("src/send", 1), ("nothing", 0), ("", 11) })
        {
            await page.Page.FillAsync("#tests input[type=search]", words);
            await Assertions.Expect(rows).ToHaveCountAsync(count);
        }
        await page.Page.SelectOptionAsync("#tests select", "skipped");
        await Assertions.Expect(rows).ToHaveCountAsync(1);
        await page.Page.ClickAsync("summary:has-text('1 test of unit that took longest')");
        await Assertions.Expect(page.Page.Locator("#tests table:visible").Last).ToContainTextAsync("crawls");
        Assert.That(page.Errors, Is.Empty);
    }

    [Test]
    public void What_is_not_met_stands_before_the_groups()
    {
        var html = Render(SampleVerdicts.Failing, new());

        string[] order = [">What blocks</h2>", "id=\"criterion-postgres", "id=\"criterion-error-logs", "<h3>Advisory and not met",
            "id=\"criterion-redis", "<h3>Degraded", "id=\"criterion-backend-fast", ">Criteria</h2>", ">Deployment <",
            "id=\"criterion-backend-healthy"];
        Assert.That(order.Select(part => html.IndexOf(part, StringComparison.Ordinal)), Is.Ordered.And.All.GreaterThan(0));
    }

    [Test]
    public void Runs_over_time_are_pictures_that_say_what_they_show()
    {
        var html = Render(SampleVerdicts.Failing, Sources);

        Assert.That(html, Does.Contain("score 72% → 94% over 12 runs, p95 of backend ▼ 24%, 2 flaky tests"));
        Assert.That(html, Does.Contain("aria-label=\"Score of 12 runs, now 94%\""));
        Assert.That(html, Does.Contain("aria-label=\"p95 of backend, now 300ms ▼ 24%\""));
        Assert.That(html, Does.Contain("<title>2026-11-05 08:00: not measured</title>"));
        Assert.That(html, Does.Contain(">100%</text>").And.Contain(">401ms</text>"), "where the scales end");
        Assert.That(html, Does.Contain("<path class=\"limit\" d=\"M0 8.8H480\"/>"), "the 90% that are needed");
        Assert.That(html, Does.Contain("0 failed tests now, at most 3").And.Contain("0 flaky tests now, at most 2"));
        Assert.That(html, Does.Contain("<li>checkout › pays <span class=\"muted\">in 2 of 12 runs</span></li>"));
    }

    [Test]
    public void One_run_has_no_course_over_time() =>
        Assert.That(Render(SampleVerdicts.Failing, Sources with { History = [.. Sources.History!.Take(1)] }),
        Does.Not.Contain("id=\"history\""));

    [Test]
    public void The_trend_of_the_verdict_stands_at_its_head() =>
        Assert.That(Render(SampleVerdicts.Failing with { Trend = "score 91% → 95% against <main>" }, new()),
        Does.Contain("<p class=\"trend\">score 91% → 95% against &lt;main&gt;</p>"));

    private static string AllowedIn(string html, string directive) => html.Split($"{directive} 'sha256-")[1].Split('\'')[0];

    private static string HashOf(string html, string begin, string end) =>
        Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(html.Split(begin)[1].Split(end)[0])));

    public static string Render(Verdict verdict, HtmlSources sources)
    {
        using var output = new StringWriter();
        HtmlReport.Write(output, verdict, SampleVerdicts.Context, sources);
        return output.ToString();
    }

    private static Value Case(string name, string outcome, string file, string message) =>
        Value.Map(("name", Value.String(name)), ("outcome", Value.String(outcome)), ("file", Value.String(file)),
        ("message", Value.String(message)));

    private static Dictionary<string, TimeSpan> Latencies(int day) =>
        day == 5 ? [] : new() { ["backend"] = TimeSpan.FromMilliseconds(day == 12 ? 300 : 390 + day) };

    private static string[] FlakyTests(int day) => day is 3 or 7 ? ["checkout › pays", $"search › finds {day % 2}"] : [];

    private static Evidence EvidenceOf(int failures) => SampleEvidence.Of(
        ("unit", SampleEvidence.Measured(
            "results",
            ("total", Value.Int(failures)),
            ("failed", Value.Int(failures)),
            ("failures", Value.List([.. Enumerable.Range(0, failures).Select(index => Value.Map(
                ("name", Value.String($"suite › case {index}")),
                ("outcome", Value.String("failed")),
                ("duration", Value.Duration(TimeSpan.FromMilliseconds(index))),
                ("message", Value.String("expected <b>, got [a]"))))])),
            ("by_suite", Value.Map(("suite", Value.Map(("total", Value.Int(failures)), ("failed", Value.Int(failures)))))))),
        ("lines", SampleEvidence.Measured("coverage", ("lines", Value.Double(0.91)), ("branches", Value.Double(0.8)),
        ("files", Value.List([Value.Map(("path", Value.String("src/a.cs")), ("lines", Value.Double(0.5)))])))),
        ("logs", SampleEvidence.Measured("cloud-logging", ("lines", Value.List(["ERROR one", "WARN two"])))
        with
        { StartedAt = SampleEvidence.StartedAt.AddSeconds(3) }));

    [GeneratedRegex(@"<(?:link|img|iframe|object|embed|video|audio|base|form)\b|\bsrc=|@import|url\(", RegexOptions.IgnoreCase)]
    private static partial Regex Loading();
}
