using Markdig;

namespace GateAction.StandIns.Comments;

/// <summary>A comment as a page to open in a browser, laid out like GitHub's conversation tab, in the reader's light or dark
/// theme.</summary>
internal static class CommentPage
{
    private const string Style =
        """
        :root { color-scheme: light dark; --fg: light-dark(#1f2328, #f0f6fc); --bg: light-dark(#fff, #0d1117); --muted: light-dark(#59636e, #9198a1);
                --line: light-dark(#d1d9e0, #3d444d); --soft: light-dark(#f6f8fa, #151b23); --link: light-dark(#0969da, #4493f8); }
        body { margin: 0; padding: 24px 12px; background: var(--bg); color: var(--fg); font: 14px/1.5 -apple-system, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif, "Noto Color Emoji"; }
        main { max-width: 840px; margin: auto; border: 1px solid var(--line); border-radius: 6px; }
        header { padding: 8px 16px; background: var(--soft); border-bottom: 1px solid var(--line); color: var(--muted); border-radius: 6px 6px 0 0; }
        article { padding: 16px; overflow-wrap: break-word; }
        article > :first-child { margin-top: 0; }
        a { color: var(--link); text-decoration: none; }
        h1, h2, h3 { line-height: 1.25; margin: 24px 0 16px; } h2 { padding-bottom: .3em; border-bottom: 1px solid var(--line); }
        code { font: 85%/1.45 ui-monospace, "DejaVu Sans Mono", monospace; background: var(--soft); padding: .2em .4em; border-radius: 6px; }
        pre { background: var(--soft); padding: 16px; overflow: auto; border-radius: 6px; } pre code { padding: 0; background: none; }
        table { border-collapse: collapse; display: block; overflow: auto; width: max-content; max-width: 100%; margin: 0 0 16px; }
        th, td { border: 1px solid var(--line); padding: 6px 13px; } tr:nth-child(2n) { background: var(--soft); }
        details { margin: 0 0 12px; } summary { cursor: pointer; } blockquote { margin: 0 0 16px; padding: 0 1em; color: var(--muted); border-left: .25em solid var(--line); }
        """;

    public static string Render(string author, string markdown) =>
        $"""
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>The comment</title><style>{Style}</style></head>
        <body><main><header><b>{author}</b> commented</header><article>
        {Markdown.ToHtml(markdown, GitHubMarkdown.Pipeline)}</article></main></body>
        </html>
        """;
}
