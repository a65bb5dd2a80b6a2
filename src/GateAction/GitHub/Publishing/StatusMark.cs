using GateAction.Core.Reports.Machine;
using GateAction.GitHub.Api;

namespace GateAction.GitHub.Publishing;

/// <summary>A commit status.</summary>
internal sealed class StatusMark(GitHubClient client, GateTarget target) : CommitMark
{
    /// <summary>GitHub refuses a longer description.</summary>
    public const int MostCharacters = 140;

    public override async Task<string?> BeginAsync(CancellationToken cancellation) =>
        (await SetAsync("pending", "measuring …", cancellation)).Creator?.Login;

    public override Task FinishAsync(
        FinalState state, string description, string? summary, IReadOnlyList<Annotation> annotations, CancellationToken cancellation) =>
        SetAsync(state.ToString().ToLowerInvariant(), description, cancellation);

    public static string Shorten(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= MostCharacters)
            return line;
        var end = char.IsHighSurrogate(line[MostCharacters - 2]) ? MostCharacters - 2 : MostCharacters - 1;
        return line[..end] + "…";
    }

    private Task<CommitStatus> SetAsync(string state, string description, CancellationToken cancellation) =>
        client.Repository.Status.CreateAsync(
            target.Event.Sha, new(state, target.Context, Shorten(description), target.Job.RunUrl), cancellation);
}
