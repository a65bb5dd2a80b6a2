using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Files;
using GateAction.Sources.Files;
using GateAction.Sources.Results.Locations;
using GateAction.Syntax;

namespace GateAction.Sources.Results;

/// <summary>One entry of the manifest's <c>results</c>: which files hold the results, and which of their cases count.</summary>
/// <param name="NewerThan">A duration before the start of the gate, or a timestamp; a file written before is from an earlier run.</param>
/// <param name="TolerateFlaky">True for <c>flaky: pass</c>.</param>
/// <param name="ExitCode">What the program that ran the tests ended with: a number, or a file that holds one.</param>
/// <param name="Empty">What a file without a test is.</param>
internal sealed record ResultSet(
    IReadOnlyList<string> Files,
    TestFilter Filter,
    Template? NewerThan,
    bool TolerateFlaky,
    Template? ExitCode = null,
    Severity Empty = Severity.Error) : Source
{
    public static readonly SourceKind Results = new(
        SourceSection.Results, "result set", "", Read, new("results", ResultFacts.Facts.Type, TestContent.Facts.Read));

    public override SourceKind Kind => Results;

    public override bool TolerateFlaky { get; } = TolerateFlaky;

    /// <summary>Names of probes and result sets that its templates read.</summary>
    public IReadOnlyList<string> DependsOn => [.. (NewerThan?.Roots ?? []).Concat(ExitCode?.Roots ?? []).Distinct()];

    public static ResultSet Read(Fields fields) => new(
        fields.Required("files", FilePatterns.Syntax,
        "Files with test results of any known format; a pattern that starts with `!` takes files out again. Each of the others must match "
        + "a file, or the results are not clean."),
        new TestFilter(
            Patterns(fields, "include",
            "Only cases that one of these patterns matches count; `name:`, `class:`, `file:` or `tag:` before a pattern says what is "
            + "compared."),
            Patterns(fields, "exclude", "Cases that one of these patterns matches do not count."),
            Patterns(fields, "require",
            "Tests that must have run: where no case matches a pattern, or one that does was skipped, the results are not clean.")),
        fields.Optional("newer-than", Syntaxes.FactOr("a duration such as 2h, a timestamp, or a fact such as service.deployed_at"),
        "A duration such as 2h before the start of the gate, or a timestamp: a file written before that is from an earlier run, and the "
        + "results are not clean."),
        fields.Optional(
            "flaky",
            Syntaxes.EnumOf<bool>(("degraded", false), ("pass", true)),
            false,
            "What criteria over these results are at best where a test passed only on a rerun."),
        fields.Optional(
            "exit-code",
            Syntaxes.Template,
            "What the program that ran the tests ended with: a number, or the path of a file that holds one. Where it is not 0 although "
            + "no test failed, the results are not clean."),
        fields.Optional(
            "empty",
            Syntaxes.EnumOf(("error", Severity.Error), ("warning", Severity.Warning)),
            Severity.Error,
            "What a file without a test is beside others that have some. A run that broke off leaves such a file too, so it is an error "
            + "unless shards may be empty."));

    public override string SubjectIn(ProbeContext context) => string.Join(", ", Files);

    public override Task<Measurement> MeasureAsync(ProbeContext context, CancellationToken cancellation) => MeasureAsync(
        context.Name, context.Shell.Directory, context.Time, context.Time.GetUtcNow(), new Scope(context.Facts, context.Reasons),
        cancellation);

    /// <param name="name">The set's name in the manifest, by which the baseline knows it too.</param>
    /// <param name="startedAt">The start of the gate.</param>
    /// <param name="scope">The facts that templates read, and <c>baseline</c> where there is one.</param>
    public async Task<Measurement> MeasureAsync(string name, string directory, TimeProvider time, DateTimeOffset startedAt, Scope scope,
        CancellationToken cancellation)
    {
        var begin = time.GetTimestamp();
        var subject = string.Join(", ", Files);
        var found = FileSearch.Search(directory, Files);
        if (found.WhyNone(Files) is { } none)
            return Unknown(none);
        var (oldest, fault) = Freshness.Resolve(NewerThan, startedAt, scope);
        if (fault is not null)
            return Unknown(fault);
        var run = await ResultReader.ReadAsync(directory, found.Files, Filter, Empty, cancellation, directory);
        Freshness.Check(run, found.Files, oldest, time.GetUtcNow());
        var missing = MissingTests.In(run, Filter.Require);
        var (exitCode, noExitCode) = RunExit.Read(ExitCode, directory, scope);
        var reason = CleanCheck.Reason(run, missing, [.. found.Gaps, .. Exit(exitCode, noExitCode, run)]);
        var baseline = BaselineOf(name, scope);
        var locator = new Locator(new RepositoryFiles(directory));
        var facts = ResultFacts.Of(run, [.. missing.Select(test => test.Pattern)], locator, baseline, exitCode, isClean: reason is null);
        return new Measurement(
            Kind.Name,
            reason is null ? Outcome.Measured : Outcome.Unclean,
            reason,
            ResultFacts.Facts.Of(facts),
            time.GetUtcNow() - time.GetElapsedTime(begin),
            time.GetElapsedTime(begin),
            Caveat(run),
            subject,
            Details: ResultDetails.Of(run, found.Gaps))
        {
            Declared = Kind.Evidence,
            Content = facts.Tests,
            AwaitsBaseline = baseline is null ? [.. BaselineFacts.Facts.Type.Fields!.Keys] : [],
        };

        Measurement Unknown(string why) => new(
            Kind.Name, Outcome.Unknown, why, Value.Map(), time.GetUtcNow() - time.GetElapsedTime(begin), time.GetElapsedTime(begin),
            Subject: subject)
        {
            Declared = Kind.Evidence,
        };
    }

    private static IEnumerable<string> Exit(long? code, string? fault, ResultRun run)
    {
        if (fault is not null)
            yield return fault;
        // A threshold of coverage, a lost worker, a crash after the report was written: the code is all that tells of it.
        if (code is not (null or 0) && run.Counts is { Failed: 0, Errors: 0 })
            yield return $"the run ended with {code} although no test failed: what broke is in no file";
    }

    private static IReadOnlyList<Pattern> Patterns(Fields fields, string name, string description) =>
        [
            .. (fields.Optional(name, Syntaxes.OneOrMany(Syntaxes.Text.Unless(Pattern.Objection)), description) ?? [])
                .Select(text => new Pattern(text)),
        ];

    public static Value? BaselineOf(string name, Scope scope) =>
        scope.Variables.TryGetValue(GateVariables.Baseline, out var baseline) && baseline.Kind == ValueKind.Map
        && baseline.AsMap.TryGet(name, out var facts) ? facts : null;

    private static string? Caveat(ResultRun run) => run.Counts.Flaky switch
    {
        0 => null,
        1 => "1 test is flaky: it passed only on a rerun",
        var flaky => $"{flaky} tests are flaky: they passed only on a rerun",
    };
}

/// <summary>A <c>require</c> pattern that is not satisfied.</summary>
/// <param name="Skipped">The test that was skipped; null if none matched at all.</param>
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
