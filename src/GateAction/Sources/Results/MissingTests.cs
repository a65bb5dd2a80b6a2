namespace GateAction.Sources.Results;

/// <summary>A <c>require</c> pattern that is not satisfied.</summary>
/// <param name="Skipped">The test that was skipped; null where none matched at all.</param>
internal sealed record MissingTest(string Pattern, string? Skipped)
{
    public override string ToString() => Skipped is null
        ? $"required test '{Pattern}' is missing"
        : $"required test '{Skipped}' was skipped";
}

internal static class MissingTests
{
    public static IReadOnlyList<MissingTest> In(ResultRun run, IReadOnlyList<Pattern> require)
    {
        var missing = new List<MissingTest>();
        for (var i = 0; i < require.Count; i++)
        {
            var found = run.Counted.Aggregate(default(Required), (sum, file) => sum + file.Required[i]);
            if (found.Ran == 0 || found.Skipped is not null)
                missing.Add(new(require[i].Text, found.Skipped));
        }
        return missing;
    }
}
