using System.Text.Json.Nodes;
using GateAction.Commands;
using GateAction.Core.Model;
using GateAction.Surroundings;
using GateAction.Tests.Documents;
using GateAction.Tests.Reports;

namespace GateAction.Tests;

/// <summary>An input is declared once; GATE_ACCEPT_SNAPSHOTS=1 writes the files that repeat it.</summary>
[Category("Generated")]
internal sealed class ActionFileTests
{
    [Test]
    public void The_actions_inputs_are_those_that_are_declared() =>
        Compare("action.yml", file => ActionFile.With(file, "\ninputs:\n", "outputs:\n", ActionFile.Inputs()));

    /// <summary>https://docs.github.com/actions/reference/workflows-and-actions/metadata-syntax; more is refused.</summary>
    [Test]
    public void The_action_says_of_itself_what_the_Marketplace_asks_for()
    {
        var action = File.ReadAllLines(Path.Combine(TestFiles.Repository, "action.yml"));

        var described = action.Single(line => line.StartsWith("description: ", StringComparison.Ordinal));

        Assert.That(described["description: ".Length..], Has.Length.InRange(40, 125));
        Assert.That(action, Has.One.StartsWith("name: ").And.One.StartsWith("author: ").And.One.StartsWith("  icon: ")
            .And.One.StartsWith("  color: "));
    }

    [Test]
    public void The_setup_action_hands_on_what_the_runner_tells() =>
        Compare("setup/action.yml", file =>
        {
            var declared = ActionFile.With(
                file, "\n    default: ${{ github.token }}\n", "outputs:\n", ActionFile.EventInputs());
            return ActionFile.With(declared + "\0", ">>\"$GITHUB_ENV\" || true\n      env:\n", "\0", ActionFile.EventVariables())
                .TrimEnd('\0');
        });

    [Test]
    public void The_table_of_the_readme_is_that_of_the_inputs() =>
        Compare("README.md", page => ActionFile.With(
            page, "\nAll are optional, and each but `command` is an option of `gate run` too.\n\n",
            "\nThe inputs `event-…`", ActionFile.ReadmeTable()));

    [Test]
    public async Task Every_input_is_an_option_of_run_with_the_same_words_and_default()
    {
        using var output = new StringWriter();
        var shell = Shell.FromProcess() with { Out = output };

        await Program.RunAsync(["run", "--help"], shell, CancellationToken.None);

        foreach (var input in ActionInput.All.Where(input => input.IsOption))
        {
            var line = output.ToString().Split('\n').Single(line => line.Contains($" --{input.Name} ", StringComparison.Ordinal));
            Assert.That(line, Does.Contain(input.Says.Replace('`', '\'')).And.Contain(input.OwnDefault ?? ""));
            Assert.That(line, Does.Contain(input.IsSwitch ? "" : $"<{input.Value}>"));
        }
    }

    [TestCaseSource(nameof(States))]
    public void The_output_verdict_is_the_word_that_verdict_json_has_and_that_the_action_names(VerdictState state)
    {
        var verdict = SampleVerdicts.Passing with { State = state };
        var inputs = Inputs.From(Shell.FromProcess() with { Environment = _ => null });

        var report = DecideStep.ReportOf(verdict, null, SampleVerdicts.Context, inputs);
        var word = report.Outputs.Single(output => output.Name == "verdict").Value;

        Assert.That(JsonNode.Parse(VerdictJsonTests.Write(verdict))!["state"]!.GetValue<string>(), Is.EqualTo(word));
        Assert.That(File.ReadAllText(Path.Combine(TestFiles.Repository, "action.yml")), Does.Contain($"`{word}`"));
    }

    private static VerdictState[] States() => Enum.GetValues<VerdictState>();

    [Test]
    public void Every_input_that_is_declared_is_in_the_list_once()
    {
        var declared = typeof(ActionInput).GetFields().Select(field => field.GetValue(null)).OfType<ActionInput>().ToArray();

        Assert.That(ActionInput.All, Is.EqualTo(declared));
        Assert.That(declared.Select(input => input.Name), Is.Unique);
    }

    [Test]
    public void Every_default_is_one_of_the_words_if_there_are_words() =>
        Assert.That(
            ActionInput.All.Where(input => input is { Words: [_, ..], Default: { } value } && !input.Words.Contains(value)),
            Is.Empty);

    [Test]
    public void Every_default_is_what_is_read_if_nothing_is_given()
    {
        var given = ActionInput.All.Where(input => input.OwnDefault is not null)
            .ToDictionary(input => $"INPUT_{input.Name.ToUpperInvariant()}", input => input.OwnDefault);

        var inputs = Inputs.From(Shell.FromProcess() with { Environment = _ => null });

        Assert.That(inputs with { Only = [] }, Is.EqualTo(
            Inputs.From(Shell.FromProcess() with { Environment = given.GetValueOrDefault }) with { Only = [] }));
    }

    private static void Compare(string file, Func<string, string> written)
    {
        var path = Path.Combine(TestFiles.Repository, file);
        Snapshot.MatchFile(written(File.ReadAllText(path)), path, Path.ChangeExtension(path, ".received" + Path.GetExtension(path)));
    }
}
