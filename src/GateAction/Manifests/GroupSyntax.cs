using GateAction.Core.Model;
using GateAction.Syntax;

namespace GateAction.Manifests;

internal static class GroupSyntax
{
    /// <summary>A group whose id, the key it stands under, is still empty.</summary>
    public static readonly Syntax<Group> Syntax = Mapping.Of("group", fields => new Group(
        "",
        fields.Optional("title", Syntaxes.Text, "What reports call it; without it, its id.") ?? "",
        fields.Optional("weight", Syntaxes.NumberFrom(0), 1, "Its part of the score, against the other groups.")));
}
