using GateAction.Sources;
using GateAction.Syntax;

namespace GateAction.Manifests;

internal static class ProbeSyntax
{
    /// <summary>The kinds as the manifest tells them apart.</summary>
    public static readonly IReadOnlyList<Choice<Probe>> Kinds =
        [.. ProbeKinds.All.Select(kind => new Choice<Probe>(kind.Name, $"{kind.Name} probe", kind.Description, kind.Read))];

    public static readonly Syntax<Probe> Syntax = new ChoiceSyntax<Probe>("probe", Kinds);
}
