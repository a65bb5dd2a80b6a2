using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.GitHub.Api;

namespace GateAction.GitHub.Events;

/// <summary>The variable <c>github</c> of conditions.</summary>
internal static class GitHubFacts
{
    private static readonly Facts<PullRequest> OfPullRequest =
        new Facts<PullRequest>("the pull request; absent if there is none, so ask has(github.pull_request) first")
            .Int("number", "its number", pull => pull.Number)
            .Text("title", "its title", pull => pull.Title ?? "")
            .Bool("draft", "true for a draft", pull => pull.Draft == true)
            .Text("author", "who opened it", pull => pull.User?.Login ?? "")
            .Texts("labels", "the names of its labels", "a label", pull => (pull.Labels ?? []).Select(label => label.Name))
            .Bool("fork", "true if it comes from a fork", pull => pull.IsFromFork)
            .Text("head_ref", "its branch", pull => pull.Head.Ref)
            .Text("base_sha", "the base commit that GitHub names for it", pull => pull.Base.Sha);

    private static readonly Facts<(GateEvent Event, ActionsJob Job)> All =
        new Facts<(GateEvent Event, ActionsJob Job)>("what set the gate off")
            .Include(JudgedEvent.Facts, of => Judged(of.Event))
            .Text("action", "the event's action, as 'synchronize'; '' where it has none", of => of.Event.Action ?? "")
            .Text("ref", "the full ref, as 'refs/heads/main'", of => of.Event.Ref)
            .Text("actor", "who set it off", of => of.Job.Actor)
            .Text("repository", "the repository, as 'owner/name'", of => of.Job.Repository.ToString())
            .Int("run_id", "the workflow run's number", of => of.Job.RunId)
            .Int("run_attempt", "1 for the first run, 2 for its first re-run", of => of.Job.RunAttempt)
            .Text("run_url", "the address of the run", of => of.Job.RunUrl)
            .Object("pull_request", OfPullRequest, of => of.Event.PullRequest);

    public static FactType Type => All.Type;

    public static Value Of(GateEvent source, ActionsJob job) => All.Of((source, job));

    private static JudgedEvent Judged(GateEvent source) => new(
        source.Sha, source.MergeSha, source.Name, source.FollowedEvent ?? "", source.Branch ?? "", source.BaseRef ?? "");
}
