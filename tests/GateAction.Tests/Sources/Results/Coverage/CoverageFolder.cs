using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Sources.Results.Coverage;

namespace GateAction.Tests.Sources.Results.Coverage;

/// <summary>A checkout with coverage reports for one test, gone afterwards.</summary>
internal sealed class CoverageFolder : IDisposable
{
    private readonly ResultFolder _folder = new();

    public string Path => _folder.Path;

    public CoverageFolder Add(string name, string content = "")
    {
        _folder.Add(name, content);
        return this;
    }

    public async Task<Measurement> MeasureAsync(string? root = null, Value? baseline = null, params IReadOnlyList<string> patterns)
    {
        var scope = new Scope(baseline is { } facts ? new Dictionary<string, Value> { ["baseline"] = Value.Map(("lines", facts)) } : []);
        return await new CoverageSet(patterns.Count == 0 ? ["**/*.report"] : patterns, root).MeasureAsync("lines", Path,
            TimeProvider.System, scope, CancellationToken.None);
    }

    /// <summary>Measures as in a pull request that changes these files.</summary>
    /// <param name="below">The folder in which the gate runs.</param>
    public Task<Measurement> MeasureChangesAsync(IReadOnlyList<ChangedFile> changes, string below = "") =>
        new CoverageSet(["**/*.report"]).MeasureAsync(
            "lines",
            System.IO.Path.Combine(Path, below),
            TimeProvider.System,
            new Scope(new Dictionary<string, Value>()),
            CancellationToken.None,
            _ => Task.FromResult(changes));

    public static async Task<Measurement> MeasureTextAsync(string report)
    {
        using var folder = new CoverageFolder();
        return await folder.Add("a.report", report).MeasureAsync();
    }

    /// <summary>The figures that a report comes to; the test fails where it is not clean.</summary>
    public async Task AssertAsync(int files, int covered, int lines, string? root = null)
    {
        var measured = await MeasureAsync(root);

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured), measured.Reason);
        Assert.That(
            (ResultFolder.Fact(measured, "files_total"), ResultFolder.Fact(measured, "lines_covered"),
            ResultFolder.Fact(measured, "lines_total")),
            Is.EqualTo(((long)files, (long)covered, (long)lines)));
    }

    public async Task AssertUncleanAsync(string reason)
    {
        var measured = await MeasureAsync();

        Assert.That((measured.Outcome, measured.Reason), Is.EqualTo((Outcome.Unclean, $"not clean: {reason}")));
    }

    public void Dispose() => _folder.Dispose();
}
