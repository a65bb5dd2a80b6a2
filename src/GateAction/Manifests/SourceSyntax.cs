using GateAction.Sources;
using GateAction.Syntax;

namespace GateAction.Manifests;

/// <summary>How the sources of a section are written.</summary>
internal static class SourceSyntax
{
    /// <summary>The section's sources by name.</summary>
    public static Syntax<IReadOnlyList<Entry<Referring<Source>>>> Of(SourceSection section) =>
        Syntaxes.MapOf(Syntaxes.Identifier, new ReferringSyntax<Source>(OneOf(section, SourceKinds.In(section))));

    /// <summary>Of several kinds the field that is named like the kind tells which it is; a section of one kind needs none.</summary>
    private static Syntax<Source> OneOf(SourceSection section, IReadOnlyList<SourceKind> kinds) => kinds is [var only]
        ? Mapping.Of(only.Title, fields => ForEachSyntax.Among(fields, only.Read))
        : new ChoiceSyntax<Source>(section.One,
        [
            .. kinds.Select(kind => new Choice<Source>(
                kind.Name, kind.Title, kind.Description, fields => ForEachSyntax.Among(fields, kind.Read))),
        ]);
}
