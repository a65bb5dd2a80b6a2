namespace GateAction.Core.Model;

/// <summary>What one test case came to. A case that failed and then passed on a rerun is <see cref="Flaky"/>.</summary>
public enum TestOutcome
{
    Passed,
    Flaky,
    Skipped,
    Failed,
    Error,
}

/// <summary>The words for outcomes in facts and reports.</summary>
public static class TestOutcomes
{
    private static readonly string[] Words = [.. Enum.GetNames<TestOutcome>().Select(name => name.ToLowerInvariant())];

    public static string ToWord(this TestOutcome outcome) => Words[(int)outcome];

    /// <summary>Null for what is none of the words.</summary>
    public static TestOutcome? Of(string word) => Array.IndexOf(Words, word) is >= 0 and var index ? (TestOutcome)index : null;
}
