using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using GateAction.Core.Reports;
using GateAction.Core.Reports.Markdown;
using GateAction.StandIns.Comments;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace GateAction.Tests.Reports;

/// <summary>Rendered as GitHub does, data is text and nothing else, wherever it stands.</summary>
internal sealed partial class MarkdownTests
{
    private const string Marker = "MARK";

    /// <summary>Where a report puts data: at the start and in the middle of each kind of block.</summary>
    private static readonly (string Before, string After)[] Places =
    [
        ("", "\n"),
        ($"{Marker} ", " end\n"),
        ("### ", "\n"),
        ("- ", "\n- next\n"),
        ("> ", "\n"),
        ("**", "**\n"),
        ("| a | b |\n|:--|:--|\n| ", " | last |\n| next | row |\n"),
        ("<details>\n<summary><b>", "</b></summary>\n\ntext\n\n</details>\n"),
        ("<sub>", "</sub>\n"),
    ];

    [Test]
    public void Text_opens_no_element_wherever_it_stands() => Check(Places, data => MarkdownText.Text(data).ToString());

    [Test]
    public void What_fills_a_hole_opens_no_element_wherever_it_stands() => Check(Places, data => Written($"{data}"));

    [Test]
    public void The_text_of_a_link_opens_no_element_but_the_link()
    {
        Prop.ForAll(HostileText.Arbitrary, data =>
        {
            var document = Parse(Written($"{MarkdownText.Link($"a{data}", "https://example.com/<>|`")}\n"));

            Assert.That(ShapeOf(document), Is.EqualTo(new[] { "ParagraphBlock", "LinkInline" }), Show(data));
        }).Check(Settings);
    }

    [Test]
    public void What_fills_a_hole_is_written_by_its_type()
    {
        MarkdownText piece = $"**{"*"}**";

        Assert.That(
            Written($"{piece} {1234:#,0} {new DateOnly(2026, 3, 1):yyyy-MM-dd} {TimeSpan.FromMilliseconds(812)} {null as string}|"),
            Is.EqualTo("**&#42;** 1,234 2026-03-01 812ms |"));
    }

    [Test]
    public void Pieces_that_hold_nothing_need_no_separator() =>
        Assert.That(MarkdownText.Join($" · ", [$"a", MarkdownText.Empty, $"", $"b|"]).ToString(), Is.EqualTo("a · b|"));

    [Test]
    public void Code_opens_no_element_but_itself_wherever_it_stands() =>
    Check(Places.Where(place => !place.Before.StartsWith('<')), data => MarkdownText.Code(data).ToString());

    [Test]
    public void A_fence_holds_whatever_stands_in_it()
    {
        Prop.ForAll(HostileText.Arbitrary, data =>
        {
            var document = Parse($"before\n\n{MarkdownText.Fence([data, "last line"])}\nafter\n");

            var shape = document.Select(block => block.GetType().Name).ToArray();
            Assert.That(shape, Is.EqualTo(new[] { "ParagraphBlock", "FencedCodeBlock", "ParagraphBlock" }), Show(data));
        }).Check(Settings);
    }

    [TestCase("see @octocat and @acme/team")]
    [TestCase("fixes #12, GH-3 and acme/shop#4")]
    [TestCase("at deadbeef1234567")]
    [TestCase("mail a@b.example, https://x.example, www.x.example")]
    [TestCase("party :tada: time")]
    public void What_GitHub_links_without_markup_is_split(string data)
    {
        var text = TextOf(Parse(MarkdownText.Text(data).ToString()));

        Assert.That(Autolinks().IsMatch(text), Is.False, text);
        Assert.That(text.Replace("\u200b", ""), Is.EqualTo(data));
    }

    [TestCase("latency_ms of /v1/orders (p95) is 812ms, 5.1 s; 100% of 3",
        ExpectedResult = "latency_ms of /v1/orders (p95) is 812ms, 5.1 s; 100% of 3")]
    [TestCase("", ExpectedResult = "")]
    [TestCase("a\u202eb\u001b[31mc\u0000d", ExpectedResult = "abcd")]
    public string Ordinary_text_stays_readable(string data) => MarkdownText.Text(data).ToString();

    [TestCase("backend.status == 200", ExpectedResult = "`backend.status == 200`")]
    [TestCase("a || b", ExpectedResult = "<code>a &#124;&#124; b</code>")]
    [TestCase("`x`", ExpectedResult = "<code>&#96;x&#96;</code>")]
    public string Code_is_a_span_where_a_span_can_hold_it(string data) => MarkdownText.Code(data).ToString();

    [TestCase("https://wiki.example.com/a b", ExpectedResult = "[x](<https://wiki.example.com/a%20b>)")]
    [TestCase("javascript:alert(1)", ExpectedResult = "x")]
    [TestCase("https://x.example/>)[y](http://z.example", ExpectedResult = "[x](<https://x.example/%3E)[y](http://z.example>)")]
    [TestCase("not a link", ExpectedResult = "x")]
    public string Only_web_addresses_become_links(string url) => MarkdownText.Link("x", url).ToString();

    private static string Written(MarkdownText piece) => piece.ToString();

    private static Config Settings => Config.QuickThrowOnFailure.WithMaxTest(1000).WithQuietOnSuccess(true);

    private static void Check(IEnumerable<(string Before, string After)> places, Func<string, string> escape)
    {
        Prop.ForAll(HostileText.Arbitrary, data =>
        {
            if (PlainText.Line(data).Length == 0)
                return;
            foreach (var (before, after) in places)
            {
                var document = Parse(before + escape(data) + after);
                var plain = Parse(before + "word" + after);

                Assert.That(ShapeOf(document), Is.EqualTo(ShapeOf(plain)), () => $"{before}{Show(data)}{after} as {escape(data)}");
                Assert.That(TextOf(document).Replace("\u200b", ""), Does.Contain(PlainText.Line(data).Trim()), () =>
                    $"{before}{Show(data)} as {escape(data)}");
                Assert.That(Autolinks().IsMatch(TextOf(document, withCode: false)), Is.False, () => $"{Show(data)} as {escape(data)}");
            }
        }).Check(Settings);
    }

    private static MarkdownDocument Parse(string markdown) => Markdig.Markdown.Parse(markdown, GitHubMarkdown.Pipeline);

    /// <summary>The elements without what only carries text.</summary>
    private static string[] ShapeOf(MarkdownDocument document) =>
        [.. document.Descendants().Where(node => !IsText(node)).Select(node => node is HtmlInline html ? html.Tag : node.GetType().Name)];

    private static bool IsText(MarkdownObject node) => node switch
    {
        LiteralInline or HtmlEntityInline or CodeInline => true,
        HtmlInline html => html.Tag is "<code>" or "</code>" or "<span>" or "</span>",
        _ => false,
    };

    private static string TextOf(MarkdownDocument document, bool withCode = true)
    {
        var text = new StringBuilder();
        var inCode = false;
        foreach (var node in document.Descendants())
        {
            inCode = node is HtmlInline { Tag: "<code>" } || (inCode && node is not HtmlInline { Tag: "</code>" });
            _ = node switch
            {
                _ when inCode && !withCode => text,
                LiteralInline literal => text.Append(literal.Content.ToString()),
                HtmlEntityInline entity => text.Append(entity.Transcoded.ToString()),
                CodeInline code when withCode => text.Append(code.Content),
                HtmlBlock html => text.Append(System.Net.WebUtility.HtmlDecode(html.Lines.ToString().Replace("<span>$</span>", "$")
                    .Replace("<code>", "").Replace("</code>", ""))),
                TableCell or ParagraphBlock => text.Append('\n'),
                _ => text,
            };
        }
        return text.ToString().Trim();
    }

    private static string Show(string data) =>
        string.Concat(data.Select(letter => letter is < ' ' or > '~' ? $"\\u{(int)letter:x4}" : letter.ToString()));

    /// <summary>What GitHub's filters turn into mentions, references, commits, emoji and links.</summary>
    [GeneratedRegex(@"@\w|(?<!&)#\d|\bGH-\d|://|\bwww\.|:[a-z0-9_+\-]+:|\b(?=[0-9a-f]*[a-f])(?=[0-9a-f]*[0-9])[0-9a-f]{7,40}\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Autolinks();
}
