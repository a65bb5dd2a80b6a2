using System.Text;
using GateAction.Cel.Values;

namespace GateAction.Tests.Cel;

internal sealed class ExplanationTests
{
    public static readonly string[] Explained =
    [
        "backend.latency.p95 < 500ms",
        "backend.latency.p95 < 5s",
        "500ms > backend.latency.p95",
        "backend.status == 200 && backend.json.status == \"healthy\" && backend.latency.p95 < 500ms",
        "backend.status == 200 && backend.latency.p95 < 500ms",
        "backend.status == 200 && backend.ok && unit.total > 0 && unit.passed > 0 && unit.failed < 10",
        "backend.status == 500 || unit.failed == 0 || memory.value < 512Mi",
        "backend.status == 500 || backend.status == 503",
        "backend.status == 500 || backend.status == 200 || unit.failed == 2",
        "!(backend.status == 200)",
        "!(backend.status == 500 || backend.ok)",
        "!backend.ok",
        "!!backend.ok",
        "backend.json.startup_complete",
        "backend.json.startup_complete == true",
        "backend.availability >= 95%",
        "unit.pass_rate * 1.0 > 99.5%",
        "backend.size < 512Mi",
        "memory.value < 512Mi",
        "backend.latency.p95 <= baseline.backend.latency.p95 * 1.10",
        "unit.failed + unit.errors == 0",
        "unit.passed * 100 / unit.total >= 95",
        "backend.json.note == \"short\"",
        "backend.json.note.contains(\"missing\")",
        "backend.body.matches(\"healthy\") && backend.json.version.startsWith(\"3.\")",
        "backend.json.version in [\"3.0.0\", \"3.1.0\"]",
        "\"x-request-id\" in backend.headers",
        "!(\"content-type\" in backend.headers)",
        "has(backend.json.build)",
        "!has(backend.json.version)",
        "backend.json.operations.all(o, o.id != \"\")",
        "backend.json.operations.all(o, o.id != \"\" && !o.deprecated)",
        "backend.json.operations.all(o, size(o.id) < 100)",
        "backend.json.operations.exists(o, o.id == \"deleteOrder\")",
        "!backend.json.operations.exists(o, o.deprecated)",
        "backend.json.operations.exists_one(o, o.deprecated)",
        "backend.json.operations.filter(o, o.deprecated).size() == 0",
        "backend.json.checks.all(name, backend.json.checks[name].ok)",
        "backend.json.checks.all(name, check, check.ok && check.latency_ms < 500)",
        "backend.json.checks.exists(name, check, check.ok)",
        "backend.json.operations.all(o, [1, 2].exists(n, n == size(o.id)))",
        "unit.slowest.exists(test, test.duration > 1s)",
        "unit.failures.size() == 0",
        "size(unit.failures) == 0",
        "unit.failures.all(f, f.name.startsWith(\"Flaky\"))",
        "backend.ok ? backend.latency.p95 < 500ms : false",
        "backend.json.startup_complete ? backend.ok : false",
        "cel.bind(limit, 500ms, backend.latency.p95 < limit)",
        "backend.measured_at > now - 1h",
        "now - backend.measured_at < 5m",
        "false",
        "1 + 1 == 3",
        "backend.status",
        "backend.json.missing == 1",
        "backend.json.statsu == \"healthy\"",
        "backend.json.checks.postgres.latency_ms.p95 < 500",
        "backend.json.checks.queue.error.code == 1",
        "backend.json.operations[7].id == \"x\"",
        "backend.headers[\"etag\"] == \"\"",
        "cache.status == 200",
        "cache.latency.p95 < 5ms",
        "cache.json.items.all(i, i.ok)",
        "cache.json.items[0] == 1",
        "backend.status == 500 || cache.status == 200",
        "backend.status == 200 && cache.status == 200 && cache.ok",
        "backend.status == 500 && cache.status == 200",
        "frontend.status == 200",
        "backnd.status == 200",
        "backend.latency.p95 < 500",
        "unit.total >= baseline.unit.total * 1.1",
        "backend.json.version > 2",
        "backend.json.operations.all(o, o.latency < 5)",
        "backend.json.operations.all(o, o.id)",
        "unit.failed / (unit.skipped + 0) > 1",
        "unit.failed / (unit.failed - 2) > 1",
        "backend.body.matches(\"(?=x)\")",
        "int(backend.json.version) == 2",
        "helthy(backend)",
        "{1: 2, true: 3}.a == 1",
        "{1: 2, \"b\": 3}[4] == 1",
        "backend.json.version.startWith(\"2\")",
        "backend.json.version.size(1) == 2",
        "backend.ok && backend.status",
        "!backend.status",
        "backend.status ? true : false",
        "unit.failures.filter(f, f.name == \"Orders.Are_found\").all(f, f.message == \"timed out\")",
        "backend.json.operations.exists_one(o, o.id == \"getOrder\")",
        "backend.json.operations.all(o, !(o.id == \"\" && o.deprecated))",
        "backend.json.checks.all(n, c, c.ok || c.latency_ms < 500)",
        "backend.samples < 10B",
        "backend.size < 1Gi && backend.size < 700Mi",
        "unit.pass_rate * 14.3720 >= 95%",
        "unit.pass_rate * 14.3710 >= 95%",
        "cel.bind(x, backend.ok, x && unit.failed == 0)",
        "backend.json.checks.queue.error ? true : false",
        "cache.ok ? true : false",
        "backend.body.contains(\"x\") && \"abc\".contains(\"x\")",
        "\"abc\".contains(\"x\") || unit.failed == 0",
        "backend.body.replace(\"a\", backend.json.version).contains(\"x\")",
        "math.greatest(unit.failed, unit.errors) < 2",
        "unit.failed < 3 && unit.failed < 3 && unit.failed < 3",
        "unit.failed > 5 || unit.failed > 6 || unit.failed > 7 || unit.failed > 8",
        "backend.json.checks.exists(n, c, c.ok && c.latency_ms < 500)",
        "!has(backend.json.build) && has(backend.json.version)",
        "-unit.failed > 0",
        "unit.failed in [3, 4] || !(unit.failed in [2])",
        "lost.x.y == 1 || cache.items[\"a\"] == 1",
    ];

    /// <summary>As a manifest is read: a condition is checked against the facts that its probes declare.</summary>
    [TestCase("unit.pass_rate >= 0.9", "pass_rate", "85%", ">= 90%")]
    [TestCase("unit.pass_rate == 1", "pass_rate", "85%", "100%")]
    [TestCase("0.9 <= unit.pass_rate", "pass_rate", "85%", ">= 90%")]
    [TestCase("!(unit.pass_rate < 0.9)", "pass_rate", "85%", ">= 90%")]
    [TestCase("unit.size < 1024", "size", "700Mi", "< 1Ki")]
    [TestCase("unit.files[0].lines >= 0.5", "lines", "12.5%", ">= 50%")]
    [TestCase("unit.json.rate >= 0.9", "rate", "0.85", ">= 0.9")]
    [TestCase("unit.name in ['a', 'b']", "name", "\"c\"", "one of [\"a\", \"b\"]")]
    public void A_fact_and_its_limit_are_shown_in_the_unit_that_the_fact_is_declared_in(string condition, string name, string actual,
    string needs)
    {
        var type = FactType.Object("", ("pass_rate", FactType.Ratio("")), ("size", FactType.Size("")), ("json", FactType.Any),
            ("name", FactType.String("")), ("files", FactType.List("", FactType.Object("", ("lines", FactType.Ratio(""))))));
        var facts = Value.Map(("pass_rate", Value.Double(0.85)), ("size", Value.Int(700 * 1024 * 1024)),
            ("json", Value.Map(("rate", Value.Double(0.85)))), ("name", Value.String("c")),
            ("files", Value.List([Value.Map(("lines", Value.Double(0.125)))])));
        var parsed = CelTesting.Parse(condition);

        Assert.That(parsed.Check(new Dictionary<string, FactType> { ["unit"] = type }), Is.Empty);
        var explanation = parsed.Evaluate(new Scope(new Dictionary<string, Value> { ["unit"] = facts })).Explanation[0];

        Assert.That((explanation.Actual!.Name, explanation.Actual.Text, explanation.Needs), Is.EqualTo((name, actual, needs)));
    }

    [Test]
    public void Each_condition_says_which_part_made_it_so_with_its_values()
    {
        var text = new StringBuilder();
        foreach (var condition in Explained)
        {
            var evaluation = CelTesting.Parse(condition).Evaluate(Staging.Scope);
            text.Append(evaluation.Value.IsError ? "error" : evaluation.Value.ToString()).Append("  ").Append(condition)
                .Append("   [").AppendJoin(' ', evaluation.Support).Append(']').Append('\n');
            foreach (var line in evaluation.Explanation)
                text.Append("       ").Append(line).Append('\n');
        }

        Snapshot.Match(text.ToString());
    }
}
