using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Files;
using GateAction.Sources.Results.Locations;
using GateAction.Syntax;

namespace GateAction.Sources.Results;

/// <summary>One entry of the manifest's <c>results</c>: which files hold the results, and which of their cases count.</summary>
/// <param name="NewerThan">A duration before the start of the gate, or a timestamp; a file written before is from an earlier run.</param>
/// <param name="TolerateFlaky">True for <c>flaky: pass</c>.</param>
internal sealed record ResultSet(IReadOnlyList<string> Files, TestFilter Filter, Template? NewerThan, bool TolerateFlaky)
{
    public const string Kind = "results";

    /// <summary>Names of probes and result sets that its templates read.</summary>
    public IReadOnlyList<string> DependsOn => NewerThan is null ? [] : [.. NewerThan.Roots];

    public static ResultSet Read(Fields fields) => new(
        fields.Required("files", FilePattern.OneOrMany, "Files with test results of any known format; a pattern that starts with `!` takes files out again."),
        new TestFilter(
            Patterns(fields, "include", "Only cases that one of these patterns matches count; `name:`, `class:`, `file:` or `tag:` before a pattern says what is compared."),
            Patterns(fields, "exclude", "Cases that one of these patterns matches do not count."),
            Patterns(fields, "require", "Tests that must have run: where no case matches a pattern, or one that does was skipped, the results are not clean.")),
        fields.Optional("newer-than", Syntaxes.FactOr("a duration such as 2h, a timestamp, or a fact such as service.deployed_at"), "A duration such as 2h before the start of the gate, or a timestamp: a file written before that is from an earlier run, and the results are not clean."),
        fields.Optional(
            "flaky",
            Syntaxes.EnumOf<bool>(("degraded", false), ("pass", true)),
            false,
            "What criteria over these results are at best where a test passed only on a rerun."));

    /// <param name="name">The set's name in the manifest, by which the baseline knows it too.</param>
    /// <param name="startedAt">The start of the gate.</param>
    /// <param name="scope">The facts that templates read, and <c>baseline</c> where there is one.</param>
    public async Task<Measurement> MeasureAsync(string name, string directory, TimeProvider time, DateTimeOffset startedAt, Scope scope, CancellationToken cancellation)
    {
        var begin = time.GetTimestamp();
        var subject = string.Join(", ", Files);
        var files = FileSearch.Find(directory, Files);
        if (files.Count == 0)
            return Unknown($"no file matches {string.Join(", ", Files.Select(pattern => $"'{pattern}'"))}");
        var (oldest, fault) = Freshness.Resolve(NewerThan, startedAt, scope);
        if (fault is not null)
            return Unknown(fault);
        var run = await ResultReader.ReadAsync(directory, files, Filter, cancellation);
        Freshness.Check(run, files, oldest);
        var missing = MissingTests.In(run, Filter.Require);
        var reason = Cleanliness.Reason(run, missing);
        var baseline = BaselineOf(name, scope);
        return new Measurement(
            Kind,
            reason is null ? Outcome.Measured : Outcome.Unclean,
            reason,
            Value.Map(ResultFacts.Of(run, [.. missing.Select(test => test.Pattern)], new Locator(new RepositoryFiles(directory)), baseline)),
            time.GetUtcNow() - time.GetElapsedTime(begin),
            time.GetElapsedTime(begin),
            Caveat(run),
            subject,
            Details: ResultDetails.Of(run))
        {
            AwaitsBaseline = baseline is null ? BaselineFacts.Compared : [],
        };

        Measurement Unknown(string why) => new(
            Kind, Outcome.Unknown, why, Value.Map(), time.GetUtcNow() - time.GetElapsedTime(begin), time.GetElapsedTime(begin), Subject: subject);
    }

    private static IReadOnlyList<Pattern> Patterns(Fields fields, string name, string description) =>
        [.. (fields.Optional(name, Syntaxes.OneOrMany(Syntaxes.Text), description) ?? []).Select(text => new Pattern(text))];

    public static Value? BaselineOf(string name, Scope scope) =>
        scope.Variables.TryGetValue("baseline", out var baseline) && baseline.Kind == ValueKind.Map && baseline.AsMap.TryGet(name, out var facts) ? facts : null;

    private static string? Caveat(ResultRun run) => run.Counts.Flaky switch
    {
        0 => null,
        1 => "1 test is flaky: it passed only on a rerun",
        var flaky => $"{flaky} tests are flaky: they passed only on a rerun",
    };
}
