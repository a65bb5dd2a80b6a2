using GateAction.Cel.Values;

namespace GateAction.Core.Model;

/// <summary>What decisions and reports know of the event that set the gate off: facts of the variable <c>github</c>, which evidence
/// keeps. A text is empty if there is none.</summary>
/// <param name="Commit">The commit that is judged.</param>
/// <param name="MergeCommit">The commit that merges the pull request; null if there is none.</param>
/// <param name="Event">GitHub's name of it.</param>
/// <param name="FollowedEvent">That of the run that this one follows.</param>
/// <param name="Branch">The branch that the commit is on.</param>
/// <param name="Base">The branch that the change goes into.</param>
public sealed record JudgedEvent(string Commit, string? MergeCommit, string Event, string FollowedEvent, string Branch, string Base)
{
    public static readonly Facts<JudgedEvent> Facts = new Facts<JudgedEvent>(empty: new("", null, "", "", "", ""))
        .Text("sha", "the commit that is judged", judged => judged.Commit, (judged, sha) => judged with { Commit = sha })
        .Text(
            "merge_sha",
            "the commit that merges the pull request, which a workflow checks out unless it is told otherwise; absent if there is none, "
            + "so ask has(github.merge_sha) first",
            judged => judged.MergeCommit,
            (judged, sha) => judged with { MergeCommit = sha })
        .Text("event", "GitHub's name of the event, as 'pull_request'", judged => judged.Event, (judged, name) =>
            judged with { Event = name })
        .Text(
            "followed_event",
            "on 'workflow_run' the event of the run that this one follows; '' elsewhere",
            judged => judged.FollowedEvent,
            (judged, name) => judged with { FollowedEvent = name })
        .Text("branch", "the branch the commit is on; '' for a tag", judged => judged.Branch, (judged, name) =>
            judged with { Branch = name })
        .Text("base_ref", "the branch the change goes to; '' where there is none", judged => judged.Base, (judged, name) =>
            judged with { Base = name });

    /// <param name="github">The facts of the variable <c>github</c>; an empty map outside a workflow.</param>
    public static JudgedEvent In(Value github) => Facts.Read(github);
}
