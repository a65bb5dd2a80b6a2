using System.Text;
using GateAction.Cel.Values;
using GateAction.Sources;
using GateAction.Syntax;

namespace GateAction.Manifests.Docs;

/// <summary>The reference page of a manifest in Markdown; the committed copy is docs/manifest.md.</summary>
internal static class ReferencePage
{
    public static string Write()
    {
        var definitions = new SchemaDefinitions();
        definitions.Reference(ManifestSyntax.Syntax);
        var page = new StringBuilder(Introduction.Text);
        AppendContents(page, definitions.Mappings);
        page.Append('\n').Append(Introduction.Types);
        foreach (var mapping in definitions.Mappings)
        {
            page.Append('\n').Append("## ").Append(Heading(mapping.Name)).Append("\n\n");
            var kind = SourceKinds.All.FirstOrDefault(kind => kind.Title == mapping.Name);
            if (kind is { Description.Length: > 0 })
                page.Append(Field.Capitalized(kind.Description)).Append("\n\n");
            AppendFields(page, mapping.Describe());
            if (kind is not null)
                AppendFacts(page, kind);
        }
        return page.ToString();
    }

    /// <summary>A fact's type in the words that conditions and messages use.</summary>
    public static string TypeName(FactType type) => type.Kind switch
    {
        FactKind.Dynamic => "any",
        FactKind.List => type.Element is { Kind: not FactKind.Dynamic } element ? $"list of {TypeName(element)}" : "list",
        _ => type.Kind.Word(),
    };

    // What a manifest is made of, what is measured, and the mappings within those by name.
    private static void AppendContents(StringBuilder page, IReadOnlyList<IDescribedMapping> mappings)
    {
        var kinds = mappings.Where(mapping => SourceKinds.All.Any(kind => kind.Title == mapping.Name)).ToArray();
        var top = new HashSet<string> { mappings[0].Name };
        foreach (var field in mappings[0].Describe())
        {
            // Which mappings stand at the top level: who writes what a field expects names them all.
            field.Syntax.Expect(name =>
            {
                top.Add(name);
                return name;
            });
        }
        var parts = mappings.Except(kinds).Where(mapping => top.Contains(mapping.Name)).ToArray();
        page.Append("\n## Contents\n\n");
        AppendLinks("the manifest", parts);
        AppendLinks("what is measured", kinds);
        AppendLinks("within these", mappings.Except(kinds).Except(parts).OrderBy(mapping => mapping.Name, StringComparer.Ordinal));

        void AppendLinks(string what, IEnumerable<IDescribedMapping> listed) =>
            page.Append($"- {what}: {string.Join(" · ", listed.Select(mapping => SectionLink(Heading(mapping.Name))))}\n");
    }

    private static void AppendFields(StringBuilder page, IReadOnlyList<Field> fields)
    {
        page.Append("| field | value | default | |\n|---|---|---|---|\n");
        foreach (var field in fields)
        {
            var fallback = field.Presence switch
            {
                Presence.Required => "**required**",
                Presence.OneOfGroup => "**one of these**",
                _ => field.Default is { } value ? Cell($"`{value.ToJsonString().Trim('"')}`") : "",
            };
            page.Append($"| `{field.Name}` | {Cell(field.Syntax.Expect(SectionLink))} | {fallback} | {Cell(field.Sentence)} |\n");
        }
    }

    private static void AppendFacts(StringBuilder page, SourceKind kind)
    {
        page.Append("\nFacts:\n\n| fact | type | |\n|---|---|---|\n");
        foreach (var (path, type) in FactsOf(kind))
            page.Append($"| `{path}` | {TypeName(type)} | {Cell(Field.Capitalized(type.Description))} |\n");
    }

    /// <summary>Each fact of a kind, also those within others, by its path.</summary>
    public static IEnumerable<(string Path, FactType Type)> FactsOf(SourceKind kind) => Flatten("", kind.Facts, []);

    // The fields of a list's elements are written out where such an element comes first.
    private static IEnumerable<(string Path, FactType Type)> Flatten(string path, FactType type, HashSet<FactType> seen)
    {
        if (path.Length > 0)
            yield return (path, type);
        foreach (var (name, field) in type.Fields ?? new Dictionary<string, FactType>())
        {
            foreach (var inner in Flatten(path.Length == 0 ? name : $"{path}.{name}", field, seen))
                yield return inner;
        }
        if (type.Element?.Fields is null || !seen.Add(type.Element))
            yield break;
        foreach (var inner in Flatten($"{path}[]", type.Element, seen).Skip(1))
            yield return inner;
    }

    private static string Heading(string name) => name == "manifest" ? "top level" : name;

    // A mapping is described in a section of its own.
    private static string SectionLink(string heading) => $"[{heading}](#{heading.Replace(' ', '-')})";

    private static string Cell(string text) =>
        text.Replace("|", "\\|", StringComparison.Ordinal).Replace("\n", " ", StringComparison.Ordinal);
}
