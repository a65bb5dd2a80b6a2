using GateAction.Core.Model;
using GateAction.GitHub;
using GateAction.GitHub.Api;
using GateAction.GitHub.Doctor;
using GateAction.GitHub.Publishing;
using GateAction.Manifests;
using GateAction.Manifests.Extending;
using GateAction.Surroundings;
using GateAction.Syntax;

namespace GateAction.Commands;

/// <summary>One run of <c>gate doctor</c>: looks, tells, and repairs if it was asked to.</summary>
internal sealed class DoctorVisit(
    Shell shell, RepositoryApi client, GitHubDoctor doctor, string? manifest, bool isToFix, bool bypassesAdministrators)
{
    private Health _worst = Health.Good;

    public async Task<ExitCode> RunAsync(string? wanted, CancellationToken cancellation)
    {
        var (finding, defaultBranch) = await doctor.FindBranchAsync(cancellation);
        await TellAsync(finding);
        if (defaultBranch is null)
            return ExitCode.NotPublished;
        await TellAsync(await doctor.ExamineStatusPermissionAsync(cancellation));
        var branch = wanted ?? defaultBranch;
        var repository = new RepositoryFindings(client, branch, defaultBranch);
        var workflows = await TryAsync(() => repository.ReadWorkflowsAsync(cancellation)) ?? [];
        var manifests = await FindGatesAsync(branch, workflows, cancellation);
        if (manifests is [])
            return ExitCodeOf(_worst);
        await RequireEverywhereAsync(branch, defaultBranch, manifests, workflows, cancellation);
        await TellAllAsync(repository.OfWorkflowsAsync(workflows, manifests, cancellation));
        // Only if all of them do: with one that sets a status, the status is what can be required.
        var isCheck = workflows.SelectMany(workflow => workflow.Gates).ToList() is [_, ..] gates
            && gates.TrueForAll(gate => gate.Step.ReportsByCheck);
        await TellAllAsync(repository.OfPullRequestsAsync(manifests[0], isCheck, cancellation));
        return ExitCodeOf(_worst);
    }

    private static ExitCode ExitCodeOf(Health worst) => worst == Health.Bad ? ExitCode.Failed : ExitCode.Met;

    /// <summary>The gates of a branch: the usual manifest first, unless each workflow names another, then those that they name.</summary>
    private async Task<IReadOnlyList<GateManifest>> FindGatesAsync(
        string branch, IReadOnlyList<Workflow> workflows, CancellationToken cancellation)
    {
        var uses = workflows.SelectMany(workflow => workflow.Gates).Where(use => !use.IsHidden).ToList();
        var named = uses.Select(use => use.Manifest).OfType<string>().Distinct().ToList();
        List<GateManifest> found = [];
        if ((manifest is not null || named is [] || uses.Exists(use => use.Manifest is null))
            && await FindGateAsync(branch, manifest is null ? ManifestPaths.Default : [manifest], uses, cancellation) is { } usual)
            found.Add(usual);
        foreach (var path in named.Where(path => found.TrueForAll(gate => gate.Path != path)).ToList())
        {
            if (await FindGateAsync(branch, [path], uses, cancellation) is { } gate)
                found.Add(gate);
        }
        return found;
    }

    private async Task<GateManifest?> FindGateAsync(
        string branch, IReadOnlyList<string> paths, IReadOnlyList<GateUse> uses, CancellationToken cancellation)
    {
        try
        {
            foreach (var path in paths)
            {
                if (await client.ContentAsync(path, branch, cancellation) is not { } content)
                    continue;
                using var extended = ExtendedManifests.Of(shell, client);
                var reading = await ManifestFile.ReaderIn(shell, checksEnvironment: false).ReadAsync(
                    new ManifestPart(new(null, null, branch), path, ManifestContent.Decode(content, branch)), extended.ReadAsync,
                    cancellation);
                await TellAsync(reading.Problems.Count == 0
                    ? new(Health.Good, $"'{path}' on '{branch}' has no problems; its gate is '{reading.Name}'")
                    : new(Health.Bad, $"'{path}' on '{branch}' has {CountOf(reading.Problems)}: {reading.Problems[0]}",
                    "see 'gate validate'"));
                return new(path, reading.Name, await PatternsAsync(uses.Where(use => (use.Manifest ?? paths[0]) == paths[0])));
            }
            await TellAsync(new(
                Health.Bad,
                $"'{branch}' has no manifest{(paths.Count == 1 ? $" '{paths[0]}'" : "")}",
                    $"add {string.Join(" or ", paths.Select(path => $"'{path}'"))}; 'gate init' writes a first one"));
        }
        catch (Exception exception) when (exception is GitHubException or GateException)
        {
            await TellAsync(new(Health.Bad, exception.Message));
        }
        return null;
    }

    /// <summary>The patterns of names that can be used; the gate's own names if no workflow says anything.</summary>
    private async Task<IReadOnlyList<string?>> PatternsAsync(IEnumerable<GateUse> uses)
    {
        List<string?> patterns = [];
        foreach (var pattern in uses.Select(use => use.NamePattern).Distinct())
        {
            try
            {
                patterns.Add(pattern is null ? null : StatusName.Checked(pattern));
            }
            catch (GateException exception)
            {
                await TellAsync(new(Health.Bad, exception.Message));
            }
        }
        return patterns is [] ? [null] : patterns;
    }

    private static string CountOf(IReadOnlyCollection<Problem> problems) =>
        problems.Count == 1 ? "a problem" : $"{problems.Count} problems, the first";

    /// <summary>The names that the branch, and every other protected branch that a gate's status is required on, need.</summary>
    private async Task RequireEverywhereAsync(
        string branch, string defaultBranch, IReadOnlyList<GateManifest> manifests, IReadOnlyList<Workflow> workflows,
        CancellationToken cancellation)
    {
        var isAllSeen = !workflows.SelectMany(workflow => workflow.Gates).Any(use => use.IsHidden);
        var branches = await TryAsync(async () => await client.Rules.ProtectedBranchesAsync(cancellation).ToListAsync(cancellation)) ?? [];
        foreach (var other in branches.Select(found => found.Name).Where(name => name != branch).Prepend(branch).ToList())
        {
            if (await TryAsync(() => doctor.ReadRequiredAsync(other, cancellation)) is not { } required
                // A protected branch that requires no gate wants none; for the branch that was asked about the missing one is the finding.
                || (other != branch && !required.Any(check => check.Name.StartsWith("gate/", StringComparison.Ordinal))))
                continue;
            var gates = other == branch ? manifests : await FindGatesAsync(other, workflows, cancellation);
            var names = gates.SelectMany(gate => gate.NamesFor(other, defaultBranch)).Distinct().ToList();
            if (names is [])
                continue;
            foreach (var name in names)
                await RequireAsync(other, name, required, workflows, cancellation);
            foreach (var finding in RepositoryFindings.OfRequired(other, required.Select(check => check.Name), names, isAllSeen))
                await TellAsync(finding);
        }
    }

    private async Task RequireAsync(
        string branch, string context, IReadOnlyList<RequiredName> required, IReadOnlyList<Workflow> workflows,
        CancellationToken cancellation)
    {
        var finding = GitHubDoctor.ExamineRequirement(branch, context, required);
        if (!isToFix || finding is not { Health: Health.Bad, Repair: not null })
        {
            await TellAsync(finding);
            return;
        }
        var ruleset = doctor.RulesetFor(branch, context, bypassesAdministrators ? BypassActor.Administrators : null);
        await shell.Out.WriteLineAsync(
            $"  adding the ruleset '{ruleset.Name}': '{context}' is required on '{branch}' before a merge, for everybody"
            + $"{(bypassesAdministrators ? " but administrators" : "")}{Source(ruleset)}");
        await shell.Out.WriteLineAsync(
            $"  from then on GitHub refuses direct pushes to '{branch}' of commits without that status (GH013)"
            + (WorkflowFindings.Pushing(workflows) is [_, ..] pushing ? $", as {WorkflowFindings.List(pushing)} may try" : "")
            + (bypassesAdministrators
                ? "; administrators may pass it by"
                : "; '--bypass-admins' lets administrators pass it by. A workflow's own token cannot be exempt: let it open a pull "
                + "request, or push with an app's token"));
        try
        {
            var made = await doctor.RequireAsync(ruleset, cancellation);
            await TellAsync(new(Health.Good, $"'{context}' is now required on '{branch}' by ruleset {made.Id}"));
        }
        catch (GitHubException exception)
        {
            await TellAsync(finding with { Text = $"{finding.Text}; it could not be added: {exception.Message}" });
        }
    }

    private async Task<T?> TryAsync<T>(Func<Task<T>> read)
        where T : class
    {
        try
        {
            return await read();
        }
        catch (Exception exception) when (exception is GitHubException or GateException)
        {
            await TellAsync(new(Health.Bad, exception.Message));
            return null;
        }
    }

    private async Task TellAllAsync(IAsyncEnumerable<DoctorFinding> findings)
    {
        try
        {
            await foreach (var finding in findings)
                await TellAsync(finding);
        }
        catch (GitHubException exception)
        {
            await TellAsync(new(Health.Fair, $"not everything could be looked at: {exception.Message}"));
        }
    }

    private static string Source(NewRuleset ruleset) =>
        ruleset.Rules[0].Parameters.RequiredStatusChecks[0].IntegrationId is null ? "" : ", from GitHub Actions only";

    private async Task TellAsync(DoctorFinding finding)
    {
        _worst = finding.Health > _worst ? finding.Health : _worst;
        var mark = finding.Health switch
        {
            Health.Good => "✓",
            Health.Fair => "!",
            Health.Bad => "✗",
        };
        await shell.Out.WriteLineAsync($"{mark} {finding.Text}");
        if (finding.Repair is { } repair)
            await shell.Out.WriteLineAsync($"  → {repair}");
    }
}
