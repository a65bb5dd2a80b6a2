using GateAction.Core.Model;

namespace GateAction.GitHub.Publishing;

/// <summary>What reached GitHub.</summary>
/// <param name="IsStatusMissing">True where the commit has no final status of this gate although it should.</param>
/// <param name="Failures">One sentence for each publisher that failed.</param>
/// <param name="Notices">What a reader should know and nobody has to mend, as that a newer run has spoken.</param>
internal sealed record Publication(bool IsStatusMissing, CommentResult? Comment, IReadOnlyList<string> Failures,
    IReadOnlyList<string> Notices)
{
    /// <summary>The verdict's own exit code stands unless the status could not be set.</summary>
    public ExitCode ExitCode(ExitCode ofVerdict) => IsStatusMissing ? Core.Model.ExitCode.NotPublished : ofVerdict;
}
