using System.CommandLine;
using System.Reflection;
using System.Text.Json.Nodes;
using GateAction.Cel.Values;
using GateAction.Core.Decisions;
using GateAction.Core.Documents;
using GateAction.Core.Model;
using GateAction.Core.Reports;
using GateAction.Core.Reports.Html;
using GateAction.Core.Reports.Machine;
using GateAction.Core.Reports.Markdown;
using GateAction.GitHub.Publishing;
using GateAction.Manifests;
using GateAction.Surroundings;
using GateAction.Terminal;

namespace GateAction.Commands;

/// <summary>Evidence to verdict, with the files and the words that come of it.</summary>
internal static class DecideStep
{
    public static readonly string Version =
        typeof(DecideStep).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    public static async Task<GateOutcome> DecideAsync(JobContext job, EffectiveManifest judge, Manifest manifest, Evidence evidence,
        BaselineRuns? baseline, ReportFiles files,
        CancellationToken cancellation)
    {
        var now = job.Shell.Time.GetUtcNow();
        var measuredAt = evidence.StartedAt + evidence.Duration;
        // First without the comments: only what is not met needs a waiver, and a gate that is met asks nobody.
        var unwaived = Decision.Decide(manifest.Gate, evidence, baseline?.Evidence, now, measuredAt);
        var record = await Overriding.ReadAsync(job, judge, manifest.Gate, unwaived, now, cancellation);
        var gate = manifest.Gate with { Waivers = [.. manifest.Gate.Waivers, .. record.Waivers] };
        var decided = record.Waivers.Count == 0 ? unwaived : Decision.Decide(gate, evidence, baseline?.Evidence, now, measuredAt);
        var secrets = job.Shell.Secrets;
        var verdict = secrets.Mask(decided with
        {
            Trend = TrendOf(gate, decided, evidence, baseline?.Baseline),
            Run = job.Run ?? decided.Run,
            Extends = judge.Extends,
            Notes = [.. decided.Notes, .. record.Refused.Select(waiver => waiver.Sentence)],
            Base = job.Event?.BaseRef,
        });
        var preview = judge.Preview?.Manifest is { } changed
            ? Decision.Decide(changed.Gate, evidence, baseline?.Evidence, now, measuredAt)
            : null;
        var context = secrets.Mask(Context(job, judge, preview)) with { BaselineSamples = SamplesOf(baseline?.Evidence) };
        // The files are written while the terminal's text is made, and not after it.
        var written = files.WriteAsync(verdict, context,
            new HtmlSources(secrets.Mask(evidence), secrets.MaskOptional(judge.Text), baseline?.HistoryWith(evidence, verdict)));
        var text = job.Shell.Answer.IsAsked ? null : TerminalReport.Render(job.Shell, verdict, context);
        await written;
        if (text is null)
            await job.Shell.Answer.GiveAsync(VerdictJson.Text(verdict));
        else
            await job.Shell.Out.WriteAsync(text);
        return new(ExitCodeOf(verdict), ReportOf(verdict, evidence, context, job.Inputs)) { Refused = record.Refused };
    }

    public static ExitCode ExitCodeOf(Verdict verdict) => verdict.State switch
    {
        VerdictState.Passed or VerdictState.Warned or VerdictState.NotConcerned => ExitCode.Met,
        VerdictState.Failed => ExitCode.Failed,
        VerdictState.Inconclusive => ExitCode.Inconclusive,
    };

    public static ReportContext Context(JobContext job, EffectiveManifest? judge, Verdict? preview) => new(
        Version,
        judge?.Path,
        judge?.Commit,
        job.Event?.Sha,
        job.Session is { } session ? $"{session.Job.Server}/{session.Job.Repository}" : null,
        job.Session?.Job.RunUrl,
        job.Inputs.ReportUrl,
        [.. job.Notes, .. Notes(judge)],
        preview)
    {
        Override = Overriding.PolicyOf(job, judge),
        ServerUrl = job.Session?.Job.Server,
        Extends = judge?.Extends ?? [],
        Change = job.Event is { } source
            ? new(source.PullRequest?.Number, source.PullRequest?.Head.Ref ?? source.Branch, source.BaseRef)
            : null,
    };

    public static GateReport ReportOf(Verdict verdict, Evidence? evidence, ReportContext context, Inputs inputs) => new(
        ExitCodeOf(verdict) == ExitCode.Met ? FinalState.Success : FinalState.Failure,
        StatusDescription.Of(verdict),
        (previous, bytes) => Comment.Render(verdict, context with { Previous = previous }, bytes),
        inputs.Summary ? JobSummary.Render(verdict, context) : null,
        Digest(verdict),
        verdict.State is not (VerdictState.Passed or VerdictState.NotConcerned),
        [
            ("verdict", verdict.State.Word()),
            ("score", Percent(verdict.Score)),
            ("measured", Percent(verdict.Measured)),
            ("failed", new JsonArray([.. verdict.Criteria.Where(criterion => criterion is { State: CriterionState.Failed, Required: true })
                .Select(criterion => JsonValue.Create(criterion.Id))]).ToJsonString()),
        ],
        inputs.Annotations ? Annotations.Of(verdict, evidence) : [])
    {
        Run = PreviousRun.Of(verdict),
        Regression = verdict.Blocks ? url => RegressionNotice.Render(verdict, context, url) : null,
    };

    private static Dictionary<string, IReadOnlyList<TimeSpan?>> SamplesOf(Evidence? evidence) =>
        (evidence?.Measurements ?? new Dictionary<string, Measurement>()).Where(entry => entry.Value.Samples is not null)
        .ToDictionary(entry => entry.Key, entry => entry.Value.Samples!, StringComparer.Ordinal);

    private static string? TrendOf(Gate gate, Verdict verdict, Evidence evidence, Baseline? baseline) =>
        baseline is null
        ? null
        : BaselineTrend.Of(verdict, evidence, new(baseline.Runs, baseline.Evidence, baseline.Decide(gate), baseline.Branch));

    private static IEnumerable<string> Notes(EffectiveManifest? judge)
    {
        if (judge?.Note is { } note)
            yield return note;
        if (judge?.Preview is { Manifest: null, Problems: [var first, ..] problems })
            yield return $"this change's own manifest has {problems.Count} problem{(problems.Count == 1 ? "" : "s")}, the first: {first}";
    }

    // Cut, not rounded: 99.96 must not be told as 100.
    private static string Percent(double? ratio) => ratio is { } known ? $"{UnitText.Percent(known):0.#}" : "";

    // Changes when a criterion's state does, not with every millisecond.
    private static string Digest(Verdict verdict) =>
        $"{verdict.State} {string.Join(' ', verdict.Criteria.Select(criterion => $"{criterion.Id}={criterion.State}"))}";
}

/// <summary><c>gate decide</c>: evidence files to one verdict.</summary>
internal static class DecideCommand
{
    public static Command Create(Shell shell)
    {
        var options = new RunOptions();
        var evidence = new Argument<string[]>("EVIDENCE")
        {
            Description = EvidenceFiles.Argument,
            Arity = ArgumentArity.OneOrMore
        };
        var command = new GateCommand(
            "decide",
            "Merges evidence files, decides by the manifest and writes verdict.json; 'gate publish' tells GitHub.",
            GateCommand.OfVerdict) { evidence };
        options.AddDeciding(command);
        options.AddOutput(command);
        command.SetAction(async (parse, cancellation) =>
            (int)await DecideAsync(options.Around(shell, parse), options.Read(parse, shell), parse.GetValue(evidence)!, cancellation));
        return command;
    }

    /// <param name="paths">Null for the artifact that the input <c>evidence</c> names.</param>
    public static async Task<ExitCode> DecideAsync(Shell shell, Inputs inputs, string[]? paths, CancellationToken cancellation)
    {
        var files = ReportFiles.Of(shell, inputs);
        var given = GivenFiles.Of(shell, inputs, paths);
        files.RemoveStale(given.All);
        using var opened = await JobContext.OpenAsync(shell, inputs, cancellation);
        var job = opened with { IsToMeasure = false };
        var judge = await EffectiveManifest.ReadAsync(job, cancellation);
        if (judge.Reading.Manifest is not { } manifest)
            return BadManifest.Of(job, judge).ExitCode;
        job = await job.ConfirmChangedAsync(manifest.Gate, cancellation);
        var baseline = await ArtifactEvidence.ReadBaselineAsync(job, manifest.Gate.Name, cancellation);
        var evidence = given.Evidence is { } named
            ? EvidenceFiles.ReadAll(job, judge, manifest, named)
            : (await ArtifactEvidence.ReadFollowedAsync(job, judge, manifest, cancellation))!;
        files.Write(evidence);
        return (await DecideStep.DecideAsync(job, judge, manifest, evidence, baseline, files, cancellation)).ExitCode;
    }
}
