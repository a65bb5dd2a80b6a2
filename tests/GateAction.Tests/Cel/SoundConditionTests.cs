using GateAction.Cel;
using GateAction.Cel.Values;

namespace GateAction.Tests.Cel;

/// <summary>What is right and must never be refused, and what is right until YAML cut it.</summary>
internal sealed class SoundConditionTests
{
    private static readonly string[] Right =
    [
        "backend.ok",
        "backend.status == 200 && backend.json.status == \"healthy\"",
        "backend.status >= 200 && backend.status < 300",
        "backend.status in [200, 201] || backend.status == 204.0",
        "backend.latency.p95 < 500ms && backend.latency[\"p50\"] < 1.5s",
        "backend.latency.p95 <= baseline.backend.latency.p95 * 1.10",
        "backend.latency.p95 / baseline.backend.latency.p95 < 1.1",
        "backend.availability >= 95% && backend.availability > 0.9 && unit.pass_rate == 1",
        "unit.pass_rate >= 100%",
        "unit.pass_rate * 100.0 > 95.0",
        "backend.size < 512Mi && memory.value < 1.5Gi && memory.value < 1000",
        "unit.failed + unit.errors == 0 && double(unit.total) >= double(baseline.unit.total) * 0.9",
        "unit.failures.all(f, f.name.startsWith(\"a\")) && unit.slowest.all(s, s.duration < 5s)",
        "unit.slowest.all(s, s.duration < 5s) && unit.failures.filter(f, f.name == \"x\").size() == 0",
        "unit.failures.map(f, f.name).exists(n, n == \"a\") && unit.failures[0].name == \"b\"",
        "unit.failures.exists(i, f, i > 3 && f.name == \"x\")",
        "backend.headers[\"content-type\"] == \"text/plain\" && has(backend.headers.etag)",
        "\"etag\" in backend.headers",
        "backend.headers.all(name, name != \"x\")",
        "backend.headers.all(name, value, value.size() > 0)",
        "backend.json.checks.all(name, c, c.ok && c.latency_ms < 500)",
        "backend.json.anything.at[0].all == null",
        "backend.json == 5 || backend.json > 5 || backend.json.matches(\"x\")",
        "now - backend.measured_at < 5m && backend.measured_at > now - 1h",
        "backend.measured_at > timestamp(\"2027-01-01T00:00:00Z\")",
        "backend.body.matches(\"^[a-z]+$\") || backend.body.contains(\"x\") || size(backend.body) > 3",
        "cel.bind(l, backend.latency, l.p95 < 500ms && l.p50 < 100ms)",
        "backend.ok ? backend.status == 200 : unit.failed == 0",
        "unit.failed == 0 || unit.failed < 3",
        "backend.status != 500 && backend.status != 503",
        "backend.status < 200 || backend.status > 299",
        "unit.failed > 1 && unit.failed < 3",
        "math.abs(unit.failed - unit.errors) < 5",
        "type(backend.json) == map",
        "-unit.failed < 0",
        "backend.json.a < 1 && backend.json.b > 2",
        "backend.json.tags == [\"a\", \"b\"] && backend.json.map == {\"a\": 1}",
        "backend.json.x.transformMap(k, v, v * 2).size() > 3",
        "memory.value >= 1 && memory.value <= 1",
        "unit.failed >= 1 && unit.failed <= 1",
        "memory.value > 1.2 && memory.value < 1.8",
        "unit.failed > 1.5 && unit.failed < 3",
        "unit.failed >= 2.0 && unit.failed < 3.0",
        "unit.failed > 1.0 && unit.failed < 3.0",
        "backend.status == 200 && backend.status < 300 && backend.status > 100 && backend.status != 500 && backend.status >= 200 && "
            + "backend.status <= 200",
        "backend.body.split(\",\")[0] == \"a\"",
        "(backend.ok ? 1 : 2) == 1",
        "(backend.ok ? backend.json.a : 2) == \"x\"",
        "backend.latency.p95 < 2s && backend.latency.p95 > 1s",
        "math.greatest(unit.failed, 1, 2.0) > 1",
        "backend.headers.exists(k, v, k == \"a\" && v == \"b\")",
        "[] == backend.json.list || backend.json.x in []",
        "backend.json.count > 1 || backend.json.count < 0",
        "backend.headers.exists(k, k == \"a\" || k in [\"b\"])",
        "unit.failures.map(f, f.name == \"x\", f.message)[0] == \"y\"",
        "timestamp(backend.json.at) < now && duration(backend.json.took) < 5s",
    ];

    [TestCaseSource(nameof(Right))]
    public void What_is_right_has_no_problem(string condition) =>
        Assert.That(Problems(condition), Is.Empty);

    [TestCase("backend.body == \"a", " #1\"", "a comment begins")]
    [TestCase("size(backend.body", ", 2), warn: x }", "at a comma inside '{ }'")]
    [TestCase("backend.ok ? backend.ok", " : false", "at ': '")]
    [TestCase("backend.status in", " [1, 2]", "at '['")]
    public void A_condition_that_yaml_has_cut_is_told_so(string text, string restOfLine, string why)
    {
        var problem = Condition.CutByYaml(text, restOfLine);

        Assert.That(problem?.Message, Does.StartWith("YAML has ended the condition here").And.Contains(why).And.Contains("quotes"));
        Assert.That(problem!.Start, Is.EqualTo(text.Length));
    }

    [TestCase("backend.ok", " # checked by hand")]
    [TestCase("backend.ok ==", "")]
    [TestCase("backend.ok ==", " x")]
    public void A_condition_that_is_whole_or_wrong_by_itself_was_not_cut(string text, string restOfLine) =>
        Assert.That(Condition.CutByYaml(text, restOfLine), Is.Null);

    private static IReadOnlyList<ConditionProblem> Problems(string text)
    {
        var (condition, problems) = Condition.Parse(text);
        return condition?.Check(Staging.Types) ?? problems;
    }
}
