using GateAction.Cel.Values;
using GateAction.Core.Decisions;
using GateAction.Core.Model;
using GateAction.GitHub.Publishing;
using GateAction.Http;
using GateAction.Manifests;
using GateAction.Sources;

namespace GateAction.Commands;

/// <summary>What a run would measure, judge, write and say; making it sends nothing to a target and writes nothing.</summary>
/// <param name="Target">Where relative addresses start; null if there is none, or only a deployment tells it.</param>
/// <param name="Unmeasured">Sources that are left out.</param>
/// <param name="NotConcerned">Why nothing is measured; null if the change concerns the gate.</param>
/// <param name="Baseline">What is compared with, as it was named; null for nothing.</param>
/// <param name="Files">Relative to where the gate runs.</param>
/// <param name="Words">Where the verdict would be told, one phrase each.</param>
internal sealed record RunPlan(
    string Gate,
    string Manifest,
    Uri? Target,
    DeploymentWait? Deployment,
    TimeSpan Timeout,
    IReadOnlyList<PlannedSource> Sources,
    IReadOnlyList<string> Unmeasured,
    IReadOnlyList<PlannedCriterion> Criteria,
    string? NotConcerned,
    string? Baseline,
    IReadOnlyList<string> Files,
    IReadOnlyList<string> Words)
{
    /// <param name="isJudged">False for <c>gate collect</c>.</param>
    public static RunPlan Of(JobContext job, EffectiveManifest judge, Manifest manifest, bool isJudged)
    {
        var wanted = MeasureStep.Wanted(manifest, job);
        var deployment = job.Session is null ? null : manifest.Deployment;
        // With a deployment the target is the address that it names, which only the run waits for.
        var target = deployment is null ? manifest.Target : null;
        return new(
            manifest.Gate.Name,
            judge.Path,
            target,
            deployment,
            RunOptions.TimeoutOf(job.Inputs),
            Planned(job, manifest, wanted, target, deployment),
            [.. manifest.Sources.Except(wanted).Select(source => source.Name)],
            isJudged ? [.. manifest.Gate.Criteria.Select(criterion => Planned(job, criterion))] : [],
            Applicability.WhyNotConcerned(manifest.Gate, job.Changed),
            job.Inputs.Baseline,
            [.. ReportFiles.Names(isJudged).Select(name => Path.Combine(job.Inputs.Out, name))],
            isJudged ? [.. WordsOf(job, manifest.Gate.Name)] : []);
    }

    private static PlannedSource[] Planned(
        JobContext job, Manifest manifest, IReadOnlyList<EvidenceSource> wanted, Uri? target, DeploymentWait? deployment)
    {
        using var limits = new ConcurrencyLimits(manifest.Concurrency.Total, manifest.Concurrency.PerHost);
        using var http = new HttpAccess(limits, job.Shell.Time);
        var facts = new Dictionary<string, Value> { [GateVariables.GitHub] = job.GitHubFacts };
        return
        [
            .. wanted.Select(source => PlannedSource.Of(
                source,
                new(source.Name, job.Shell, job.Shell.Secrets, http, limits, target, facts, new Dictionary<string, string>(), _ => { }),
                deployment,
                [.. manifest.Gate.Criteria.Where(criterion => EvaluationContext.Reads(criterion).Contains(source.Name))
                    .Select(criterion => criterion.Id)],
                [.. wanted.Where(other => other.Needs.Contains(source.Name)).Select(other => other.Name)])),
        ];
    }

    private static PlannedCriterion Planned(JobContext job, Criterion criterion) => new(
        criterion.Id, criterion.Required,
        string.Join("; and ", criterion.And.Concat(criterion.Added).Prepend(criterion.Pass).Select(condition => condition.Text)),
        Applicability.WhyNot(criterion, job.GitHubFacts, job.Changed));

    private static IEnumerable<string> WordsOf(JobContext job, string gate)
    {
        if (job.TargetOf(gate) is not { } told || job.Event is not { } source)
            yield break;
        if (told.Report is ReportKind.Status or ReportKind.Both)
            yield return $"the status '{told.Context}' on {source.ShortSha}";
        if (told.Report is ReportKind.Check or ReportKind.Both)
            yield return $"the check run '{told.CheckName}' on {source.ShortSha}";
        if (source.PullRequest is { } pull && told.Comment != CommentMode.Off)
            yield return $"a comment on #{pull.Number} ({told.Comment.Word()})";
        if (job.Inputs.Summary)
            yield return "the summary of the job";
        if (job.Inputs.Annotations)
            yield return "annotations";
    }
}

/// <summary>A source as a run would measure it.</summary>
/// <param name="Subject">The URL or the file; null if only the run knows it.</param>
/// <param name="Why">Why there is no subject.</param>
/// <param name="Server">Who is asked, if the subject does not say it.</param>
/// <param name="Criteria">Those that read it.</param>
/// <param name="NeededBy">Other sources that read its facts or follow it.</param>
internal sealed record PlannedSource(
    string Name, string Kind, string? Subject, string? Why, string? Server, int Samples, TimeSpan Every, ProbeOptions? Options,
    IReadOnlyList<string> Criteria, IReadOnlyList<string> NeededBy)
{
    public static PlannedSource Of(
        EvidenceSource source, ProbeContext context, DeploymentWait? deployment, IReadOnlyList<string> criteria,
        IReadOnlyList<string> neededBy)
    {
        var probe = source.Source as Probe;
        var (subject, why) = Told(source, deployment, () => source.Source.SubjectIn(context));
        var (server, _) = Told(source, deployment, () => source.Source.AskedIn(context));
        var (count, every) = probe?.Sampling ?? (1, TimeSpan.Zero);
        return new(source.Name, source.Kind.Name, subject, why, server, count, every, probe?.Options, criteria, neededBy);
    }

    private static (string? Text, string? Why) Told(EvidenceSource source, DeploymentWait? deployment, Func<string?> tell)
    {
        try
        {
            return (tell(), null);
        }
        catch (NoEvidenceException) when (source.DependsOn.Count > 0)
        {
            return (null, $"known once {string.Join(" and ", source.DependsOn.Select(name => $"'{name}'"))} "
                + $"{(source.DependsOn.Count == 1 ? "is" : "are")} measured");
        }
        catch (NoEvidenceException) when (deployment is not null)
        {
            return (null, $"known once the deployment to '{deployment.Environment}' is there");
        }
        catch (NoEvidenceException exception)
        {
            return (null, $"cannot be measured: {exception.Message}");
        }
    }
}

/// <param name="Skipped">Why it does not apply to this run; null if it does.</param>
internal sealed record PlannedCriterion(string Id, bool Required, string Condition, string? Skipped);
