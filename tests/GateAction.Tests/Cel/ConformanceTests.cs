using System.Text.Json;
using GateAction.Cel;
using GateAction.Cel.Values;

namespace GateAction.Tests.Cel;

/// <summary>The official test cases of the language, which <c>.ci/fetch-cel</c> brings, as far as they need no protocol buffers, containers
/// or optionals.</summary>
internal sealed class ConformanceTests
{
    private static readonly HashSet<string> Sections =
    [
        "basic", "bindings_ext", "comparisons", "conversions", "encoders_ext", "fields", "fp_math", "integer_math", "lists", "logic",
        "macros", "macros2",
        "math_ext", "parse", "plumbing", "string", "string_ext", "timestamps",
    ];

    private static readonly string[] OutsideTheLanguage = ["optional", "TestAllTypes", "google.protobuf", "proto2", ".?", "[?", "{?"];

    /// <summary>Cases that may come to something else, each with its reason.</summary>
    private static readonly Dictionary<string, string> Exceptions = [];

    [Test]
    public void Every_official_case_comes_to_its_value()
    {
        var path = Path.Combine(TestFiles.Repository, "artifacts", "cel", "conformance.json");
        if (!File.Exists(path))
            Missing.Tool("run .ci/fetch-cel first");
        using var document = JsonDocument.Parse(File.ReadAllText(path));

        var cases = document.RootElement.EnumerateArray().Where(IsForUs).ToList();
        var failures = cases.Select(Failure).OfType<string>().ToList();

        Assert.That(cases.Count, Is.GreaterThanOrEqualTo(1500));
        Assert.That(failures, Is.Empty, string.Join('\n', failures));
    }

    private static bool IsForUs(JsonElement example)
    {
        if (!Sections.Contains(example.GetProperty("path")[0].GetString()!) || Has(example, "container") || Has(example, "typedResult")
            || Has(example, "checkOnly"))
            return false;
        var text = example.GetRawText();
        var expression = example.GetProperty("expr").GetString()!;
        return !text.Contains("\"enumValue\"", StringComparison.Ordinal)
            && !OutsideTheLanguage.Any(expression.Contains)
            && text.Split("\"@type\":").Skip(1)
            .All(type => type.StartsWith("\"type.googleapis.com/google.protobuf.Duration\"", StringComparison.Ordinal)
                || type.StartsWith("\"type.googleapis.com/google.protobuf.Timestamp\"", StringComparison.Ordinal));
    }

    private static bool Has(JsonElement example, string name) => example.TryGetProperty(name, out _);

    private static string? Failure(JsonElement example)
    {
        var id = string.Join('/',
            example.GetProperty("path").EnumerateArray().Append(example.GetProperty("name")).Select(part => part.GetString()));
        var text = example.GetProperty("expr").GetString()!;
        var expected = Has(example, "evalError") ? "error"
            : TaggedValue.Write(example.TryGetProperty("value", out var value) ? TaggedValue.Read(value) : Value.True);
        var variables = example.TryGetProperty("bindings", out var bindings)
            ? bindings.EnumerateObject()
            .ToDictionary(binding => binding.Name, binding => TaggedValue.Read(binding.Value.GetProperty("value")))
            : [];

        var condition = Condition.Parse(text).Condition;
        var actual = condition is null ? "error" : TaggedValue.Write(condition.Evaluate(new Scope(variables)).Value);

        return actual == expected || Exceptions.ContainsKey(id) ? null : $"{id}: {text}: expected {expected}, was {actual}";
    }
}
