using System.Text;
using GateAction.Cel;
using GateAction.Cel.Values;

namespace GateAction.Tests.Cel;

internal sealed class CheckTests
{
    private static readonly string[] Wrong =
    [
        "unit.failed / unit.total < 5%",
        "0.05 > unit.failed / unit.total",
        "backend.headers.content-type == \"text/html\"",
        "backend.headers.x-request-id != \"\"",
        "backend.headers[\"Content-Type\"] == \"text/html\"",
        "backend.availability >= 99.5 %",
        "backend.availability >= 99.5 % && backend.ok",
        "backend.latency.p95 < 500 ms",
        "unit.duration < 2 hours",
        "backend.size < 20 MB",
        "backend.availability >= \"99.5%\"",
        "backend.json.status == healthy",
        "backend.ok == True",
        "backend.json.version != None",
        "backend.json.version == undefined",
        "backend.json.items.all(x => x.ok)",
        "backend.json.items.any(x, x.ok)",
        "len(backend.json.items) > 3",
        "backend.body.match(\"ok\")",
        "backend.body.equals(\"ok\")",
        "backend.body contains \"ok\"",
        "backend.status !== 200",
        "backend.status <> 200",
        "backend.body =~ \"ok\"",
        "200 <= backend.status <= 299",
        "not backend.ok",
        "backend.ok && not unit.failed == 0",
        "env.EXPECTED == backend.body",
        "backend.body == env.EXPECTED",
        "",
        "   ",
        "backend.status =",
        "backend.status = 200",
        "backend.status === 200",
        "backend.ok and unit.failed == 0",
        "backend.ok OR unit.failed == 0",
        "not backend.ok",
        "not (backend.ok)",
        "backend.status not in [500]",
        "backend.status is 200",
        "backend.ok & backend.ok",
        "backend.ok | backend.ok",
        "backend.status >= ${LIMIT}",
        "backend.status ≥ 200",
        "backend.body == “ok”",
        "backend.status == 200 #x",
        "backend.body == 'ok",
        "backend.body == '''ok'",
        "backend.body == '\\d'",
        "backend.body == '\\ud800'",
        "backend.body == '\\x4'",
        "backend.body == '\\400'",
        "backend.body == b'\\u00e9'",
        "(backend.ok",
        "backend.ok)",
        "[1, 2",
        "{1: 2",
        "{1}",
        "size(1, 2",
        "backend.ok ? true",
        "backend.ok ? true :",
        "backend.ok true",
        "backend.",
        "backend.if",
        "if == 1",
        "backend.in",
        "backend.`a$b` == 1",
        "backend.?json",
        "backend[?0]",
        "Type{field: 1}",
        "backend.latency.p95 < 500msec",
        "backend.latency.p95 < 0.5ns",
        "backend.latency.p95 < 3000000h",
        "memory.value < 512mb",
        "memory.value < 1.3B",
        "memory.value < 0x1Fs",
        "backend.status == 9223372036854775808",
        "backend.status == 99999999999999999999",
        "backend.status == -1u",
        "backend.status == 1e999",
        "backend.status == +1",
        "-!backend.ok",
        "backend.status * * 2 == 2",
        "has(backend)",
        "has(backend.ok, 1)",
        "unit.failures.all(f.name, true)",
        "unit.failures.all(f)",
        "unit.failures.all(f, f.name == '', 1)",
        "unit.failures.map(f, f.name, f.name, f.name)",
        "unit.failures.exists(true, true)",
        "cel.bind(1, 2, 3)",
        "cel.bind(x, 2)",
        "backend.latnecy.p95 < 500ms",
        "backend.latency.p59 < 500ms",
        "backend.uptime > 1h",
        "bakend.status == 200",
        "frontend.status == 200",
        "has(backend.jsn)",
        "baseline.backend.latency.p95x > 1s",
        "backend.status.code == 200",
        "backend.status[0] == 2",
        "backend[\"statsu\"] == 200",
        "unit.failures[\"x\"] == 1",
        "unit.failures.exists(f, f.title == \"x\")",
        "unit.slowest.all(test, test.duration < 5)",
        "backend.latency.p95 < 500",
        "500 > backend.latency.p95",
        "backend.latency.p95 < 0.5",
        "backend.latency.p95 < \"500ms\"",
        "backend.latency.p95 == \"fast\"",
        "backend.latency.p95 < 512Mi",
        "backend.availability >= 95",
        "unit.pass_rate > 99.5",
        "unit.pass_rate > 250",
        "unit.failed < 5%",
        "unit.pass_rate > 100%",
        "unit.pass_rate <= 1",
        "unit.pass_rate >= 0",
        "unit.pass_rate < 0.0",
        "backend.status == \"200\"",
        "backend.ok == \"true\"",
        "backend.ok == 1",
        "backend.body == 200",
        "backend.body > 5",
        "unit.failures == 0",
        "backend.headers > 0",
        "backend.measured_at > \"2027-01-01T00:00:00Z\"",
        "backend.measured_at < 5m",
        "backend.measured_at == 5",
        "backend.status == null",
        "backend.status in [\"200\"]",
        "backend.status in 200",
        "\"ok\" in backend.body",
        "unit.total >= baseline.unit.total * 1.1",
        "backend.status + \"x\" == \"200x\"",
        "-backend.body == \"\"",
        "backend.latency.p95 * backend.latency.p50 > 1s",
        "backend.status",
        "backend.latency.p95",
        "unit.pass_rate",
        "unit.failures",
        "now",
        "backend.status && backend.ok",
        "!backend.status",
        "backend.status ? true : false",
        "unit.failures.all(f, f.name)",
        "backend.status.all(x, x)",
        "helthy(backend.json)",
        "backend.body.startWith(\"x\")",
        "contains(backend.body, \"x\")",
        "backend.status.contains(\"2\")",
        "size(backend.status) > 1",
        "backend.body.matches(\"(?=x)\")",
        "backend.body.matches(\"[\")",
        "backend.body.matches(\"(a{1000}){1000}\")",
        "duration(\"5 minutes\") > backend.latency.p95",
        "backend.measured_at > timestamp(\"2027-01-01\")",
        "backend.measured_at.getHours(\"Mars\") > 1",
        "size(unit.failures) >= 0",
        "unit.failures.size() < 0",
        "backend.status == 200 && backend.status == 201",
        "backend.status < 200 && backend.status > 299",
        "unit.failed > 1 && unit.failed < 2",
        "unit.failed >= 1.5 && unit.failed < 2",
        "backend.status != 500 || backend.status != 503",
        "backend.latency.p95 < 500ms || backend.latency.p95 > 100ms",
        "backend.ok && !backend.ok",
        "!(backend.status >= 200 || backend.status < 200)",
        "backend.json.status == \"ok\" && backend.json.status == \"healthy\"",
        "backend.json.status == \"ok\" && backend.ok && backend.json.status == 1",
        "backend.json.count >= 5 && backend.json.count < 5",
        "backend.json.count >= 5 && backend.json.count <= 5 && backend.json.count != 5",
        "unit.failures.all(f, f.name == \"a\" && f.name == \"b\")",
        "true",
        "1 == 1",
        "backend.ok || 1 == 2",
        "backend.ok && !true",
        "backend.statsu == 200 && backend.latency.p95 < 500",
        "5 < unit.failed && 4 > unit.failed",
        "unit.failed > 1.0 && unit.failed < 2.0",
        "unit.failed >= 1.5 && unit.failed <= 1.5",
        "memory.value > 1 && memory.value < 1",
        "memory.value > 1 && memory.value <= 1",
        "memory.value >= 2 && memory.value > 3 && memory.value < 3",
        "backend.status == 200 && backend.status != 200",
        "backend.status == 200 && backend.status < 200",
        "backend.status == 200 && backend.status > 200",
        "backend.status == 200 && backend.status <= 199",
        "backend.status == 200 && backend.status >= 201",
        "backend.size < 0",
        "backend.size >= 0",
        "unit.pass_rate > 100",
        "unit.failures.map(f, f.name) == 0",
        "unit.failures.map(f, f.name)[0] == 5",
        "unit.failures.filter(f, f.name).size() > 1",
        "unit.failures.filter(f, f.nam == \"\").size() > 1",
        "unit.failures.map(f, f.nam == \"\", f).size() > 1",
        "unit.failures.map(f, f.name, f).size() > 1",
        "unit.failures.transformMap(i, f, f.name) == 1",
        "backend.body.split(\",\")[0] == 1",
        "unit.failures.all(i, f, i == \"x\")",
        "unit.failures.all(i, f, f == \"x\")",
        "backend.headers.all(k, v, v == 1)",
        "backend.headers.all(k, k > now)",
        "backend.headers[\"a\"] == 1",
        "backend.headers.etag == 1",
        "{\"a\": backend.statsu} == {}",
        "unit.failed + 1.5 > 2.0",
        "1.5 + unit.failed > 2.0",
        "(backend.ok ? 1 : 2)",
        "(backend.ok ? 1 : \"a\") == true",
        "backend.`latnecy` == 1",
        "backend.ok == \"yes\"",
        "unit.failed == \"many\"",
        "NOT(backend.ok)",
        "math.greatest(unit.failed, \"a\") > 1",
        "math.greatest() > 1",
        "b\"a\" == backend.body",
        "type(backend.json) == 1",
        "null == backend.status",
        "null < backend.status",
        "-unit.pass_rate == \"a\"",
        "unit.pass_rate + \"a\" == \"a\"",
        "backend.latency.p95 == backend.measured_at",
        "backend.body == \"x\" && backend.body.matches(\"(\")",
        "backend.body.charAt(\"x\") == \"\"",
        "backend.json.x in [[1], 2].map(y, y) && backend.status in [\"a\", \"b\"]",
    ];

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

    [Test]
    public void Each_mistake_has_its_place_and_what_to_write_instead()
    {
        var text = new StringBuilder();
        foreach (var wrong in Wrong)
        {
            var problems = Problems(wrong);
            Assert.That(problems, Is.Not.Empty, wrong);
            text.Append(wrong).Append('\n');
            foreach (var problem in problems)
                text.Append(' ', problem.Start).Append('^', Math.Max(1, problem.Length)).Append(' ').Append(problem.Message).Append('\n');
        }

        Snapshot.Match(text.ToString());
    }

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

    [TestCase("int", true)]
    [TestCase("while", true)]
    [TestCase("math", true)]
    [TestCase("now", true)]
    [TestCase("true", true)]
    [TestCase("backend", false)]
    public void Words_of_the_language_cannot_be_names_of_probes(string name, bool isReserved) =>
        Assert.That(Condition.IsReserved(name), Is.EqualTo(isReserved));

    private static IReadOnlyList<ConditionProblem> Problems(string text)
    {
        var (condition, problems) = Condition.Parse(text);
        return condition?.Check(Staging.Types) ?? problems;
    }
}
