using GateAction.Cel.Values;
namespace GateAction.Core.Model;

/// <summary>One test case as a result file tells it. Texts are capped while they are read.</summary>
/// <param name="Suite">The class, suite, package or file the case belongs to; empty if the file names none.</param>
/// <param name="Outcome">What it came to in the end: a case that failed and then passed on a rerun is flaky.</param>
public sealed record TestCase(string Name, string Suite, TestOutcome Outcome)
{
    /// <summary>As evidence shows it: under its full name, which stays the same when it is read back.</summary>
    public static readonly Facts<TestCase> Facts = new Facts<TestCase>("One test case.", new("", "", TestOutcome.Error))
        // Read back it is the whole name: Qualify sees the class before it and adds none.
        .Text("name", "Class and name.", test => test.FullName, (test, name) => test with { Name = name })
        .Text("class", "The class or suite.", test => test.Owner, (test, owner) => test with { Suite = owner })
        .Text(
            "outcome",
            "`failed`, `error`, `skipped`, `flaky` or `passed`.",
            test => test.Outcome.Word(),
            (test, word) => test with { Outcome = EnumWords.Of<TestOutcome>(word) ?? test.Outcome })
        .Duration("duration", "Its time, where the producer writes one.", test => test.Duration, (test, time) =>
        test with { Duration = time })
        .Text("file", "The source file in the repository, where it could be found.", test => test.File, (test, file) =>
        test with { File = file })
        .Int(
            "line",
            "The line in that file.",
            test => test.File is null ? null : test.Line,
            (test, line) => line is > 0 and <= int.MaxValue ? test with { Line = (int)line } : test)
        .Text("message", "Why it did not pass.", test => test.Message, (test, message) => test with { Message = message })
        .Text("details", "The stack trace, cut at 3,000 characters.", test => test.Details, (test, details) =>
        test with { Details = details });

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

    /// <summary>Its file and line for people; empty if no file is known.</summary>
    public string Place => File is null ? "" : Line is { } line ? $"{File}:{line}" : File;

    public static string Qualify(string owner, string name) =>
        owner.Length == 0 || name.StartsWith(owner, StringComparison.Ordinal) ? name : $"{owner}.{name}";

    public TestCase WithTexts(Func<string, string> change) => this with
    {
        Name = change(Name),
        Suite = change(Suite),
        ClassName = ClassName is null ? null : change(ClassName),
        File = File is null ? null : change(File),
        Message = Message is null ? null : change(Message),
        Details = Details is null ? null : change(Details),
        Tags = [.. Tags.Select(change)],
    };
}

/// <summary>What one test case came to. A case that failed and then passed on a rerun is <see cref="Flaky"/>.</summary>
public enum TestOutcome
{
    Passed,
    Flaky,
    Skipped,
    Failed,
    Error,
}
