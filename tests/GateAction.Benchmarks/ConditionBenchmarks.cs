using BenchmarkDotNet.Attributes;
using GateAction.Cel;
using GateAction.Cel.Values;

namespace GateAction.Benchmarks;

/// <summary>Aims: parse and evaluate a condition of 60 characters in 2 µs; 10,000 conditions over one evidence in 50 ms.</summary>
[MemoryDiagnoser]
public class ConditionBenchmarks
{
    private const string Text = "backend.status == 200 && backend.latency.p95 < 500ms && a.ok";

    private readonly Condition _condition = Condition.Parse(Text).Condition!;
    private readonly string[] _many =
        [.. Enumerable.Range(0, 10_000)
        .Select(i => $"backend.json.items[{i % 100}].id >= {i} || unit.passed > {i} && backend.latency.p95 < {i}ms")];
    private readonly Scope _scope = new(new Dictionary<string, Value>
    {
        ["backend"] = Value.Map(
            ("status", Value.Int(200)),
            ("latency", Value.Map(("p50", Value.Duration(0, 100_000_000)), ("p95", Value.Duration(0, 312_000_000)))),
            ("json", Value.Map(("items", Value.List([.. Enumerable.Range(0, 100).Select(i => Value.Map(("id", Value.Int(i))))]))))),
        ["a"] = Value.Map(("ok", Value.True)),
        ["unit"] = Value.Map(("passed", Value.Int(257))),
    });

    [Benchmark]
    public Evaluation ParseAndEvaluate() => Condition.Parse(Text).Condition!.Evaluate(_scope);

    [Benchmark]
    public Evaluation Evaluate() => _condition.Evaluate(_scope);

    [Benchmark]
    public IReadOnlyList<Explanation> EvaluateAndExplain() => _condition.Evaluate(_scope).Explanation;

    [Benchmark]
    public int TenThousandConditions()
    {
        var holding = 0;
        foreach (var text in _many)
            holding += Condition.Parse(text).Condition!.Evaluate(_scope).Value.IsTrue ? 1 : 0;
        return holding;
    }
}
