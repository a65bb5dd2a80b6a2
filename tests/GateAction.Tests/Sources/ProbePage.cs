using System.Text;
using GateAction.Cel.Values;
using GateAction.Manifests.Docs;
using GateAction.Sources;
using GateAction.Syntax;

namespace GateAction.Tests.Sources;

/// <summary>What a kind's page (docs/probes/KIND.md) says of its fields and facts: tables between marks, made from the kind
/// itself.</summary>
internal static class ProbePage
{
    public static string PathOf(SourceKind kind) => Path.Combine(TestFiles.Repository, "docs", "probes", kind.Name + ".md");

    /// <summary>The page as it stands, with the tables as they should be.</summary>
    public static string WithTables(string page, SourceKind kind) =>
        Fill(Fill(page, "fields", FieldTable(kind)), "facts", FactTable(kind.Facts));

    public static string FirstExampleIn(string page)
    {
        var block = page.Split("```yaml\n")[1];
        return block[..block.IndexOf("```", StringComparison.Ordinal)];
    }

    private static string Fill(string page, string name, string table)
    {
        var (begin, end) = ($"<!-- {name} -->\n", $"<!-- end of {name} -->");
        var start = page.IndexOf(begin, StringComparison.Ordinal);
        var stop = page.IndexOf(end, StringComparison.Ordinal);
        return start < 0 || stop < start ? $"{page}\n{begin}{table}{end}\n" : page[..(start + begin.Length)] + table + page[stop..];
    }

    private static string FieldTable(SourceKind kind)
    {
        var fields = Fields.ToDescribe();
        kind.Read(fields);
        var table = new StringBuilder("| field | accepts | default | what it is |\n|---|---|---|---|\n");
        foreach (var field in fields.Described)
        {
            var fallback = field.Presence == Presence.Optional
                ? field.Default is null ? "" : $"`{field.Default.ToJsonString().Trim('"')}`"
                : "required";
            table.Append($"| `{field.Name}` | {Escape(field.Syntax.Expectation)} | {fallback} | {Escape(field.Description)} |\n");
        }
        return table.ToString();
    }

    private static string FactTable(FactType facts)
    {
        var table = new StringBuilder("| fact | type | what it is |\n|---|---|---|\n");
        foreach (var (path, type) in Flatten("", facts).Skip(1))
            table.Append($"| `{path}` | {ReferencePage.TypeName(type)} | {Escape(type.Description)} |\n");
        return table.ToString();
    }

    private static IEnumerable<(string Path, FactType Type)> Flatten(string path, FactType type)
    {
        yield return (path, type);
        var inner = type.Fields?.Select(field => (path.Length == 0 ? field.Key : $"{path}.{field.Key}", field.Value)) ?? [];
        foreach (var (innerPath, innerType) in inner.Concat(type.Element is { Fields: not null } element ? [($"{path}[]", element)] : []))
        {
            foreach (var found in Flatten(innerPath, innerType))
                yield return found;
        }
    }

    private static string Escape(string text) => text.Replace("|", "\\|").ReplaceLineEndings(" ");
}
