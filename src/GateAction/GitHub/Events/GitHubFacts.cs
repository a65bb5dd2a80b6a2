using GateAction.Cel.Values;
using GateAction.GitHub.Api;

namespace GateAction.GitHub.Events;

/// <summary>The variable <c>github</c> of conditions.</summary>
internal static class GitHubFacts
{
    public static readonly FactType Type = FactType.Object(
        "what set the gate off",
        ("sha", FactType.String("the commit that is judged")),
        ("merge_sha", FactType.String(
            "the commit that merges the pull request, which a workflow checks out unless it is told otherwise; absent if there is none, "
            + "so ask has(github.merge_sha) first")),
        ("event", FactType.String("GitHub's name of the event, as 'pull_request'")),
        ("followed_event", FactType.String("on 'workflow_run' the event of the run that this one follows; '' elsewhere")),
        ("action", FactType.String("the event's action, as 'synchronize'; '' where it has none")),
        ("ref", FactType.String("the full ref, as 'refs/heads/main'")),
        ("branch", FactType.String("the branch the commit is on; '' for a tag")),
        ("base_ref", FactType.String("the branch the change goes to; '' where there is none")),
        ("actor", FactType.String("who set it off")),
        ("repository", FactType.String("the repository, as 'owner/name'")),
        ("run_id", FactType.Int("the workflow run's number")),
        ("run_attempt", FactType.Int("1 for the first run, 2 for its first re-run")),
        ("run_url", FactType.String("the address of the run")),
        ("pull_request", FactType.Object(
            "the pull request; absent if there is none, so ask has(github.pull_request) first",
            ("number", FactType.Int("its number")),
            ("title", FactType.String("its title")),
            ("draft", FactType.Bool("true for a draft")),
            ("author", FactType.String("who opened it")),
            ("labels", FactType.List("the names of its labels", FactType.String("a label"))),
            ("fork", FactType.Bool("true if it comes from a fork")),
            ("head_ref", FactType.String("its branch")),
            ("base_sha", FactType.String("the base commit that GitHub names for it")))));

    public static Value Of(GateEvent source, ActionsJob job) => Value.Map(
        [
            ("sha", Value.String(source.Sha)),
            ("event", Value.String(source.Name)),
            ("followed_event", Value.String(source.FollowedEvent ?? "")),
            ("action", Value.String(source.Action ?? "")),
            ("ref", Value.String(source.Ref)),
            ("branch", Value.String(source.Branch ?? "")),
            ("base_ref", Value.String(source.BaseRef ?? "")),
            ("actor", Value.String(job.Actor)),
            ("repository", Value.String(job.Repository.ToString())),
            ("run_id", Value.Int(job.RunId)),
            ("run_attempt", Value.Int(job.RunAttempt)),
            ("run_url", Value.String(job.RunUrl)),
            .. source.MergeSha is { } merge ? new[] { ("merge_sha", Value.String(merge)) } : [],
            .. source.PullRequest is { } pull ? new[] { ("pull_request", Of(pull)) } : [],
        ]);

    private static Value Of(PullRequest pull) => Value.Map(
        ("number", Value.Int(pull.Number)),
        ("title", Value.String(pull.Title ?? "")),
        ("draft", Value.Bool(pull.Draft == true)),
        ("author", Value.String(pull.User?.Login ?? "")),
        ("labels", Value.List((pull.Labels ?? []).Select(label => label.Name))),
        ("fork", Value.Bool(pull.IsFromFork)),
        ("head_ref", Value.String(pull.Head.Ref)),
        ("base_sha", Value.String(pull.Base.Sha)));
}
