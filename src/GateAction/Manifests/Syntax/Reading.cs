namespace GateAction.Manifests.Syntax;

/// <summary>What reading one file shares: where its problems go and which variables it may read.</summary>
internal sealed class Reading(Problems problems, Variables variables)
{
    public Problems Problems { get; } = problems;

    public Variables Variables { get; } = variables;

    /// <summary>The fields that a <see cref="Choice{T}"/> falls back to where it does not set them: the manifest's <c>defaults</c>.</summary>
    public MappingNode? Defaults { get; init; }
}
