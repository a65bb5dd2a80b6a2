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
