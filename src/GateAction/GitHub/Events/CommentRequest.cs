using GateAction.GitHub.Api;

namespace GateAction.GitHub.Events;

/// <summary>A comment on the pull request that asks something of the gate, by somebody who is no stranger.</summary>
/// <param name="Comment">Its number; null if it was deleted.</param>
/// <param name="Commands">What it says now.</param>
/// <param name="MayHaveWaived">True if it says or said something about a waiver.</param>
internal sealed record CommentRequest(
    long? Comment, string Author, CollaboratorPermission Permission, IReadOnlyList<GateCommand> Commands, bool IsEdited, bool MayHaveWaived)
{
    /// <summary>A comment that changed afterwards asks for nothing; what it had waived has to be decided again.</summary>
    public bool IsNew => !IsEdited && Comment is not null;
}
