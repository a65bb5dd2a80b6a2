using System.Text.Json;
using GateAction.Cel;
using GateAction.Cel.Values;

namespace GateAction.Tests.Cel;

internal sealed class ConformanceTests
{
    /// <summary>Ids of cases that may fail, each with its reason. There is none.</summary>
    private static readonly HashSet<string> Exceptions = [];

    [Test]
    public void Every_official_case_comes_to_its_value()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(TestFiles.Shared("cel/conformance.json")));

        var cases = document.RootElement.EnumerateArray().ToList();
        var failures = cases.Select(Failure).Where(failure => failure is not null).ToList();

        Assert.That(cases, Has.Count.GreaterThanOrEqualTo(770));
        Assert.That(failures, Is.Empty);
    }

    private static string? Failure(JsonElement example)
    {
        var id = example.GetProperty("id").GetString()!;
        var text = example.GetProperty("expr").GetString()!;
        var expected = example.TryGetProperty("value", out var value) ? TaggedValue.Write(TaggedValue.Read(value)) : "error";
        var variables = example.TryGetProperty("bindings", out var bindings)
            ? bindings.EnumerateObject().ToDictionary(binding => binding.Name, binding => TaggedValue.Read(binding.Value))
            : [];

        var condition = Condition.Parse(text).Condition;
        var actual = condition is null ? "error" : TaggedValue.Write(condition.Evaluate(new Scope(variables)).Value);

        return actual == expected || Exceptions.Contains(id) ? null : $"{id}: {text}: expected {expected}, was {actual}";
    }
}
