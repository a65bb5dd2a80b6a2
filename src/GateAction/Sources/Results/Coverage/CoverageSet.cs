using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Files;
using GateAction.Syntax;

namespace GateAction.Sources.Results.Coverage;

/// <summary>One entry of the manifest's <c>coverage</c>: the files that hold it.</summary>
internal sealed record CoverageSet(IReadOnlyList<string> Files)
{
    public const string Kind = "coverage";

    public static CoverageSet Read(Fields fields) => new(
        fields.Required("files", FilePattern.OneOrMany, "Coverage reports of any known format; a pattern that starts with `!` takes files out again. A source file that several reports measure counts once."));

    /// <param name="name">The set's name in the manifest, by which the baseline knows it too.</param>
    /// <param name="scope">Holds <c>baseline</c> where there is one.</param>
    public Task<Measurement> MeasureAsync(string name, string directory, TimeProvider time, Scope scope, CancellationToken cancellation)
    {
        var begin = time.GetTimestamp();
        var tally = new CoverageTally();
        var files = FileSearch.Find(directory, Files);
        foreach (var file in files)
        {
            cancellation.ThrowIfCancellationRequested();
            CoverageReader.Read(new(file, ResultReader.NameOf(directory, file)), tally);
        }
        var (outcome, reason) = Judge(files.Count, tally);
        var baseline = ResultSet.BaselineOf(name, scope);
        return Task.FromResult(new Measurement(
            Kind,
            outcome,
            reason,
            outcome == Outcome.Unknown ? Value.Map() : Value.Map(CoverageFacts.Of(tally, baseline)),
            time.GetUtcNow() - time.GetElapsedTime(begin),
            time.GetElapsedTime(begin),
            Subject: string.Join(", ", Files),
            Details: [.. tally.Problems.Take(30)])
        {
            AwaitsBaseline = baseline is null ? CoverageFacts.Compared : [],
        });
    }

    private (Outcome, string?) Judge(int files, CoverageTally tally)
    {
        if (files == 0)
            return (Outcome.Unknown, $"no file matches {string.Join(", ", Files.Select(pattern => $"'{pattern}'"))}");
        if (tally.Problems.Count > 0)
            return (Outcome.Unclean, $"not clean: {tally.Problems[0]}{(tally.Problems.Count > 1 ? $" (and {tally.Problems.Count - 1} more)" : "")}");
        return tally.Figures.Lines == 0 ? (Outcome.Unclean, "not clean: the reports hold no line that can be covered") : (Outcome.Measured, null);
    }
}
