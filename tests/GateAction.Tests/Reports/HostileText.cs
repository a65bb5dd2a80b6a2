using FsCheck;
using FsCheck.Fluent;

namespace GateAction.Tests.Reports;

/// <summary>What a test name or a server's answer can hold: pieces that mean something to Markdown, GitHub, terminals or screens, in any
/// mixture.</summary>
internal static class HostileText
{
    private static readonly string[] Pieces =
    [
        "@octocat", "@acme/team", "#1", "GH-12", "acme/shop#3", "https://evil.example", "http://evil.example/x?y=1", "www.evil.example",
        "a@b.example", ":tada:", "ftp://x.example",
        "mailto:a@b.example", "deadbeef1234567", "0123456789abcdef0123456789abcdef01234567", "[a](b)", "![i](j)", "<b>", "</details>",
        "<!--", "-->", "<img src=x onerror=alert(1)>",
        "<script>", "&lt;", "&#64;octocat", "*", "**", "_", "__", "~~", "`", "``", "```", "````", "~~~", "|", "\\", "\\|", "\\`", "$", "$$",
        "$`x`$", "\n", "\r\n", "\n\n", "\t", " ", "    ",
        "# ", "## ", "- ", "+ ", "* ", "1. ", "1) ", "> ", "---", "===", "***", ":--", "|:-:|", "[x]", "[ ] ", "[^1]", "[^1]: x",
        "[a]: http://x.example", "\u001b[31m", "\u001b]8;;http://x\u0007", "\u202e", "\u2066",
        "\u200b", "\u200d", "\ufeff", "\u0000", "\u0007", "\u009b31m", "\ud800", "\udc00", "é", "日本", "👩‍💻", "\u2028", "::error::x",
        "%0A", "${x}", "{{x}}", "word", "1", "a", ".", "!", "(", ")", "'", "\"",
        "[!NOTE]", "<https://x.example>", "xmpp:a@b.example",
    ];

    public static Arbitrary<string> Arbitrary { get; } =
        Gen.OneOf(
            Gen.Elements(Pieces).ListOf().Select(string.Concat),
            ArbMap.Default.GeneratorFor<string>().Where(text => text is not null)).ToArbitrary();
}
