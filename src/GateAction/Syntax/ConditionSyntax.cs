using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using GateAction.Cel;
using GateAction.Cel.Values;
using YamlDotNet.Core;

namespace GateAction.Syntax;

/// <summary>A condition; its problems stand at their place inside the text, however YAML wrote it.</summary>
/// <param name="names">What it may read; null if that is checked later.</param>
internal sealed class ConditionSyntax(IReadOnlyDictionary<string, FactType>? names) : Syntax<Located<Condition>>
{
    public override string Expect(Func<string, string> ofMapping) => "a condition such as backend.status == 200";

    public override Located<Condition> Placeholder => new(Condition.Parse("true").Condition!, null);

    public static void Report(ScalarNode node, IEnumerable<ConditionProblem> found, Problems problems)
    {
        foreach (var problem in found)
            problems.Add(node, problem.Start, problem.Length, problem.Message);
    }

    public override bool TryRead(Node node, Reading reading, [MaybeNull] out Located<Condition> value)
    {
        if (node is not ScalarNode { IsNull: false } scalar)
            return RefuseKind(node, reading, out value);
        var (condition, found) = Condition.Parse(scalar.Text);
        if (EndsTooEarly(scalar, found) && Condition.CutByYaml(scalar.Text, scalar.RestOfLine) is { } cut)
            found = [cut];
        if (condition is not null && found.Count == 0 && names is not null)
            found = condition.Check(names);
        Report(scalar, found, reading.Problems);
        value = condition is null ? null : new(condition, scalar);
        return condition is not null && found.Count == 0;
    }

    // A mistake before the end is one of its own, also where a comment follows; a quotation mark that is not closed is not.
    private static bool EndsTooEarly(ScalarNode scalar, IReadOnlyList<ConditionProblem> found) =>
        scalar.Style == ScalarStyle.Plain
        && found.Any(problem => problem.Start + problem.Length >= scalar.Text.Length || scalar.Text[problem.Start] is '"' or '\'');

    public override JsonObject Schema(SchemaDefinitions definitions) =>
        // 'true' without quotation marks is a boolean of YAML, and a condition (that never changes, which is told).
        new() { ["type"] = new JsonArray("string", "boolean"), ["examples"] = new JsonArray("backend.status == 200") };
}
