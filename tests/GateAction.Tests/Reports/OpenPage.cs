using Microsoft.Playwright;

namespace GateAction.Tests.Reports;

/// <summary>A report in a real browser, with what went wrong there and what it asked for.</summary>
internal sealed class OpenPage(IPlaywright playwright, IBrowser browser, IPage page) : IAsyncDisposable
{
    private const string Browser = "/usr/bin/chromium";

    private static readonly string[] Arguments =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync"];

    public IPage Page => page;

    public List<string> Errors { get; } = [];

    public List<string> Requests { get; } = [];

    public TimeSpan Opened { get; private set; }

    public static async Task<OpenPage> OpenAsync(string html, int width, string hash = "")
    {
        if (!File.Exists(Browser))
            Missing.Tool($"no browser at {Browser}");
        var file = Path.Combine(Directory.CreateTempSubdirectory("gate").FullName, "report.html");
        await File.WriteAllTextAsync(file, html);
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Browser, Args = Arguments });
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = 900 } });
        var opened = new OpenPage(playwright, browser, page);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                opened.Errors.Add(message.Text);
        };
        page.PageError += (_, error) => opened.Errors.Add(error);
        page.Request += (_, request) => opened.Requests.Add(request.Url);
        var start = TimeProvider.System.GetTimestamp();
        await page.GotoAsync($"file://{file}{hash}");
        opened.Opened = TimeProvider.System.GetElapsedTime(start);
        return opened;
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}
