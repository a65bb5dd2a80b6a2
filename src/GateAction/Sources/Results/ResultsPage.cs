using System.Text;
using GateAction.Cel.Values;

namespace GateAction.Sources.Results;

/// <summary>The generated part of docs/results.md: what every state of every format counts as, and the facts, from the tables the readers
/// use.</summary>
internal static class ResultsPage
{
    public static string Write()
    {
        var page = new StringBuilder();
        foreach (var format in ResultFormats.All)
            WriteStates(page, format);
        WriteFacts(page, "Facts of a result set", ResultFacts.Facts.Type);
        return page.ToString();
    }

    private static void WriteStates(StringBuilder page, ResultFormat format)
    {
        page.Append($"### {format.Title} (`{format.Name}`)\n\n");
        WriteTable(page, format.States);
        if (format.Words is { } words)
            WriteTable(page, words);
    }

    private static void WriteTable(StringBuilder page, StateTable table)
    {
        page.Append($"| {table.Label} | counts as | |\n|---|---|---|\n");
        foreach (var state in table.States)
            page.Append($"| {string.Join(", ", state.Names.Select(name => $"`{name}`"))} | {state.Outcome.Word()} | {state.Note} |\n");
        page.Append('\n');
    }

    private static void WriteFacts(StringBuilder page, string title, FactType facts)
    {
        page.Append($"### {title}\n\n| fact | type | |\n|---|---|---|\n");
        foreach (var (name, fact) in facts.Fields!)
            page.Append($"| `{name}` | {TypeOf(fact)} | {fact.Description} |\n");
        page.Append('\n');
    }

    private static string TypeOf(FactType fact) => fact.Kind switch
    {
        FactKind.List => $"list of {TypeOf(fact.Element!)}",
        FactKind.Map when fact.Fields is not null => string.Join(", ", fact.Fields.Keys.Select(key => $"`{key}`")),
        FactKind.Map => $"map to {TypeOf(fact.Element!)}",
        var kind => kind.Word(),
    };

}
