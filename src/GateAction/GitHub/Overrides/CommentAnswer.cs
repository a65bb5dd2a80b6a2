using GateAction.Core.Reports.Markdown;
using GateAction.GitHub.Api;
using GateAction.GitHub.Publishing;

namespace GateAction.GitHub.Overrides;

/// <summary>Answers a comment: a reaction that it was seen, and in the end one that says what became of it, with a sentence if it was not
/// followed.</summary>
/// <param name="comment">Null if it was deleted: then only sentences that matter to others are said.</param>
internal sealed class CommentAnswer(RepositoryApi client, int pullRequest, long? comment, TextWriter log, Func<string, string> mask)
{
    private static readonly Reaction[] FromWorst = [Reaction.NotUnderstood, Reaction.Refused, Reaction.Done];

    private readonly List<(Reaction Reaction, string? Sentence)> _parts = [];

    private readonly OwnAccount _account = new(client);

    /// <summary>The account that the token writes as.</summary>
    public string Login => _account.Login;

    public async Task SeeAsync(CancellationToken cancellation) =>
        await _account.LearnAsync(await ReactAsync(Reaction.Seen, cancellation), cancellation);

    public void Add(Reaction reaction, string? sentence = null) => _parts.Add((reaction, sentence));

    public async Task GiveAsync(CancellationToken cancellation)
    {
        var sentences = _parts.Select(part => part.Sentence).OfType<string>().Distinct().ToList();
        foreach (var sentence in sentences)
            await log.WriteLineAsync($"gate: {sentence}");
        if (FromWorst.FirstOrDefault(reaction => _parts.Exists(part => part.Reaction == reaction)) is { } worst)
            await ReactAsync(worst, cancellation);
        if (sentences.Count > 0)
            await ReplyAsync(MarkdownText.Join($"\n\n", sentences.Select(Sentence)), cancellation);
    }

    /// <summary>A line that begins with a letter of ours, so that the answer is never a command itself.</summary>
    private MarkdownText Sentence(string text) => MarkdownText.Text(mask($"{char.ToUpperInvariant(text[0])}{text[1..]}."), 500);

    private async Task<string?> ReactAsync(Reaction reaction, CancellationToken cancellation)
    {
        try
        {
            return comment is { } id ? (await client.Comments.ReactAsync(id, reaction, cancellation)).User?.Login : null;
        }
        catch (GitHubException exception)
        {
            await log.WriteLineAsync($"gate: the comment gets no reaction: {exception.Message}");
            return null;
        }
    }

    private async Task ReplyAsync(MarkdownText text, CancellationToken cancellation)
    {
        try
        {
            await client.Comments.CreateAsync(pullRequest, text.ToString(), cancellation);
        }
        catch (GitHubException exception)
        {
            await log.WriteLineAsync($"gate: the comment gets no answer: {exception.Message}");
        }
    }
}
