using System.Text.Json;
using GateAction.Surroundings;

namespace GateAction.Tests.Commands;

/// <summary>With <c>--json</c> standard output is one JSON document, whatever a command comes to.</summary>
internal sealed class JsonAnswerTests
{
    private const string Outcome = "gateaction/outcome/1";

    /// <summary>How each command that has the option can end, with the schema of what it prints and its exit code.</summary>
    private static readonly (string Command, int ExitCode, string? Schema)[] Table =
    [
        ("run good.yml", 0, "gateaction/verdict/2"),
        ("run good.yml --json=true", 0, "gateaction/verdict/2"),
        ("run red.yml", 1, "gateaction/verdict/2"),
        ("run unknown.yml", 3, "gateaction/verdict/2"),
        ("run bad.yml", 2, Outcome),
        ("run nosuch.yml", 2, Outcome),
        ("run good.yml --nosuch", 2, Outcome),
        ("run good.yml --only nobody", 2, Outcome),
        ("run good.yml --out notes.txt/x", 2, Outcome),
        ("run good.yml --quiet", 2, Outcome),
        ("run good.yml --timeout soon", 2, Outcome),
        ("run good.yml --baseline nosuch", 2, Outcome),
        ("collect good.yml", 0, "gateaction/evidence/1"),
        ("collect unknown.yml", 0, "gateaction/evidence/1"),
        ("collect bad.yml", 2, Outcome),
        ("collect", 2, Outcome),
        ("collect a b", 2, Outcome),
        ("decide --manifest good.yml made", 0, "gateaction/verdict/2"),
        ("decide --manifest red.yml made", 1, "gateaction/verdict/2"),
        ("decide --manifest bad.yml made", 2, Outcome),
        ("decide --manifest good.yml notes.txt", 2, Outcome),
        ("decide", 2, Outcome),
        ("validate good.yml", 0, "gateaction/validation/1"),
        ("validate bad.yml", 2, "gateaction/validation/1"),
        ("validate good.yml bad.yml nosuch.yml", 2, "gateaction/validation/1"),
        ("validate nosuch.yml", 2, Outcome),
        ("validate", 2, Outcome),
        ("results good.xml", 0, null),
        ("results notes.txt", 2, null),
        ("results nosuch", 2, Outcome),
        ("results", 2, Outcome),
        ("history made", 0, "gateaction/history/1"),
        ("history notes.txt", 2, Outcome),
        ("history", 2, Outcome),
        ("vaildate good.yml", 2, Outcome),
    ];

    private static IEnumerable<TestCaseData> Cases => Table.Select(one => new TestCaseData(one.Command, one.ExitCode, one.Schema));

    [TestCaseSource(nameof(Cases))]
    public async Task Standard_output_is_one_document(string command, int expected, string? schema)
    {
        using var run = await WorldAsync();

        var exitCode = await run.RunAsync([.. command.Split(' '), .. command.Contains("--json") ? Array.Empty<string>() : ["--json"]]);

        Assert.That(exitCode, Is.EqualTo(expected), run.Error);
        using var document = JsonDocument.Parse(run.Out);
        var root = document.RootElement;
        Assert.That(root.TryGetProperty("schema", out var named) ? named.GetString() : null, Is.EqualTo(schema));
        if (schema != Outcome)
            return;
        Assert.That(root.GetProperty("exit_code").GetInt32(), Is.EqualTo(exitCode));
        Assert.That(run.Error, Does.Contain($"gate: {root.GetProperty("error").GetString()!.Replace(run.Folder, "FOLDER")}"),
            "a person reads the same on the error output");
    }

    /// <summary>A command with the option that the table does not hold is missing here.</summary>
    [Test]
    public async Task Every_command_that_has_the_option_is_in_the_table_with_a_document_and_a_refusal()
    {
        using var run = new CommandRun();
        await run.RunAsync("help");
        var commands = run.Out[run.Out.IndexOf("Commands:", StringComparison.Ordinal)..].Split('\n').Skip(1)
            .Select(line => line.Trim().Split(' ')[0]).Where(name => name.Length > 0 && char.IsAsciiLetter(name[0])).Distinct().ToArray();

        var having = new List<string>();
        foreach (var command in commands)
        {
            await run.RunAsync("help", command);
            if (run.Out.Contains("--json", StringComparison.Ordinal))
                having.Add(command);
        }

        Assert.That(having, Is.Not.Empty.And.SubsetOf(Table.Where(one => one.Schema != Outcome).Select(one => one.Command.Split(' ')[0])));
        Assert.That(having, Is.SubsetOf(Table.Where(one => one.Schema == Outcome).Select(one => one.Command.Split(' ')[0])));
    }

    [Test]
    public async Task A_bad_manifest_tells_its_problems_with_their_places()
    {
        using var run = await WorldAsync();

        await run.RunAsync("run", "bad.yml", "--json");

        using var document = JsonDocument.Parse(run.Out);
        var problem = document.RootElement.GetProperty("problems")[0];
        Assert.That(problem.GetProperty("message").GetString(), Does.Contain("did you mean 'exists'"));
        Assert.That((problem.GetProperty("line").GetInt32(), problem.GetProperty("column").GetInt32()), Is.EqualTo((3, 18)));
    }

    [Test]
    public async Task Without_the_option_or_with_a_no_a_person_is_spoken_to()
    {
        using var run = await WorldAsync();

        Assert.That(await run.RunAsync("run", "good.yml", "--json=false"), Is.Zero);
        Assert.That(run.Out, Does.StartWith("•"));
        Assert.That(await run.RunAsync("run", "--json", "--help"), Is.Zero);
        Assert.That(run.Out, Does.StartWith("Description:"));
    }

    [Test]
    public void A_run_that_is_ended_from_outside_says_so_once()
    {
        using var output = new StringWriter { NewLine = "\n" };
        var answer = new JsonAnswer();
        answer.Ask(output);

        answer.Refuse("the run hangs");
        answer.Refuse("stopped before a decision was made");
        answer.End(GateAction.Core.Model.ExitCode.NotPublished);
        answer.Give("{}");
        answer.End(GateAction.Core.Model.ExitCode.Met);

        using var document = JsonDocument.Parse(output.ToString());
        Assert.That(document.RootElement.GetProperty("error").GetString(), Is.EqualTo("the run hangs"));
        Assert.That(document.RootElement.GetProperty("exit_code").GetInt32(), Is.EqualTo(4));
    }

    private static async Task<CommandRun> WorldAsync()
    {
        const string Good = "version: 1\nprobes: { a: { file: notes.txt } }\ncriteria: { a: a.exists }\n";
        var run = new CommandRun()
            .With("good.yml", Good)
            .With("red.yml", Good.Replace("a.exists", "a.size > 1000", StringComparison.Ordinal))
            .With("unknown.yml", Good.Replace("a.exists", "a.json.x == 1", StringComparison.Ordinal))
            .With("bad.yml", Good.Replace("a.exists", "a.exits", StringComparison.Ordinal))
            .With("notes.txt", "hello")
            .With("good.xml", "<testsuite name=\"s\"><testcase name=\"one\"/></testsuite>");
        Assert.That(await run.RunAsync("collect", "good.yml", "--out", "made"), Is.Zero, run.Error);
        return run;
    }
}
