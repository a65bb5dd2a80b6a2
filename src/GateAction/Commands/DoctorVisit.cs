using GateAction.Core.Model;
using GateAction.GitHub;
using GateAction.GitHub.Api;
using GateAction.GitHub.Doctor;
using GateAction.Manifests;
using GateAction.Surroundings;

namespace GateAction.Commands;

/// <summary>One run of <c>gate doctor</c>: looks, tells, and repairs where it was asked to.</summary>
internal sealed class DoctorVisit(Shell shell, RepositoryApi client, GitHubDoctor doctor, string? manifest, bool isToFix)
{
    private Health _worst = Health.Good;

    public async Task<ExitCode> RunAsync(string? wanted, CancellationToken cancellation)
    {
        var (finding, branch) = await doctor.FindBranchAsync(wanted, cancellation);
        await TellAsync(finding);
        if (branch is null)
            return ExitCode.NotPublished;
        await TellAsync(await doctor.ExamineStatusPermissionAsync(cancellation));
        if (await FindGateAsync(branch, cancellation) is { } gate)
            await RequireAsync(branch, $"gate/{gate}", cancellation);
        return _worst == Health.Bad ? ExitCode.Failed : ExitCode.Met;
    }

    /// <summary>The name of the gate, where the branch has a manifest.</summary>
    private async Task<string?> FindGateAsync(string branch, CancellationToken cancellation)
    {
        var paths = manifest is null ? ManifestPaths.Default : [manifest];
        try
        {
            foreach (var path in paths)
            {
                if (await client.ContentAsync(path, branch, cancellation) is not { } content)
                    continue;
                var today = DateOnly.FromDateTime(shell.Time.GetUtcNow().UtcDateTime);
                var reading = new ManifestReader(shell.Environment, today,
                    checksEnvironment: false).Read(ManifestContent.Decode(content, branch), path);
                await TellAsync(reading.Problems.Count == 0
                    ? new(Health.Good, $"'{path}' on '{branch}' has no problems; its gate is '{reading.Name}'")
                    : new(Health.Bad,
                    $"'{path}' on '{branch}' has "
                    + $"{(reading.Problems.Count == 1 ? "a problem" : $"{reading.Problems.Count} problems, the first")}: "
                    + $"{reading.Problems[0]}", "see 'gate validate'"));
                return reading.Name;
            }
            await TellAsync(new(Health.Bad, $"'{branch}' has no manifest",
                $"add {string.Join(" or ", paths.Select(path => $"'{path}'"))}; 'gate init' writes a first one"));
        }
        catch (Exception exception) when (exception is GitHubException or GateException)
        {
            await TellAsync(new(Health.Bad, exception.Message));
        }
        return null;
    }

    private async Task RequireAsync(string branch, string context, CancellationToken cancellation)
    {
        var finding = await doctor.ExamineRequirementAsync(branch, context, cancellation);
        if (!isToFix || finding is not { Health: Health.Bad, Repair: not null })
        {
            await TellAsync(finding);
            return;
        }
        var ruleset = doctor.RulesetFor(branch, context);
        await shell.Out.WriteLineAsync(
            $"  adding the ruleset '{ruleset.Name}': '{context}' is required on '{branch}' before a merge, for everybody{Source(ruleset)}");
        try
        {
            await TellAsync(new(Health.Good,
                $"'{context}' is now required on '{branch}' by ruleset {(await doctor.RequireAsync(branch, context, cancellation)).Id}"));
        }
        catch (GitHubException exception)
        {
            await TellAsync(finding with { Text = $"{finding.Text}; it could not be added: {exception.Message}" });
        }
    }

    private static string Source(NewRuleset ruleset) =>
        ruleset.Rules[0].Parameters.RequiredStatusChecks[0].IntegrationId is null ? "" : ", from GitHub Actions only";

    private async Task TellAsync(Finding finding)
    {
        _worst = finding.Health > _worst ? finding.Health : _worst;
        var mark = finding.Health switch
        {
            Health.Good => "✓",
            Health.Fair => "!",
            _ => "✗",
        };
        await shell.Out.WriteLineAsync($"{mark} {finding.Text}");
        if (finding.Repair is { } repair)
            await shell.Out.WriteLineAsync($"  → {repair}");
    }
}
