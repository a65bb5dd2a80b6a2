using Microsoft.Playwright;

namespace GateAction.Tests.Reports;

/// <summary>
/// Draws a page to look at: run by name with GATE_PICTURES_OF (a report.html) and GATE_PICTURES (where the pictures go) set.
/// </summary>
[Explicit("for looking at, not for checking")]
internal sealed class ReportPictures
{
    [Test, Explicit("draws into the folder that GATE_PICTURES names")]
    public async Task Draw([Values(1120, 390)] int width, [Values] bool isDark)
    {
        if (Environment.GetEnvironmentVariable("GATE_PICTURES_OF") is not { } file
            || Environment.GetEnvironmentVariable("GATE_PICTURES") is not { } folder)
        {
            Missing.Tool("GATE_PICTURES_OF and GATE_PICTURES are not set");
            return;
        }
        await using var page = await OpenPage.OpenAsync(await File.ReadAllTextAsync(file), width);
        await page.Page.EmulateMediaAsync(new() { ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light });

        await page.Page.ScreenshotAsync(new()
        {
            Path = Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(file)}-{(isDark ? "dark" : "light")}-{width}.png"),
            FullPage = true,
        });

        Assert.That(page.Errors, Is.Empty);
    }
}
