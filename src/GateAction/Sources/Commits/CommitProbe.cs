using System.Text.RegularExpressions;
using GateAction.Cel.Values;
using GateAction.Syntax;

namespace GateAction.Sources.Commits;

/// <summary>Asks GitHub what it knows of a commit: the other checks and whether they passed, and its deployment.</summary>
internal sealed partial record CommitProbe(Template Commit, Template? Environment, IReadOnlyList<string> Ignore, ProbeOptions Options)
    : Probe(Options)
{
    private const string Judged = "judged";

    private static readonly FactType Facts = ProbeOptions.FactsWith(
        ("sha", FactType.String("the commit that was asked about")),
        ("checks", FactType.Object(
            "its check runs and commit statuses, without those of this gate and its own run, and without those that `ignore` names",
            ("total", FactType.Int("how many there are")),
            ("passed", FactType.Int("how many passed")),
            ("failed", FactType.Int("how many failed, timed out, were cancelled or wait for an action")),
            ("pending", FactType.Int("how many are not done yet")),
            ("skipped", FactType.Int("how many were skipped or ended neutral; GitHub lets these merge, they measured nothing")),
            ("states", FactType.Map("`passed`, `failed`, `pending` or `skipped` by name", FactType.String("the state"))))),
        ("deployment", FactType.Object(
            "its newest deployment to `environment`; absent where there is none",
            ("state", FactType.String("`success`, `failure`, `error`, `inactive`, `in_progress`, `queued` or `pending`")),
            ("url", FactType.String("the environment's address, where the deployment names one")),
            ("created_at", FactType.Timestamp("when it was asked for")),
            ("age", FactType.Duration("how long ago that was")))));

    public static readonly ProbeKind GitHub =
        new("github", "Asks GitHub about a commit: its other checks, and its deployment.", Read, Facts);

    public override ProbeKind Kind => GitHub;

    public static CommitProbe Read(Fields fields) => new(
        fields.Required("github", Syntaxes.Template,
        $"the commit to ask about: `{Judged}`, the one that this run judges, or its name in full (40 hexadecimal digits), as "
        + $"`${{backend.json.git_sha}}`"),
        fields.Optional("environment", Syntaxes.Template, "the environment whose deployment of the commit is looked up"),
        fields.Optional("ignore", Syntaxes.ListOf(Syntaxes.Text), [], "names of checks that do not count; `*` stands for any text"),
        ProbeOptions.Read(fields, Facts));

    public override string SubjectIn(ProbeContext context) => context.Expand(Commit);

    public override async Task<Look> LookAsync(ProbeContext context, CancellationToken cancellation)
    {
        if (context.AskGitHub is not { } ask)
            throw new NoEvidenceException("GitHub can only be asked in a workflow with a token");
        var sha = Sha(context);
        var answer = await ask(new(sha, Environment is null ? null : context.Expand(Environment)), cancellation);
        var checks = answer.Checks.Where(check => !Ignore.Any(pattern => Matches(check.Name, pattern))).ToList();
        List<(string, Value)> facts = [("sha", Value.String(sha)), ("checks", Of(checks))];
        if (answer.Deployment is { } deployment)
            facts.Add(("deployment", Of(deployment, context.Time.GetUtcNow())));
        var reason = Environment is not null && answer.Deployment is null
            ? $"commit {sha[..7]} has no deployment to '{context.Expand(Environment)}'"
            : null;
        return new Look(facts, reason)
        { Details = [.. checks.Where(check => check.State != "passed").Select(check => $"{check.Name}: {check.State}")] };
    }

    private static Value Of(List<CommitCheck> checks)
    {
        Value Count(string state) => Value.Int(checks.Count(check => check.State == state));
        return Value.Map(
            ("total", Value.Int(checks.Count)),
            ("passed", Count("passed")),
            ("failed", Count("failed")),
            ("pending", Count("pending")),
            ("skipped", Count("skipped")),
            ("states", Value.Map(checks.Select(check => (check.Name, Value.String(check.State))))));
    }

    private static Value Of(CommitDeployment deployment, DateTimeOffset now) => Value.Map(
        [
            ("state", Value.String(deployment.State)),
            .. deployment.Url is { Length: > 0 } url ? new[] { ("url", Value.String(url)) } : [],
            ("created_at", Value.Timestamp(deployment.CreatedAt)),
            ("age", Value.Duration(now - deployment.CreatedAt)),
        ]);

    private string Sha(ProbeContext context)
    {
        var text = context.Expand(Commit);
        if (text == Judged)
        {
            text = context.Facts.TryGetValue("github", out var github) && github.AsMap.TryGet("sha", out var sha)
                && sha.Kind == ValueKind.String
                ? sha.AsString
                : throw new NoEvidenceException("outside a workflow there is no commit that is judged");
        }
        return FullSha().IsMatch(text)
            ? text.ToLowerInvariant()
            : throw new NoEvidenceException(
            $"'{text}' is no commit; expected '{Judged}' or the commit's name in full, 40 hexadecimal digits");
    }

    private static bool Matches(string name, string pattern) =>
        Regex.IsMatch(name, $"^{Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal)}$",
        RegexOptions.NonBacktracking | RegexOptions.Singleline);

    [GeneratedRegex("^[0-9a-fA-F]{40}$")]
    private static partial Regex FullSha();
}
