using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using GateAction.Core.Model;
using GateAction.Syntax;

namespace GateAction.Manifests.Extending;

/// <summary>What an extending manifest says of a criterion of the extended one.</summary>
internal static class CriterionChange
{
    public const string Off = "off";

    private static readonly Syntax<string> Reason = Syntaxes.Text.Unless(reason =>
        // 'off: true' comes to mind first, and tells no reader of a report why.
        reason.Trim().ToLowerInvariant() is "" or "true" or "false" or "yes" or "no" or "on" or "off"
            ? "write why it is switched off, as `off: \"no database here, #812\"`; reports show the reason"
            : null);

    /// <summary>Read for what is wrong with it: the fields themselves go into the criterion.</summary>
    public static readonly MappingSyntax<bool> Syntax = Mapping.Of("criterion of the extended manifest", fields =>
    {
        fields.Optional("weight", Syntaxes.NumberFrom(0), "Its part of the group's score; more than in the extended manifest, never less.");
        fields.Optional("and", Syntaxes.OneOrMany(Syntaxes.Condition), "A further condition, or several: what holds there must hold too.");
        fields.Optional("help", Syntaxes.Text, "What to do when it does not hold, if the extended manifest does not say.");
        fields.Optional(Off, Reason, "Why it is not judged here. Every report shows it.");
        ForEachSyntax.Among(fields, _ => true);
        return true;
    });

    /// <summary>What a field of it is that stands at a criterion of the file itself.</summary>
    public static string? Misplaced(string mapping, ScalarNode key) => (mapping, key.Text) switch
    {
        ("criterion", Off) => "'off' switches off a criterion of the manifest that 'extends' names; take one of this file out instead",
        _ => null,
    };
}

/// <summary>A criterion, or what is changed of one: told apart once it is known what the file extends.</summary>
internal sealed class CriterionOrChangeSyntax<T>(Syntax<T> criterion) : Syntax<T>
{
    public override string Expect(Func<string, string> ofMapping) => criterion.Expect(ofMapping);

    public override T Placeholder => criterion.Placeholder;

    public override bool TryRead(Node node, Reading reading, [MaybeNull] out T value) => criterion.TryRead(node, reading, out value);

    public override JsonObject Schema(SchemaDefinitions definitions) => new()
    {
        ["anyOf"] = new JsonArray((JsonNode)criterion.Schema(definitions), CriterionChange.Syntax.Schema(definitions)),
    };
}

/// <summary>A criterion that an extending manifest switched off.</summary>
internal sealed record OffCriterion(ScalarNode Reason)
{
    public SwitchedOff ToSwitchedOff() => new(Reason.Text.Trim(), Reason.Position);
}
