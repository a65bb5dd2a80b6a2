using System.Text.RegularExpressions;
using GateAction.Core.Model;

namespace GateAction.GitHub.Events;

/// <summary>
/// A merge queue tries a group of changes: the commit it would merge, judged by the manifest at the tip of the branch that it goes into. It
/// gets no comment.
/// </summary>
internal static partial class MergeGroupEvent
{
    public static async Task<GateEvent> ReadAsync(EventSource source, CancellationToken cancellation)
    {
        var ofRef = QueueRef().Match(source.Job.Ref) is { Success: true } match ? match.Groups["base"].Value : null;
        var passed = source.Job.Fields[EventField.QueueBase] is { } fullRef ? EventSource.BranchOf(fullRef) ?? fullRef : null;
        if ((ofRef ?? passed) is not { } baseRef)
            throw EventFields.Missing(EventField.QueueBase, source.Job.EventName);
        if (passed is not null && passed != baseRef)
            throw new GateException(
                $"'{EventField.QueueBase.Input}' is '{passed}', but this queue is for '{baseRef}' (GITHUB_REF is '{source.Job.Ref}')");
        var group = source.OfJob() with
        {
            BaseRef = baseRef,
            ComparedWith = source.Job.Fields[EventField.QueueBaseSha],
            Ignored = source.Action == "destroyed" ? "the merge queue gave this group up" : null,
        };
        return await source.WithDefaultBranchAsync(group, cancellation);
    }

    [GeneratedRegex(@"\Arefs/heads/gh-readonly-queue/(?<base>.+)/pr-\d+(-[0-9a-f]+)?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex QueueRef();
}
