using System.Text.Json;

namespace GateAction.Tests.Sources.Results;

/// <summary>37 files of real tools outside the repository, with what is in them counted from the cases.</summary>
internal sealed class CorpusTests
{
    private static readonly string Expected =
        Path.GetFullPath(Path.Combine(TestFiles.Repository, "..", "shared", "corpus", "expected.json"));

    [Test]
    public void Counts_every_file_as_its_cases_say()
    {
        using var expected = JsonDocument.Parse(File.ReadAllText(TestFiles.Shared("corpus/expected.json")));

        var wrong = expected.RootElement.EnumerateArray().Select(Compare).OfType<string>().ToArray();

        Assert.That(wrong, Is.Empty, Expected);
    }

    private static string? Compare(JsonElement entry)
    {
        var name = entry.GetProperty("file").GetString()!;
        var read = GateAction.Sources.Results.ResultFile.Read(new(Path.Combine(Path.GetDirectoryName(Expected)!, name), name),
            GateAction.Sources.Results.TestFilter.All);
        var cases = entry.GetProperty("cases");
        if (cases.ValueKind == JsonValueKind.Null)
            return read.Worst == GateAction.Sources.Results.Severity.Unreadable ? null : $"{name}: broken on purpose, yet read";
        // The list has disabled cases among the passed ones; here what did not run never passed.
        var disabled = name.EndsWith("testDisabled.xml", StringComparison.Ordinal) ? 10 : 0;
        var found = (read.Counts.Total, read.Counts.Passed + disabled, read.Counts.Skipped - disabled, read.Counts.Failed,
            read.Counts.Errors, read.Suites, Math.Round(read.Counts.Duration.TotalSeconds, 2));
        var wanted = (Count("cases"), Count("passed"), Count("skipped"), Count("failure"), Count("error"), (int)Count("suites"),
            Math.Round(cases.GetProperty("time").GetDouble(), 2));
        return found == wanted ? null : $"{name}: {found} instead of {wanted}";

        long Count(string property) => cases.GetProperty(property).GetInt64();
    }
}
