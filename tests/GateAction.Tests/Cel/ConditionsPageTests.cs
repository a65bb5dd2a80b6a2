using System.Text;
using System.Text.RegularExpressions;
using GateAction.Cel.Functions;
using GateAction.Cel.Parsing;

namespace GateAction.Tests.Cel;

/// <summary>docs/conditions.md: its tables are made from the code, its examples are evaluated.</summary>
[Category("Generated")]
internal sealed partial class ConditionsPageTests
{
    private static readonly string Path = System.IO.Path.Combine(TestFiles.Repository, "docs", "conditions.md");

    [Test]
    public void The_tables_are_those_of_the_code()
    {
        var page = File.ReadAllText(Path);

        var expected = Replace(Replace(page, "macros", MacroTable()), "functions", FunctionTables());
        if (Environment.GetEnvironmentVariable("GATE_ACCEPT_SNAPSHOTS") == "1")
            File.WriteAllText(Path, expected);

        Assert.That(page, Is.EqualTo(expected), "run the tests with GATE_ACCEPT_SNAPSHOTS=1 to write the tables anew");
    }

    [TestCaseSource(nameof(Examples))]
    public void Each_example_comes_to_what_it_says(string expression, string value) =>
        Assert.That(CelTesting.Evaluate(expression) is { IsError: false } result ? result.ToString() : "error", Is.EqualTo(value));

    private static IEnumerable<TestCaseData> Examples => CodeBlock().Matches(File.ReadAllText(Path))
        .SelectMany(block => Example().Matches(block.Groups[1].Value))
        .Select(example => new TestCaseData(example.Groups[1].Value,
        example.Groups[2].Value).SetArgDisplayNames(example.Groups[1].Value.Trim()));

    private static string MacroTable()
    {
        var table = new StringBuilder("| macro | is |\n|---|---|\n");
        table.Append("| `has(x.field)` | Whether the map `x` has the field |\n");
        foreach (var macro in Macros.All)
            table.Append(
                $"| `{macro.Usage}` | "
                + $"{macro.Description}{(macro.MayHaveSecond ? "; with two variables, index and element or key and value" : "")} |\n");
        return table.Append("| `cel.bind(x, value, expression)` | The expression, in which `x` is the value |\n").ToString();
    }

    private static string FunctionTables()
    {
        var table = new StringBuilder("| function | gives |\n|---|---|\n");
        foreach (var function in FunctionTable.All)
        {
            var signatures = string.Join("<br>", function.Overloads.Select(overload => $"`{function.Signature(overload)}`"));
            table.Append($"| {signatures.Replace("|", "\\|", StringComparison.Ordinal)} | {function.Description} |\n");
        }
        return table.ToString();
    }

    private static string Replace(string page, string name, string table) =>
        Regex.Replace(page, $"(?s)(<!-- {name} -->\n).*?(<!-- /{name} -->)", match =>
        match.Groups[1].Value + table + match.Groups[2].Value);

    [GeneratedRegex("```cel\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"(.+?)// ([^\n]*)\n", RegexOptions.Singleline)]
    private static partial Regex Example();
}
