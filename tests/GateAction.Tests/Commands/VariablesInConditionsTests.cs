using System.Text.Json.Nodes;

namespace GateAction.Tests.Commands;

/// <summary><c>env.NAME</c> in conditions.</summary>
internal sealed class VariablesInConditionsTests
{
    private CommandRun _run = null!;

    [SetUp]
    public void Prepare() => _run = new CommandRun().With("build.json", """{"region": "eu", "token": "t0k3n-value"}""");

    [TearDown]
    public void CleanUp() => _run.Dispose();

    [TestCase("build.json.region == env.REGION", 0)]
    [TestCase("build.json.region == env[\"REGION\"]", 0)]
    [TestCase("build.json.region == env.REGION && env.OTHER == ''", 3)]
    [TestCase("build.json.region != env.REGION", 1)]
    public async Task A_variable_is_read_where_it_was_measured(string condition, int expected)
    {
        var exit = await With(condition).WithVariable("REGION", "eu").RunAsync("run");
        var state = JsonNode.Parse(_run.Read("gate-report/verdict.json"))!["state"]!.GetValue<string>();
        _run.With("evidence.json", _run.Read("gate-report/evidence.json")).WithVariable("REGION", "us").WithVariable("OTHER", "x");
        var again = await _run.RunAsync("decide", "evidence.json");

        Assert.That((exit, again), Is.EqualTo((expected, expected)), _run.Error);
        Assert.That(JsonNode.Parse(_run.Read("gate-report/verdict.json"))!["state"]!.GetValue<string>(), Is.EqualTo(state));
    }

    [Test]
    public async Task The_evidence_holds_the_variables_that_conditions_read_and_no_other()
    {
        await With("build.json.region == env.REGION").WithVariable("REGION", "eu").WithVariable("OTHER", "unread")
            .WithVariable("UNLISTED", "unlisted").RunAsync("run");

        var evidence = JsonNode.Parse(_run.Read("gate-report/evidence.json"))!;
        Assert.That(evidence["env"]!.ToJsonString(), Is.EqualTo("""{"REGION":"eu"}"""));
        Assert.That(evidence.ToJsonString(), Does.Not.Contain("unread").And.Not.Contain("unlisted"));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("t0k3n-value")]
    [TestCase("key=t0k3n-value;")]
    public async Task What_is_not_set_or_holds_a_secret_decides_nothing(string? value)
    {
        With("build.exists && env.REGION != 'us' && size(env.REGION) < 1000").WithVariable("TOKEN", "t0k3n-value");
        if (value is not null)
            _run.WithVariable("REGION", value);

        var exit = await _run.RunAsync("run");

        Assert.That(exit, Is.EqualTo(3));
        Assert.That(_run.Out, Does.Contain("where it was measured the variable was not set, or it holds a secret"));
        Assert.That(_run.Out + _run.Read("gate-report/evidence.json") + _run.Read("gate-report/report.html"),
            Does.Not.Contain("t0k3n-value"));
    }

    [TestCase("env.REGOIN == 'eu'", "'env' has no 'REGOIN'; did you mean 'REGION'")]
    [TestCase("env.TOKEN == 'eu'", "'env' has no 'TOKEN'")]
    [TestCase("env.HOME == 'eu'", "'env' has no 'HOME'")]
    [TestCase("env.REGION > 5", "string")]
    public async Task Only_what_is_listed_and_no_secret_is_read(string condition, string problem)
    {
        var exit = await With(condition).RunAsync("validate", "--no-env", "gate.yml");

        Assert.That(exit, Is.EqualTo(2));
        Assert.That(_run.Out + _run.Error, Does.Contain(problem));
    }

    [Test]
    public async Task Without_a_list_it_is_said_where_one_stands()
    {
        _run.With("gate.yml", "version: 1\nprobes: { build: { file: build.json } }\ncriteria: { c: build.exists && env.REGION == 'eu' }\n");

        Assert.That(await _run.RunAsync("validate", "gate.yml"), Is.EqualTo(2));
        Assert.That(_run.Out + _run.Error,
            Does.Contain("no variable is listed; list it under 'env' at the top of the manifest, then a condition reads it as env.NAME"));
    }

    [Test]
    public async Task No_probe_is_called_env()
    {
        _run.With("gate.yml", "version: 1\nprobes: { env: { file: build.json } }\ncriteria: { c: env.exists }\n");

        Assert.That(await _run.RunAsync("validate", "gate.yml"), Is.EqualTo(2));
        Assert.That(_run.Out, Does.Contain("'env' has a meaning of its own in conditions"));
    }

    [Test]
    public async Task Shares_of_different_environments_are_not_decided_together()
    {
        With("build.json.region == env.REGION");
        await _run.WithVariable("REGION", "eu").RunAsync("collect");
        _run.With("a.json", _run.Read("gate-report/evidence.json"));
        await _run.WithVariable("REGION", "us").RunAsync("collect");
        _run.With("b.json", _run.Read("gate-report/evidence.json"));

        Assert.That(await _run.RunAsync("decide", "a.json", "b.json"), Is.EqualTo(2));
        Assert.That(_run.Error, Does.Contain("'REGION' was 'eu'").And.Contain("'us'"));
    }

    [TestCase(null, "eu")]
    [TestCase("eu", null)]
    [TestCase("eu", "")]
    [TestCase("t0k3n-value", "eu")]
    public async Task A_share_is_not_judged_by_a_variable_that_its_own_job_did_not_have(string? first, string? second)
    {
        var shares = new[] { ("a.json", first), ("b.json", second) };
        foreach (var (file, value) in shares)
        {
            using var job = new CommandRun().With("gate.yml", TwoJobs).With("build.json", """{"region": "eu"}""")
                .WithVariable("TOKEN", "t0k3n-value");
            if (value is not null)
                job.WithVariable("REGION", value);
            await job.RunAsync("collect", "--only", file == "a.json" ? "build" : "other");
            _run.With(file, job.Read("gate-report/evidence.json"));
        }

        Assert.That(await _run.With("gate.yml", TwoJobs).RunAsync("decide", "a.json", "b.json"), Is.EqualTo(2), _run.Out);
        Assert.That(_run.Error, Does.Contain("the variable 'REGION' was").And.Contain("not set (or a secret)").And.Contain("'eu'"));
    }

    [Test]
    public async Task A_job_that_measures_something_else_needs_no_variable()
    {
        _run.With("gate.yml", TwoJobs.Replace("other.exists && env.REGION == 'eu'", "other.exists"));
        await _run.RunAsync("collect", "--only", "other");
        _run.With("b.json", _run.Read("gate-report/evidence.json"));
        await _run.WithVariable("REGION", "eu").RunAsync("collect", "--only", "build");
        _run.With("a.json", _run.Read("gate-report/evidence.json"));

        Assert.That(await _run.RunAsync("decide", "a.json", "b.json"), Is.Zero, _run.Out + _run.Error);
        Assert.That(JsonNode.Parse(_run.Read("b.json"))!["env"]?.ToJsonString() ?? "{}", Is.EqualTo("{}"));
    }

    private const string TwoJobs =
        """
        version: 1
        env: [REGION]
        secrets: [TOKEN]
        probes:
          build: { file: build.json }
          other: { file: build.json }
        criteria:
          same: build.json.region == env.REGION
          there: other.exists && env.REGION == 'eu'
        """;

    private CommandRun With(string condition) => _run.With("gate.yml", $$"""
        version: 1
        env: [REGION, OTHER]
        secrets: [TOKEN]
        probes:
          build: { file: build.json }
        criteria:
          same: {{condition}}
        """);
}
