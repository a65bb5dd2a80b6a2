using GateAction.Core.Reports.Machine;
using GateAction.GitHub.Api;

namespace GateAction.GitHub.Publishing;

/// <summary>A commit status.</summary>
internal sealed class StatusMark(RepositoryApi client, GateTarget target) : CommitMark
{
    /// <summary>GitHub refuses a longer description.</summary>
    public const int MostCharacters = 140;

    public override async Task<string?> BeginAsync(CancellationToken cancellation) =>
        (await SetAsync(Octokit.CommitState.Pending, "measuring …", cancellation)).Creator;

    public override Task FinishAsync(
        FinalState state, string description, string? summary, IReadOnlyList<Annotation> annotations, CancellationToken cancellation) =>
        SetAsync(StateOf(state), description, cancellation);

    public static string Shorten(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= MostCharacters)
            return line;
        var end = char.IsHighSurrogate(line[MostCharacters - 2]) ? MostCharacters - 2 : MostCharacters - 1;
        return line[..end] + "…";
    }

    private Task<CommitStatus> SetAsync(Octokit.CommitState state, string description, CancellationToken cancellation) =>
        client.Statuses.SetAsync(
            target.Event.Sha,
            new() { State = state, Context = target.Context, Description = Shorten(description), TargetUrl = target.Job.RunUrl },
            cancellation);

    private static Octokit.CommitState StateOf(FinalState state) => state switch
    {
        FinalState.Success => Octokit.CommitState.Success,
        FinalState.Failure => Octokit.CommitState.Failure,
        _ => Octokit.CommitState.Error,
    };
}
