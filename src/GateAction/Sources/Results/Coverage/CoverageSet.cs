using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Files;
using GateAction.Sources.Files;
using GateAction.Syntax;

namespace GateAction.Sources.Results.Coverage;

/// <summary>One entry of the manifest's <c>coverage</c>: the files that hold it.</summary>
/// <param name="Root">The folder that relative paths of the reports start from, or null.</param>
internal sealed record CoverageSet(IReadOnlyList<string> Files, string? Root = null) : Source
{
    public static readonly SourceKind Coverage = new(
        SourceSection.Coverage, "coverage set", "", Read, new("coverage", CoverageFacts.Facts.Type, CoverageContent.Facts.Read));

    private const int MostDetails = 30;

    public override SourceKind Kind => Coverage;

    public static CoverageSet Read(Fields fields) => new(
        fields.Required("files", FilePatterns.Syntax,
        "Coverage reports of any known format; a pattern that starts with `!` takes files out again. Each of the others must match a "
        + "file, or the coverage is not clean. A source file that several reports measure counts once."),
        fields.Optional("root", Syntaxes.Text,
        "The folder, from where the gate runs, that relative paths of the reports start from. Needed only where the sources are not "
        + "checked out beside the gate and several reports name the same relative path."));

    /// <summary>
    /// Tells what the pull request changes; throws <see cref="NoEvidenceException"/> if that is not known. Coverage does not know
    /// GitHub, so a run gives it.
    /// </summary>
    public Func<CancellationToken, Task<IReadOnlyList<ChangedFile>>> AskForChanges { get; init; } = PatchCoverage.AskNobody;

    public override string SubjectIn(ProbeContext context) => string.Join(", ", Files);

    public override Task<Measurement> MeasureAsync(ProbeContext context, CancellationToken cancellation) => MeasureAsync(
        context.Name,
        context.Shell.Directory,
        context.Time,
        new Scope(context.Facts, context.Reasons),
        cancellation,
        CoverageFacts.ReadsChanges(context.Readers.Use) ? AskForChanges : null);

    /// <param name="name">The set's name in the manifest, by which the baseline knows it too.</param>
    /// <param name="scope">Holds <c>baseline</c> where there is one.</param>
    /// <param name="askForChanges">Asks what the pull request changes; null if nothing reads it.</param>
    public async Task<Measurement> MeasureAsync(
        string name,
        string directory,
        TimeProvider time,
        Scope scope,
        CancellationToken cancellation,
        Func<CancellationToken, Task<IReadOnlyList<ChangedFile>>>? askForChanges = null)
    {
        var begin = time.GetTimestamp();
        var found = FileSearch.Search(directory, Files);
        var tally = Tally(found.Files, directory, cancellation);
        var figures = tally.Read().Aggregate(default(CoverageFigures), (sum, file) => sum + file.Coverage.Figures);
        var (outcome, reason) = Judge(found, tally, figures);
        var baseline = ResultSet.BaselineOf(name, scope);
        var content = outcome == Outcome.Unknown ? null : new CoverageContent(figures, CoverageFacts.LeastCovered(tally));
        var (changed, unknown) = content is null ? default : await ChangedAsync(tally, directory, askForChanges, cancellation);
        return new Measurement(
            Kind.Name,
            outcome,
            reason ?? unknown,
            content is null ? Value.Map() : CoverageFacts.Facts.Of(new(content, tally.FileCount, baseline) { Changed = changed }),
            time.GetUtcNow() - time.GetElapsedTime(begin),
            time.GetElapsedTime(begin),
            Subject: string.Join(", ", Files),
            Details: [.. tally.Problems.Concat(tally.Warnings).Concat(DetailsOf(changed)).Take(MostDetails)])
        {
            Declared = Kind.Evidence,
            Content = content,
            AwaitsBaseline = baseline is null ? [.. CoverageFacts.Compared.Type.Fields!.Keys] : [],
        };
    }

    private static async Task<(PatchCoverage? Changed, string? Unknown)> ChangedAsync(
        CoverageTally tally,
        string directory,
        Func<CancellationToken, Task<IReadOnlyList<ChangedFile>>>? askForChanges,
        CancellationToken cancellation)
    {
        if (askForChanges is null)
            return default;
        try
        {
            var changed = PatchCoverage.Of(tally, directory, await askForChanges(cancellation));
            return (changed, changed.WhyNoRatio);
        }
        catch (NoEvidenceException exception)
        {
            return (null, exception.Message);
        }
    }

    private static IEnumerable<string> DetailsOf(PatchCoverage? changed) => changed is null
        ? []
        : changed.Uncovered.Select(lines => $"{lines}: changed and not covered")
        .Concat(changed.Unmeasured.Select(file => $"{file}: changed and in no coverage report"));

    private CoverageTally Tally(IReadOnlyList<string> files, string directory, CancellationToken cancellation)
    {
        var tally = new CoverageTally(new CheckoutFiles(directory, Root));
        // A relative path that leads nowhere may mean another file in each report, but not in a copy of the same report.
        var copies = DuplicateFiles.Find(files);
        foreach (var file in files)
        {
            cancellation.ThrowIfCancellationRequested();
            tally.Add(CoverageReader.Read(new(file, ResultReader.NameOf(directory, file), directory)), copies.ContainsKey(file));
        }
        tally.Complete();
        return tally;
    }

    private (Outcome, string?) Judge(FoundFiles found, CoverageTally tally, CoverageFigures figures)
    {
        if (found.WhyNone(Files) is { } none)
            return (Outcome.Unknown, none);
        string[] problems = [.. found.Gaps, .. tally.Problems];
        if (problems.Length > 0)
            return (Outcome.Unclean, $"not clean: {problems[0]}{(problems.Length > 1 ? $" (and {problems.Length - 1} more)" : "")}");
        return figures.Lines == 0 ? (Outcome.Unclean, "not clean: the reports hold no line that can be covered") : (Outcome.Measured, null);
    }
}
