using GateAction.Core.Reports.Markdown;
using GateAction.StandIns.Comments;
using GateAction.StandIns.Examples;
using Microsoft.Playwright;

namespace GateAction.Tests.Reports;

/// <summary>
/// Draws comments as GitHub shows them, to look at: run by name with GITHUB_MARKDOWN_CSS (the folder of the npm package
/// <c>github-markdown-css</c>) and GATE_PICTURES (where the pictures go) set; GATE_PICTURES_OF names a comment of one's own.
/// </summary>
[Explicit("for looking at, not for checking")]
internal sealed class CommentPictures
{
    private static IEnumerable<(string Name, string Markdown)> Comments =>
    [
        ("failing", Comment.Render(SampleVerdicts.Failing, SampleVerdicts.Context with { Previous = SampleVerdicts.Previous })),
        ("warned", Comment.Render(SampleVerdicts.Warned, SampleVerdicts.Context)),
        ("passing", Comment.Render(SampleVerdicts.Passing, SampleVerdicts.Context)),
        ("inconclusive", Comment.Render(SampleVerdicts.Inconclusive, SampleVerdicts.Context with { Preview = SampleVerdicts.Passing })),
        .. Example.All.Select(example => (example.Name, File.ReadAllText(example.CommentPath))),
    ];

    [Test, Explicit("draws into the folder that GATE_PICTURES names")]
    public async Task Draw()
    {
        var styles = Environment.GetEnvironmentVariable("GITHUB_MARKDOWN_CSS");
        var pictures = Environment.GetEnvironmentVariable("GATE_PICTURES");
        if (styles is null || pictures is null)
            Missing.Tool("GITHUB_MARKDOWN_CSS and GATE_PICTURES are not set");
        (string Name, string Markdown)[] comments = Environment.GetEnvironmentVariable("GATE_PICTURES_OF") is { } file
            ? [(Path.GetFileNameWithoutExtension(file), await File.ReadAllTextAsync(file))]
            : [.. Comments];
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync"],
        });
        foreach (var (name, markdown) in comments)
        {
            foreach (var (theme, width) in new[] { ("light", 900), ("dark", 900), ("light", 390), ("dark", 390) })
            {
                var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = 200 } });
                await page.SetContentAsync(PageOf(markdown,
                    await File.ReadAllTextAsync(Path.Combine(styles, $"github-markdown-{theme}.css")), theme));
                await page.ScreenshotAsync(new() { Path = Path.Combine(pictures, $"{name}-{theme}-{width}.png"), FullPage = true });
                await page.CloseAsync();
            }
        }
    }

    private static string PageOf(string markdown, string styles, string theme)
    {
        var (background, border) = theme == "light" ? ("#ffffff", "#d1d9e0") : ("#0d1117", "#3d444d");
        return $$"""
            <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>comment</title>
            <style>{{styles}}
            html { background: {{background}} } body { margin: 0; padding: 16px }
            .markdown-body { font-family: "Noto Sans", "DejaVu Sans", sans-serif, "Noto Color Emoji"; font-size: 14px; border: 1px solid {{border}}; border-radius: 6px; padding: 16px }
            </style></head><body><article class="markdown-body">{{Markdig.Markdown.ToHtml(markdown, GitHubMarkdown.Pipeline)}}</article></body></html>
            """;
    }
}
