using System.Text.Json;
using GateAction.Cel.Values;
using GateAction.Core.Documents;
using GateAction.Core.Model;
using GateAction.Surroundings;

namespace GateAction.Tests.Commands;

internal sealed class EvalCommandTests
{
    private static readonly DateTimeOffset Start = new(2027, 3, 31, 12, 0, 0, TimeSpan.Zero);

    private string _directory = "";

    [SetUp]
    public void Create_evidence()
    {
        _directory = Directory.CreateTempSubdirectory("gate-eval-").FullName;
        Write("evidence.json", 812,
            new Measurement("http", Outcome.Unreachable, "could not be reached: connection refused", Value.Map(), Start, TimeSpan.Zero));
        Write("baseline.json", 500, null);
    }

    [TearDown]
    public void Delete_evidence() => Directory.Delete(_directory, recursive: true);

    [TestCase("1 + 1", "2")]
    [TestCase("-1", "-1")]
    [TestCase("-int(5)", "-5")]
    [TestCase("'a' + \"b\"", "\"ab\"")]
    [TestCase("500ms", "\"0.5s\"")]
    [TestCase("[1u, null, {'a': 1.0}]", "[1,null,{\"a\":1.0}]")]
    [TestCase("false", "false")]
    public async Task Any_value_is_json_on_one_line_and_success(string expression, string json)
    {
        var run = await Run("eval", expression);

        Assert.That(run, Is.EqualTo((0, json + "\n", "")));
    }

    [TestCase("7u", "{\"type\":\"uint\",\"value\":7}")]
    [TestCase("true", "{\"type\":\"bool\",\"value\":true}")]
    [TestCase("null", "{\"type\":\"null_type\",\"value\":null}")]
    [TestCase("timestamp(0)", "{\"type\":\"google.protobuf.Timestamp\",\"value\":\"1970-01-01T00:00:00Z\"}")]
    public async Task The_type_is_told_on_request(string expression, string json)
    {
        var run = await Run("eval", "--type", expression);

        Assert.That(run, Is.EqualTo((0, json + "\n", "")));
    }

    [TestCase("x ==", "gate: the condition ends where a value is expected\n  x ==\n      ^\n")]
    [TestCase("a &&\n  b = c", "gate: '=' is not an operator; write '==' to compare\n    b = c\n      ^\n")]
    [TestCase("@x", "gate: '@' is not part of a condition\n  @x\n  ^\n")]
    [TestCase("", "gate: the condition is empty; write what must hold, as in backend.status == 200\n")]
    public async Task What_does_not_parse_is_bad_input_with_its_place(string expression, string error)
    {
        var run = await Run("eval", expression);

        Assert.That(run, Is.EqualTo((2, "", error)));
    }

    [Test]
    public async Task An_error_is_inconclusive_and_says_what_failed()
    {
        var unbound = await Run("eval", "x");
        var division = await Run("eval", "1 / 0 == 1");

        Assert.That(unbound, Is.EqualTo((3, "", "gate: 'x' is not known\n")));
        Assert.That(division, Is.EqualTo((3, "", "gate: '1 / 0': division by zero: 1 / 0\n")));
    }

    [Test]
    public async Task Variables_are_set_as_json_or_as_expressions()
    {
        var run = await Run("eval", "json.ok && n == 1u && wait > 1s && a.b == 'x y'", "--set", "json={\"ok\":true}", "--set", "n=1u",
            "--set", "wait=5s", "--set", "a.b=\"x y\"");

        Assert.That(run.Output, Is.EqualTo("true\n"));
        Assert.That(run.Error, Is.EqualTo("json.ok: was true\nn == 1u: was 1\nwait > 1s: was 5s\na.b == 'x y': was \"x y\"\n"));
    }

    [TestCase("x", "a name, '=' and a value")]
    [TestCase("1x=2", "a name, '=' and a value")]
    [TestCase("x=", "neither JSON nor an expression")]
    [TestCase("x=y", "is an error: 'y' is not known")]
    public async Task A_setting_that_is_not_understood_is_bad_input(string setting, string message)
    {
        var run = await Run("eval", "1", "--set", setting);

        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.StartWith("gate: ").And.Contains(message));
    }

    [Test]
    public async Task Facts_are_read_from_evidence_with_their_types()
    {
        var run = await Run("eval", "backend.latency.p95 < 500ms", "--evidence", "evidence.json");

        Assert.That(run, Is.EqualTo((0, "false\n", "backend.latency.p95 < 500ms: was 812ms\n")));
    }

    [Test]
    public async Task The_baseline_is_the_evidence_of_another_run()
    {
        var run = await Run("eval", "backend.latency.p95 <= baseline.backend.latency.p95 * 1.1", "--evidence", "evidence.json",
            "--baseline", "baseline.json");

        Assert.That(run.Output, Is.EqualTo("false\n"));
        Assert.That(run.Error, Does.Contain("was 812ms; baseline.backend.latency.p95 * 1.1 was 550ms"));
    }

    [Test]
    public async Task A_fact_that_is_missing_has_the_probes_own_reason()
    {
        var run = await Run("eval", "cache.status == 200", "--evidence", "evidence.json");

        Assert.That(run, Is.EqualTo((3, "", "gate: 'cache.status' is missing: could not be reached: connection refused\n")));
    }

    [Test]
    public async Task Evidence_that_is_not_there_is_bad_input()
    {
        var run = await Run("eval", "1", "--evidence", "nowhere.json");

        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain("'nowhere.json'"));
    }

    [Test]
    public async Task Without_a_condition_it_says_how_to_give_one()
    {
        var run = await Run("eval");

        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain("gate eval 'backend.status == 200'"));
    }

    [Test]
    public async Task The_condition_may_come_from_the_input()
    {
        var run = await RunWithInput("1 +\n1\n", terminal: false, "eval", "-");

        Assert.That(run, Is.EqualTo((0, "2\n", "")));
    }

    [Test]
    public async Task The_interactive_form_answers_until_the_input_ends()
    {
        const string Lines = """
            :facts

            :facts backend
            :facts bakend
            backend.latency.p95 < 500ms
            backend.status
            backend.statsu
            backend.status =
            ?
            :quit
            never read
            """;

        var run = await RunWithInput(Lines, terminal: true, "eval", "-i", "--evidence", "evidence.json");

        Assert.That(run.ExitCode, Is.Zero);
        Snapshot.Match(run.Output);
    }

    private Task<(int ExitCode, string Output, string Error)> Run(params string[] args) => RunWithInput("", terminal: false, args);

    private async Task<(int ExitCode, string Output, string Error)> RunWithInput(string input, bool terminal, params string[] args)
    {
        var (output, error) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        var shell = Shell.FromProcess()
            with
        {
            In = new StringReader(input),
            Out = output,
            Error = error,
            Directory = _directory,
            IsTerminal = terminal,
            Time = new FakeTimeProvider(Start)
        };
        var exitCode = await Program.RunAsync(args, shell, CancellationToken.None);
        return (exitCode, output.ToString(), error.ToString());
    }

    private void Write(string file, int milliseconds, Measurement? cache)
    {
        using var facts = JsonDocument.Parse(
            """{ "status": 200, "json": { "items": [ { "id": 1 }, { "id": 2 }, { "id": 3 }, { "id": 4 } ], "content-type": "x" } }""");
        var entries = ValueJson.Read(facts.RootElement).AsMap.Entries.Select(entry => (entry.Key.AsString, entry.Value));
        var backend = Value.Map([.. entries, ("latency", Value.Map(("p95", Value.Duration(TimeSpan.FromMilliseconds(milliseconds)))))]);
        var measurements = new Dictionary<string, Measurement>
        { ["backend"] = new("http", Outcome.Measured, null, backend, Start, TimeSpan.FromSeconds(1)) };
        if (cache is not null)
            measurements["cache"] = cache;
        using var stream = File.Create(Path.Combine(_directory, file));
        EvidenceJson.Write(stream,
            new Evidence("staging", Start, TimeSpan.FromSeconds(1), Value.Map(("sha", Value.String("abc"))), null, measurements));
    }
}
