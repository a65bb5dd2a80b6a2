namespace GateAction.Core.Model;

/// <summary>One test case as a result file tells it. Texts are capped while they are read.</summary>
/// <param name="Suite">The class, suite, package or file the case belongs to; empty where the file names none.</param>
/// <param name="Outcome">What it came to in the end: a case that failed and then passed on a rerun is flaky.</param>
public sealed record TestCase(string Name, string Suite, TestOutcome Outcome)
{
    /// <summary>The class, where the format tells it apart from the suite.</summary>
    public string? ClassName { get; init; }

    /// <summary>The test's source file as the producer wrote it.</summary>
    public string? File { get; init; }

    public int? Line { get; init; }

    public TimeSpan? Duration { get; init; }

    /// <summary>Why it did not pass: the assertion's or the skip's message.</summary>
    public string? Message { get; init; }

    /// <summary>The stack trace or output that goes with it.</summary>
    public string? Details { get; init; }

    /// <summary>Categories, traits and tags; those with a value as <c>name:value</c>.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Bytes, where the producer writes it as a property.</summary>
    public long? PeakMemory { get; init; }

    /// <summary>The line of the result file the case stands on; 0 where it is not known.</summary>
    public int FileLine { get; init; }

    public bool IsFailing => Outcome is TestOutcome.Failed or TestOutcome.Error;

    /// <summary>The name people and patterns know the case by: class and name, unless the name already says the class.</summary>
    public string FullName => Qualify(Owner, Name);

    /// <summary>The class, or the suite where there is none.</summary>
    public string Owner => string.IsNullOrEmpty(ClassName) ? Suite : ClassName;

    public static string Qualify(string owner, string name) =>
        owner.Length == 0 || name.StartsWith(owner, StringComparison.Ordinal) ? name : $"{owner}.{name}";
}
