using System.Diagnostics;
using GateAction.Core;
using GateAction.Core.Reports;
using GateAction.Demo.Comments;

namespace GateAction.Tests.Reports;

/// <summary>
/// Draws comments as GitHub shows them, to look at: run by name with GITHUB_MARKDOWN_CSS (the folder of the npm package <c>github-markdown-css</c>)
/// and GATE_PICTURES (where the pictures go) set; GATE_PICTURES_OF names a comment of one's own, GATE_PICTURES_HEIGHT the pixels.
/// </summary>
[Explicit("for looking at, not for checking")]
internal sealed class CommentPictures
{
    private static readonly (string Name, Verdict Verdict, ReportContext Context)[] Comments =
    [
        ("failing", SampleVerdicts.Failing, SampleVerdicts.Context with { Previous = SampleVerdicts.Previous }),
        ("warned", SampleVerdicts.Warned, SampleVerdicts.Context),
        ("passing", SampleVerdicts.Passing, SampleVerdicts.Context),
        ("inconclusive", SampleVerdicts.Inconclusive, SampleVerdicts.Context with { Preview = SampleVerdicts.Passing }),
    ];

    [Test]
    public async Task Draw()
    {
        var styles = Environment.GetEnvironmentVariable("GITHUB_MARKDOWN_CSS");
        var pictures = Environment.GetEnvironmentVariable("GATE_PICTURES");
        if (styles is null || pictures is null)
            Assert.Ignore("GITHUB_MARKDOWN_CSS and GATE_PICTURES are not set");
        if (Environment.GetEnvironmentVariable("GATE_PICTURES_OF") is { } file)
        {
            foreach (var theme in new[] { "light", "dark" })
                await DrawAsync(await File.ReadAllTextAsync(file), Path.Combine(styles, $"github-markdown-{theme}.css"), theme, 900, Path.Combine(pictures, $"{Path.GetFileNameWithoutExtension(file)}-{theme}"));
            return;
        }
        var only = Environment.GetEnvironmentVariable("GATE_PICTURES_ONLY");
        foreach (var (name, verdict, context) in Comments.Where(comment => only is null || comment.Name == only))
        {
            var markdown = Comment.Render(verdict, context);
            await File.WriteAllTextAsync(Path.Combine(pictures, $"{name}.md"), markdown);
            foreach (var (theme, width) in new[] { ("light", 900), ("dark", 900), ("light", 390), ("dark", 390) })
                await DrawAsync(markdown, Path.Combine(styles, $"github-markdown-{theme}.css"), theme, width, Path.Combine(pictures, $"{name}-{theme}-{width}"));
        }
    }

    private static async Task DrawAsync(string markdown, string stylesPath, string theme, int width, string stem)
    {
        var background = theme == "light" ? "#ffffff" : "#0d1117";
        var border = theme == "light" ? "#d1d9e0" : "#3d444d";
        var page =
            $$"""
            <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>comment</title>
            <style>{{await File.ReadAllTextAsync(stylesPath)}}
            html { background: {{background}} } body { margin: 0; padding: 16px; width: {{width - 32}}px; box-sizing: border-box }
            .markdown-body { font-family: "Noto Sans", "DejaVu Sans", sans-serif, "Noto Color Emoji"; font-size: 14px; border: 1px solid {{border}}; border-radius: 6px; padding: 16px }
            </style></head><body style="width:{{width}}px"><article class="markdown-body">{{Markdig.Markdown.ToHtml(markdown, GitHubMarkdown.Pipeline)}}</article></body></html>
            """;
        await File.WriteAllTextAsync(stem + ".html", page);
        var frame = $"<!doctype html><body style=\"margin:0;background:{background}\"><iframe src=\"{Path.GetFileName(stem)}.html\" style=\"border:0;width:{width}px;height:2400px\"></iframe>";
        await File.WriteAllTextAsync(stem + ".frame.html", frame);
        string[] arguments =
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--hide-scrollbars", "--allow-file-access-from-files", $"--window-size={Math.Max(width, 500)},{Environment.GetEnvironmentVariable("GATE_PICTURES_HEIGHT") ?? "2400"}", $"--screenshot={stem}.png", $"file://{stem}.frame.html",
        ];
        using var browser = Process.Start(new ProcessStartInfo("chromium", arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        await browser.StandardError.ReadToEndAsync();
        await browser.WaitForExitAsync();
    }
}
