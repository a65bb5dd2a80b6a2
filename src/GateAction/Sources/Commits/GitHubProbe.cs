using System.Text.RegularExpressions;
using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Syntax;

namespace GateAction.Sources.Commits;

/// <summary>Asks GitHub what it knows of a commit: the other checks and whether they passed, and its deployment.</summary>
internal sealed partial record GitHubProbe(Template Commit, Template? Environment, IReadOnlyList<string> Ignore, ProbeOptions Options)
    : Probe(Options)
{
    private const string Judged = "judged";

    private static readonly Facts<IReadOnlyList<CommitCheck>> CheckFacts = new Facts<IReadOnlyList<CommitCheck>>(
        "its check runs and commit statuses, without those of this gate and its own run, and without those that `ignore` names")
        .Int("total", "how many there are", checks => checks.Count)
        .Int("passed", "how many passed", checks => Count(checks, "passed")).AsFigure("checks passed")
        .Int("failed", "how many failed, timed out, were cancelled or wait for an action", checks => Count(checks, "failed"))
        .AsFigure("failed")
        .Int("pending", "how many are not done yet", checks => Count(checks, "pending")).AsFigure("pending")
        .Int(
            "skipped",
            "how many were skipped or ended neutral; GitHub lets these merge, they measured nothing",
            checks => Count(checks, "skipped"))
        .Map(
            "states",
            "`passed`, `failed`, `pending` or `skipped` by name",
            FactType.String("the state"),
            checks => checks.Select(check => (check.Name, Value.String(check.State))));

    private static readonly Facts<DeploymentAnswer> DeploymentFacts =
        new Facts<DeploymentAnswer>("its newest deployment to `environment`; absent if there is none")
        .Text(
            "state",
            "`success`, `failure`, `error`, `inactive`, `in_progress`, `queued` or `pending`",
            deployed => deployed.Deployment.State)
        .Text(
            "url",
            "the environment's address, where the deployment names one",
            deployed => deployed.Deployment.Url is { Length: > 0 } url ? url : null)
        .Timestamp("created_at", "when it was asked for", deployed => deployed.Deployment.CreatedAt)
        .Duration("age", "how long ago that was", deployed => deployed.Now - deployed.Deployment.CreatedAt);

    private static readonly Facts<Known> Facts = new Facts<Known>()
        .Text("sha", "the commit that was asked about", known => known.Sha)
        .Object("checks", CheckFacts, known => known.Checks)
        .Object("deployment", DeploymentFacts, known => known.Deployment);

    public static readonly SourceKind GitHub =
        SourceKind.OfProbe("github", "Asks GitHub about a commit: its other checks, and its deployment.", Read, Facts);

    public override SourceKind Kind => GitHub;

    /// <summary>Who answers; null outside a workflow, or if there is no token. The probe does not know GitHub, so a run gives
    /// it.</summary>
    public Func<CommitQuestion, CancellationToken, Task<CommitAnswer>>? Ask { get; init; }

    private sealed record DeploymentAnswer(CommitDeployment Deployment, DateTimeOffset Now);

    private sealed record Known(string Sha, IReadOnlyList<CommitCheck> Checks, DeploymentAnswer? Deployment);

    public static GitHubProbe Read(Fields fields) => new(
        fields.Required("github", Syntaxes.Template,
        $"the commit to ask about: `{Judged}`, the one that this run judges, or its name in full (40 hexadecimal digits), as "
        + $"`${{backend.json.git_sha}}`"),
        fields.Optional("environment", Syntaxes.Template, "the environment whose deployment of the commit is looked up"),
        fields.Optional("ignore", Syntaxes.ListOf(Syntaxes.Text), [],
        "names of checks that do not count; `*` stands for any text, `?` for one character"),
        ProbeOptions.Read(fields, GitHub));

    public override string SubjectIn(ProbeContext context) => context.Expand(Commit);

    public override async Task<ProbeResult> MeasureOnceAsync(ProbeContext context, CancellationToken cancellation)
    {
        if (Ask is not { } ask)
            throw new NoEvidenceException("GitHub can only be asked in a workflow with a token");
        var sha = Sha(context);
        var answer = await ask(new(sha, Environment is null ? null : context.Expand(Environment)), cancellation);
        // By the name alone: check runs and statuses share one list on a pull request, and people copy names from there.
        var checks = answer.Checks.Where(check => !Ignore.Any(pattern => Glob.IsNameMatch(pattern, check.Name))).ToList();
        var facts = Facts.Of(new(sha, checks, answer.Deployment is { } deployment ? new(deployment, context.Time.GetUtcNow()) : null));
        var reason = Environment is not null && answer.Deployment is null
            ? $"commit {RunIdentity.Short(sha)} has no deployment to '{context.Expand(Environment)}'"
            : null;
        return new ProbeResult(facts, reason)
        { Details = [.. checks.Where(check => check.State != "passed").Select(check => $"{check.Name}: {check.State}")] };
    }

    private static int Count(IReadOnlyList<CommitCheck> checks, string state) => checks.Count(check => check.State == state);

    private string Sha(ProbeContext context)
    {
        var text = context.Expand(Commit);
        if (text == Judged)
        {
            text = context.Facts.TryGetValue(GateVariables.GitHub, out var github)
                && JudgedEvent.In(github) is { Commit: { Length: > 0 } judged }
                ? judged
                : throw new NoEvidenceException("outside a workflow there is no commit that is judged");
        }
        return FullSha().IsMatch(text)
            ? text.ToLowerInvariant()
            : throw new NoEvidenceException(
            $"'{text}' is no commit; expected '{Judged}' or the commit's name in full, 40 hexadecimal digits");
    }

    [GeneratedRegex("^[0-9a-fA-F]{40}$")]
    private static partial Regex FullSha();
}

/// <summary>What the <c>github</c> probe asks about one commit; who answers knows GitHub, the probe does not.</summary>
/// <param name="Sha">The commit in full.</param>
/// <param name="Environment">Whose deployment is asked for; null for none.</param>
internal sealed record CommitQuestion(string Sha, string? Environment);

/// <summary>What GitHub knows of a commit.</summary>
/// <param name="Checks">Each name once, by its newest run; those of this gate's own run are left out.</param>
/// <param name="Deployment">The newest one to the environment asked for; null if there is none or none was asked for.</param>
internal sealed record CommitAnswer(IReadOnlyList<CommitCheck> Checks, CommitDeployment? Deployment);

/// <summary>One check run or commit status of a commit.</summary>
/// <param name="State"><c>passed</c>, <c>failed</c> or <c>pending</c>; a skipped or neutral one is <c>skipped</c>.</param>
internal sealed record CommitCheck(string Name, string State);

/// <summary>A deployment of a commit.</summary>
/// <param name="State">GitHub's word: <c>success</c>, <c>failure</c>, <c>in_progress</c> …</param>
internal sealed record CommitDeployment(string State, string? Url, DateTimeOffset CreatedAt);
