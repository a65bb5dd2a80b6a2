using System.Text.Json;
using GateAction.GitHub.Api;

namespace GateAction.GitHub.Events;

/// <summary>A merge queue tries a group of changes: the commit it would merge, judged by the manifest of the commit it builds on. It gets
/// no comment.</summary>
internal static class MergeGroupEvent
{
    public static Task<GateEvent> ReadAsync(EventSource source, CancellationToken cancellation)
    {
        var group = source.Payload.At("merge_group") ?? throw new JsonException("it has no 'merge_group'");
        var sha = group.Text("head_sha") ?? throw new JsonException("its 'merge_group' has no 'head_sha'");
        return Task.FromResult(source.On(sha, group.Text("head_ref") ?? source.Job.Ref) with
        {
            BaseRef = EventSource.BranchOf(group.Text("base_ref") ?? ""),
            BaseSha = group.Text("base_sha"),
            Ignored = source.Action == "destroyed" ? "the merge queue gave this group up" : null,
        });
    }
}
