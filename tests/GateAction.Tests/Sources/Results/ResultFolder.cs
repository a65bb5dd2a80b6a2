using System.Text;
using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Sources.Results;

namespace GateAction.Tests.Sources.Results;

/// <summary>A folder of result files for one test, gone afterwards.</summary>
internal sealed class ResultFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gate-results");

    public string Path => _folder.FullName;

    public string Add(string name, string content) => Add(name, Encoding.UTF8.GetBytes(content));

    public string Add(string name, byte[] content)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    public FileTally Read(string name) => ResultFile.Read(new(System.IO.Path.Combine(Path, name), name), TestFilter.All);

    public Task<Measurement> MeasureAsync(string pattern = "*", TestFilter? filter = null) =>
        MeasureAsync(new ResultSet([pattern], filter ?? TestFilter.All, null, TolerateFlaky: false));

    /// <param name="baseline">The measurement of an earlier run of the same set.</param>
    public Task<Measurement> MeasureAsync(ResultSet set, Measurement? baseline = null) => set.MeasureAsync(
        "unit",
        Path,
        TimeProvider.System,
        TimeProvider.System.GetUtcNow(),
        new Scope(baseline is null ? new Dictionary<string, Value>() : new() { ["baseline"] = Value.Map(("unit", baseline.Facts)) }),
        CancellationToken.None);

    public async Task<Measurement> AssertUncleanAsync(string reason)
    {
        var measured = await MeasureAsync("**/*");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unclean));
        Assert.That(measured.Reason, Does.StartWith(reason));
        return measured;
    }

    /// <summary>The whole number that a fact is; -1 where it is none.</summary>
    public static long Fact(Measurement measured, string name) =>
        measured.Facts.AsMap.TryGet(name, out var value) && value.Kind == ValueKind.Int ? value.AsInt : -1;

    /// <summary>Reads one file of the content.</summary>
    public static FileTally ReadText(string content, string name = "results.xml")
    {
        using var folder = new ResultFolder();
        folder.Add(name, content);
        return folder.Read(name);
    }

    public static FileTally ReadBytes(byte[] content, string name = "results.xml")
    {
        using var folder = new ResultFolder();
        folder.Add(name, content);
        return folder.Read(name);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
