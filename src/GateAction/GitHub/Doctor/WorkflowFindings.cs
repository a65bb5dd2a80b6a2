using GateAction.GitHub.Publishing;

namespace GateAction.GitHub.Doctor;

/// <summary>A manifest of a branch, the name of its gate, and the patterns by which workflows call its status.</summary>
internal sealed record GateManifest(string Path, string Gate, IReadOnlyList<string?> NamePatterns)
{
    public IEnumerable<string> NamesFor(string branch, string defaultBranch) =>
        NamePatterns.Select(pattern => StatusName.Of(pattern, Gate, branch, defaultBranch)).Distinct();
}

/// <summary>What the workflows of a repository make of its gates.</summary>
internal static class WorkflowFindings
{
    /// <summary>Events of which each judges commits of its own: two workflows that both wait for one of them judge the same
    /// commit.</summary>
    private static readonly string[] Judging =
        ["pull_request", "pull_request_target", "merge_group", "push", "schedule", "deployment_status"];

    /// <summary>Two gates under one name: the last word of each run would stand by chance.</summary>
    public static IEnumerable<DoctorFinding> OfNames(IReadOnlyList<Workflow> workflows, IReadOnlyList<GateManifest> manifests)
    {
        foreach (var same in manifests.SelectMany(manifest => manifest.NamesFor("", "").Select(name => (Name: name, manifest)))
            .GroupBy(named => named.Name, named => named.manifest).Where(group => group.Count() > 1))
            yield return new(
                Health.Bad,
                $"{List(same.Select(manifest => manifest.Path))} have one name, '{same.First().Gate}': they set one status, and the worse "
                + "or the "
                + "later verdict stands",
                "give each manifest a 'name' of its own");
        var gates = workflows.SelectMany(workflow => workflow.Gates).Where(gate => gate.Workflow.HasEvents).ToList();
        foreach (var gate in gates.Where(gate => gate.IsOneForAllLegs).DistinctBy(gate => (gate.Workflow.Path, gate.Job.Name)))
            yield return new(
                Health.Bad,
                $"every leg of the matrix of job '{gate.Job.Name}' in '{gate.Workflow.File}' speaks under one name",
                "let the legs 'gate collect' and one job decide, or give each leg a manifest with a name of its own");
        foreach (var same in gates.GroupBy(gate => (gate.Manifest, gate.NamePattern)))
        {
            foreach (var jobs in same.GroupBy(gate => gate.Workflow.Path))
            {
                var steps = jobs.DistinctBy(gate => gate.Step, ReferenceEqualityComparer.Instance).ToList();
                if (steps.Count > 1)
                    yield return new(
                        Health.Fair,
                        $"{steps.Count} steps of '{steps[0].Workflow.File}' (job {List(steps.Select(gate => gate.Job.Name))}) speak under "
                        + "one "
                        + "name: the worse verdict stands",
                        "let one of them judge, or make their conditions exclude each other");
            }
            foreach (var started in Judging)
            {
                if (same.Where(gate => gate.Workflow.Events.ContainsKey(started)).Select(gate => gate.Workflow.File).Distinct().ToList()
                    is [_, _, ..] files)
                    yield return new(
                        Health.Fair,
                        $"{List(files)} both judge on '{started}' by one manifest, under one name: the run that begins later has the word",
                        "let one workflow judge, or make their conditions exclude each other, as those for forks and for your own "
                        + "branches do");
            }
        }
    }

    public static IEnumerable<DoctorFinding> OfMergeQueue(IReadOnlyList<Workflow> workflows, string branch)
    {
        var speaking = workflows.Where(workflow => workflow.HasEvents && workflow.Gates.Any()).ToList();
        // A job of another repository's workflow may be a gate, too.
        var isServed = workflows.Any(workflow => workflow.IsStartedBy("merge_group", branch)
            && (workflow.Gates.Any() || workflow.Jobs.Any(job => job.Calls.Length > 0)));
        if (speaking.Count > 0 && !isServed)
            yield return new(
                Health.Bad,
                $"'{branch}' has a merge queue, and no workflow with the gate is started by it: what is queued waits for a status that is "
                + "never set",
                $"add 'merge_group:' to the events of {List(speaking.Select(workflow => workflow.File))}");
    }

    public static IEnumerable<DoctorFinding> OfStrangers(IReadOnlyList<Workflow> workflows) =>
        from workflow in workflows
        where workflow.Events.ContainsKey("pull_request_target")
        where workflow.Jobs.Any(job => job.Steps.Any(step => step.ChecksHeadOut))
        select new DoctorFinding(
            Health.Bad,
            $"'{workflow.File}' runs on 'pull_request_target' with this repository's secrets and checks the pull request's own code out: "
            + "whoever opens one can take them, and set the status",
            "use 'pull_request', and for forks the two workflows fork-collect.yml and fork-publish.yml");

    /// <summary>Workflows that push to the repository: a required status refuses what they push.</summary>
    public static IReadOnlyList<string> Pushing(IReadOnlyList<Workflow> workflows) =>
        [.. workflows.Where(workflow => workflow.Jobs.Any(job => job.Steps.Any(step => step.Pushes))).Select(workflow => workflow.File)];

    /// <summary>Branches that workflows with the gate are limited to, by name.</summary>
    public static IEnumerable<(Workflow Workflow, string Branch)> NamedBranches(IReadOnlyList<Workflow> workflows) =>
        from workflow in workflows
        where workflow.Gates.Any()
        from branch in workflow.Events.Values.SelectMany(branches => branches).Distinct()
        where Workflow.IsName(branch)
        select (workflow, branch);

    public static string List(IEnumerable<string> files) => string.Join(" and ", files.Distinct().Select(file => $"'{file}'"));
}
