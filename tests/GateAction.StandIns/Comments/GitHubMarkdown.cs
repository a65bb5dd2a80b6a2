using Markdig;

namespace GateAction.StandIns.Comments;

/// <summary>Markdown as GitHub reads it in comments: GitHub Flavored Markdown (https://github.github.com/gfm) with raw HTML.</summary>
internal static class GitHubMarkdown
{
    public static MarkdownPipeline Pipeline { get; } = new MarkdownPipelineBuilder()
        .UsePipeTables()
        .UseEmphasisExtras(Markdig.Extensions.EmphasisExtras.EmphasisExtraOptions.Strikethrough)
        .UseTaskLists()
        .UseAutoLinks()
        .UseAlertBlocks()
        .Build();
}
