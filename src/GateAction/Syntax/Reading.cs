namespace GateAction.Syntax;

/// <summary>What reading one file shares: where its problems go, which variables it may read, which facts it refers to.</summary>
internal sealed class Reading(Problems problems, Variables variables)
{
    public Problems Problems { get; } = problems;

    public Variables Variables { get; } = variables;

    /// <summary>Every <c>${probe.fact}</c> read so far, in order.</summary>
    public List<Reference> References { get; } = [];

    /// <summary>The fields that a <see cref="Choice{T}"/> falls back to where it does not set them: the <c>defaults</c> of the file that
    /// it is written in.</summary>
    public Func<SourceText, MappingNode?> Defaults { get; init; } = _ => null;

    /// <summary>What a field is that its mapping does not have: a mapping's name, the key and its value give a sentence, or null.</summary>
    public Func<string, ScalarNode, Node, string?> Misplaced { get; init; } = (_, _, _) => null;

    /// <summary>False if a URL must be whole because nothing says where a path starts.</summary>
    public bool HasTarget { get; init; } = true;
}

/// <summary>The environment variables that a manifest lists, and nothing else of the environment.</summary>
/// <param name="IsChecked">False if a variable may be unset because nothing will be measured (<c>gate validate --no-env</c>).</param>
internal sealed record Variables(
    IReadOnlyList<string> Plain,
    IReadOnlyList<string> Secret,
    Func<string, string?> Environment,
    bool IsChecked = true)
{
    public static readonly Variables None = new([], [], _ => null);

    /// <summary>Names of those that conditions may read: no secret, however often it is listed.</summary>
    // A condition and its value are shown in every report.
    public IReadOnlyList<string> Readable => [.. Plain.Except(Secret)];

    public bool IsListed(string name) => Plain.Contains(name) || Secret.Contains(name);
}
