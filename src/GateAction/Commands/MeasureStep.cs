using GateAction.Cel;
using GateAction.Cel.Values;
using GateAction.Core.Decisions;
using GateAction.Core.Model;
using GateAction.GitHub;
using GateAction.Manifests;
using GateAction.Sources;
using GateAction.Sources.Commits;
using GateAction.Sources.Results.Coverage;
using GateAction.Surroundings;
using GateAction.Terminal;

namespace GateAction.Commands;

/// <summary>Manifest to evidence, with the progress shown to whoever looks on.</summary>
internal static class MeasureStep
{
    public static async Task<Evidence> MeasureAsync(
        JobContext job, EffectiveManifest judge, Manifest manifest, Evidence? baseline, CancellationToken cancellation)
    {
        var secrets = job.Shell.Secrets;
        var wanted = Wanted(manifest, job);
        var unmeasured = manifest.Sources.Except(wanted).Select(source => source.Name).ToList();
        var sources = wanted.Select(source => Answered(source, job, manifest.Gate.Name)).ToArray();
        var (watchdog, timeout) = (job.Shell.Watchdog, RunOptions.TimeoutOf(job.Inputs));
        // The wait for a deployment has a limit of its own and is no part of the measurement's time.
        watchdog.Expect(timeout + (manifest.Deployment?.Wait ?? TimeSpan.Zero));
        var target = sources.Length == 0 ? null : await DeployedTarget.TargetAsync(job, manifest, cancellation);
        watchdog.Expect(timeout);
        var collection = new Collection(
            manifest.Gate.Name,
            sources,
            job.GitHubFacts,
            job.Changed,
            target,
            manifest.Concurrency.Total,
            manifest.Concurrency.PerHost,
            timeout)
        {
            Run = job.Run,
            Unmeasured = unmeasured.Count == 0 ? null : unmeasured,
            Baseline = baseline is null ? null : EvaluationContext.BaselineFacts(baseline),
            Conditions = [.. manifest.Gate.Criteria.SelectMany(criterion => criterion.Conditions)],
        };
        var evidence = await LiveView.ShowAsync(job.Shell, async progress =>
        {
            using var collector = new Collector(collection, job.Shell, secrets, progress);
            return await collector.CollectAsync(cancellation);
        });
        var variables = VariablesRead(manifest, wanted).ToLookup(name => Readable(name, job.Shell) is not null);
        return evidence with
        {
            Extends = judge.Extends,
            Variables = variables[true].ToDictionary(name => name, name => Readable(name, job.Shell)!, StringComparer.Ordinal),
            UnsetVariables = [.. variables[false]],
        };
    }

    /// <summary>Null if it is a secret or empty: an empty variable says nothing.</summary>
    private static string? Readable(string variable, Shell shell) =>
        shell.Environment(variable) is { Length: > 0 } text && shell.Secrets.MaskText(text) == text ? text : null;

    /// <summary>Of the variables that may be read those that conditions over what was measured name.</summary>
    private static IEnumerable<string> VariablesRead(Manifest manifest, IReadOnlyList<EvidenceSource> measured)
    {
        // A job that measures other probes has no say: the variables of a matrix's unit tests are not those of its staging job.
        var names = measured.Select(source => source.Name).ToHashSet(StringComparer.Ordinal);
        var use = manifest.Gate.Criteria.SelectMany(criterion => criterion.Conditions)
            .Where(condition => condition.Roots.Where(EvaluationContext.IsSource) is var read && (!read.Any() || read.Any(names.Contains)))
            .Aggregate(new FactUse(), (use, condition) => use.Add(condition));
        return manifest.Variables.Where(name => use.Under(GateVariables.Environment, name) is not null);
    }

    /// <summary>What this run measures.</summary>
    public static IReadOnlyList<EvidenceSource> Wanted(Manifest manifest, JobContext job) =>
        Needed(manifest, Only(manifest.Sources, job.Inputs.Only), job);

    /// <summary>Without those that only criteria read which do not apply to this run; none if the change does not concern the
    /// gate.</summary>
    private static IReadOnlyList<EvidenceSource> Needed(Manifest manifest, IReadOnlyList<EvidenceSource> sources, JobContext job)
    {
        if (Applicability.WhyNotConcerned(manifest.Gate, job.Changed) is not null)
            return [];
        if (MayBecomeBaseline(manifest.Gate, job))
            return sources;
        var (github, changed) = (job.GitHubFacts, job.Changed);
        var applies = manifest.Gate.Criteria.ToLookup(criterion => Applicability.WhyNot(criterion, github, changed) is null);
        var idle = applies[false].SelectMany(EvaluationContext.Reads).Except(applies[true].SelectMany(EvaluationContext.Reads))
            .ToHashSet(StringComparer.Ordinal);
        var needed = sources.Where(source => !idle.Contains(source.Name)).ToList();
        // The list grows while it is walked: what a source needs may need others.
        for (var index = 0; index < needed.Count; index++)
            needed.AddRange(sources.Where(source => needed[index].Needs.Contains(source.Name) && !needed.Contains(source)));
        return [.. sources.Where(needed.Contains)];
    }

    /// <summary>
    /// A branch's own runs are what changes are compared with, and a run that was measured in part is never a baseline: there everything is
    /// measured, also what only criteria about pull requests read.
    /// </summary>
    private static bool MayBecomeBaseline(Gate gate, JobContext job) =>
        job.Event is { PullRequest: null, IsMergeQueue: false }
        && (job.Inputs.Baseline is not null || gate.Criteria.Any(EvaluationContext.ReadsBaseline));

    /// <summary>Sources that have questions to GitHub are given who answers them: they do not know it.</summary>
    private static EvidenceSource Answered(EvidenceSource source, JobContext job, string gate) => (source.Source, job) switch
    {
        (GitHubProbe probe, { Session.Client: { } client }) when job.TargetOf(gate) is { } target => source with
        {
            Source = probe with { Ask = new CommitFacts(client, target.Gate, target.Job.RunId, target.Context, target.CheckName).AskAsync },
        },
        (CoverageSet set, { Session.Client: { } client, Event: { } judged }) =>
            source with { Source = set with { AskForChanges = new PullChanges(client, judged).AskAsync } },
        _ => source,
    };

    /// <summary>The sources named, and those that they refer to. Throws for a name that the manifest does not have.</summary>
    private static IReadOnlyList<EvidenceSource> Only(IReadOnlyList<EvidenceSource> sources, IReadOnlyList<string> names)
    {
        if (names.Count == 0)
            return sources;
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
            Add(name);
        return [.. sources.Where(source => wanted.Contains(source.Name))];

        void Add(string name)
        {
            var source = sources.FirstOrDefault(source => source.Name == name) ?? throw new GateException(
                $"'only' names '{name}', which the manifest does not have; it has "
                + $"{string.Join(", ", sources.Select(source => $"'{source.Name}'"))}");
            if (wanted.Add(name))
                foreach (var needed in source.Needs)
                    Add(needed);
        }
    }
}

/// <summary>Where the target of a manifest is, once the judged commit is deployed there.</summary>
internal static class DeployedTarget
{
    /// <summary>Outside a workflow there is no commit to wait for: the manifest's own target is measured as it is.</summary>
    public static async Task<Uri?> TargetAsync(JobContext job, Manifest manifest, CancellationToken cancellation)
    {
        if (manifest.Deployment is not { } deployment || job is not { Session: { } session, Event: { } source })
            return manifest.Target;
        var client = session.Client ?? throw new GateException(
            "the manifest waits for a deployment, which needs a token: leave the input 'github-token' out, or pass '${{ github.token }}'");
        await job.Shell.Error.WriteLineAsync(
            $"gate: waiting up to {UnitText.Duration(deployment.Wait)} for the deployment of {source.ShortSha} to "
            + $"'{deployment.Environment}'");
        return await new DeploymentWatch(client, job.Shell.Time).WaitAsync(source, deployment.Environment, deployment.Wait, cancellation)
            ?? manifest.Target;
    }
}
