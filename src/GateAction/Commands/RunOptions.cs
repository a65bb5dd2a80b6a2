using System.CommandLine;
using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.GitHub.Artifacts;
using GateAction.GitHub.Publishing;
using GateAction.Surroundings;
using GateAction.Terminal;

namespace GateAction.Commands;

/// <summary>The options of the main job; the action's inputs are the same, and an option given wins over its input.</summary>
internal sealed class RunOptions
{
    private readonly Dictionary<ActionInput, Option> _options =
        ActionInput.All.Where(input => input.IsOption).ToDictionary(input => input, OptionOf);

    /// <summary>No input of the action has this: there GitHub tells.</summary>
    private readonly Option<string[]?> _changed = new("--changed")
    {
        HelpName = "FILE",
        AllowMultipleArgumentsPerToken = true,
        Description = "The files that the change touches, for 'when: changed' where there is no GitHub to tell them; all of them, or none.",
    };

    private readonly Option<bool> _dryRun = new("--dry-run")
    { Description = "Show what would be measured, written and said; nothing is sent to a target, and nothing is written." };

    private readonly Option<bool> _quiet = new("--quiet") { Description = "Say the verdict in two lines and nothing else." };

    private readonly Option<bool> _verbose = new("--verbose")
    { Description = "Say each request with its time, each attempt and each wait, without what is secret." };

    private readonly Option<bool> _json = new(JsonAnswer.Option);

    private readonly Argument<string?> _manifest = new("MANIFEST")
    {
        Description = $"The manifest, in place of the option; '{InputOnce.Path}' reads it from the input.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>How much is said.</summary>
    /// <param name="document">The file that <c>--json</c> prints.</param>
    public void AddOutput(Command command, string document = "verdict.json")
    {
        command.Add(_quiet);
        command.Add(_verbose);
        _json.Description = $"Write {document} to standard output and nothing else.";
        command.Add(_json);
    }

    /// <summary>The surroundings with what these options say of the output.</summary>
    /// <exception cref="GateException">More than one of them is given.</exception>
    public Shell Around(Shell shell, ParseResult parse)
    {
        (Option<bool> Option, OutputMode Mode)[] all =
            [(_quiet, OutputMode.Quiet), (_verbose, OutputMode.Verbose), (_json, OutputMode.Json)];
        var given = all.Where(one => parse.GetResult(one.Option) is not null && parse.GetValue(one.Option)).ToArray();
        return given switch
        {
            [] => shell,
            // A line may hold what a server said: in a workflow's log it must not become a command to the runner.
            [{ Mode: OutputMode.Verbose }] => shell with
            {
                Output = OutputMode.Verbose,
                Trace = line => shell.Out.WriteLine(TerminalConsole.ForLog(shell, TerminalConsole.Plain(line, 1000))),
            },
            [var one] => shell with { Output = one.Mode },
            [var one, var other, ..] => throw new GateException(
                $"'{one.Option.Name}' and '{other.Option.Name}' contradict each other; give one of them"),
        };
    }

    public void AddMeasuring(Command command)
    {
        command.Add(_manifest);
        Add(command,
            ActionInput.Manifest, ActionInput.ManifestFrom, ActionInput.GitHubToken, ActionInput.ExtendsToken, ActionInput.Only,
            ActionInput.Timeout, ActionInput.Out);
        command.Add(_changed);
        command.Add(_dryRun);
    }

    public bool IsDryRun(ParseResult parse) => parse.GetValue(_dryRun);

    public void AddDeciding(Command command)
    {
        Add(command,
            ActionInput.Manifest, ActionInput.ManifestFrom, ActionInput.GitHubToken, ActionInput.ExtendsToken, ActionInput.Out,
            ActionInput.Baseline, ActionInput.ReportUrl);
        command.Add(_changed);
    }

    public void AddBaseline(Command command) => Add(command, ActionInput.Baseline);

    public void AddEvidence(Command command) => Add(command, ActionInput.Evidence);

    public void AddReportUrl(Command command) => Add(command, ActionInput.ReportUrl);

    /// <summary>What reads a manifest with all that it extends, without measuring.</summary>
    public void AddTokens(Command command) => Add(command, ActionInput.GitHubToken, ActionInput.ExtendsToken);

    /// <summary>The tokens that are given for it; what is given is a secret.</summary>
    public (string? Own, string? Other) ReadTokens(ParseResult parse, Shell shell)
    {
        var (own, other) = (Given(parse, ActionInput.GitHubToken), Given(parse, ActionInput.ExtendsToken));
        foreach (var token in new[] { own, other }.OfType<string>().Where(token => token.Length > 0))
            shell.Secrets.Add(token);
        return (own, other);
    }

    public void AddPublishing(Command command) => Add(
        command,
        ActionInput.Report, ActionInput.StatusName, ActionInput.Comment, ActionInput.Notify, ActionInput.Job, ActionInput.Summary,
        ActionInput.Annotations);

    public Inputs Read(ParseResult parse, Shell shell)
    {
        _ = ReadTokens(parse, shell);
        var changed = parse.GetResult(_changed) is null ? null : parse.GetValue(_changed);
        return Checked(Inputs.From(shell, input => Given(parse, input)) with { Changed = FilesIn(changed ?? []) });
    }

    /// <summary>Null if none is named.</summary>
    // A script passes what git lists as it stands: many lines in one argument, or an empty one if git failed. What is not known must not
    // say that the change concerns no gate.
    private static string[]? FilesIn(string[] given)
    {
        string[] files = [.. given.SelectMany(text => text.Split('\n')).Select(line => line.TrimEnd('\r'))
            .Where(line => !string.IsNullOrWhiteSpace(line))];
        return files.Length > 0 ? files : null;
    }

    /// <summary>The time for the whole measurement.</summary>
    /// <exception cref="GateException">The input is no duration.</exception>
    public static TimeSpan TimeoutOf(Inputs inputs) =>
        Syntax.DurationNotation.TryParse(inputs.Timeout, out var timeout) && timeout > TimeSpan.Zero ? timeout
        : throw new GateException($"'timeout' is '{inputs.Timeout}'; a duration above zero is accepted, as '90s' or '10m'");

    /// <summary>The same for what only waits that long; with an input that is no duration the run ends soon anyway.</summary>
    public static TimeSpan PatienceWith(Inputs inputs) =>
        Syntax.DurationNotation.TryParse(inputs.Timeout, out var timeout) && timeout > TimeSpan.Zero ? timeout : Watchdog.MostPauses;

    private static Inputs Checked(Inputs inputs) => inputs is { Notify: NotifyMode.Regression, Comment: CommentMode.Off }
        ? throw new GateException(
        "'notify' is 'regression' and 'comment' is 'off': the comment remembers whether the gate was met; choose another 'comment'")
        : inputs;

    private static Option OptionOf(ActionInput input)
    {
        var name = $"--{input.Name}";
        Option option = input switch
        {
            { IsSwitch: true } => new Option<bool?>(name),
            { IsRepeatable: true } => new Option<string[]?>(name) { HelpName = input.Value },
            _ => new Option<string?>(name) { HelpName = input.Value },
        };
        option.Description = Help(input);
        if (!input.IsSwitch && input.Words.Count > 0)
            option.CompletionSources.Add([.. input.Words]);
        return option;
    }

    private static string Help(ActionInput input)
    {
        var otherwise = input.OwnDefault ?? input.Without ?? input.Variable;
        return $"{input.Says}{(input.IsRepeatable ? "; repeatable" : "")}{(otherwise is null ? "" : $" (default: {otherwise})")}."
            .Replace('`', '\'');
    }

    private void Add(Command command, params ReadOnlySpan<ActionInput> inputs)
    {
        foreach (var input in inputs)
            command.Add(_options[input]);
    }

    /// <summary>As the input would be written; null if the command does not take the option, or it is not given.</summary>
    private string? Given(ParseResult parse, ActionInput input)
    {
        var option = AsOption(parse, input);
        if (input != ActionInput.Manifest || parse.GetResult(_manifest) is null || parse.GetValue(_manifest) is not { } argument)
            return option;
        if (argument.Trim().Length == 0)
            throw new GateException("the name of the manifest is empty; is a variable not set?");
        return option is null
            ? argument
            : throw new GateException($"two manifests are named, '{argument}' and '{option}'; run the gate once for each");
    }

    private string? AsOption(ParseResult parse, ActionInput input) => _options.GetValueOrDefault(input) switch
    {
        null => null,
        // Asking for the value of an option that the command does not know would throw.
        var option when parse.GetResult(option) is null => null,
        Option<bool?> option => parse.GetValue(option) is { } isOn ? isOn ? "true" : "false" : null,
        Option<string[]?> option => parse.GetValue(option) is { Length: > 0 } names ? string.Join('\n', names) : null,
        var option => parse.GetValue((Option<string?>)option) is { } text && text.Trim().Length == 0 ? NoneIn(input) : parse.GetValue(
            (Option<string?>)option),
    };

    /// <summary>A secret that is not set is passed as an empty text, and then there is no token. Any other empty text is a
    /// mistake.</summary>
    private static string? NoneIn(ActionInput input) => input == ActionInput.GitHubToken || input == ActionInput.ExtendsToken
        ? null
        : throw new GateException($"'--{input.Name}' is empty; is a variable not set? Leave it out, or write {input.Value}");
}

/// <summary><c>gate run</c>: measures, decides, reports; in a workflow it publishes.</summary>
internal static class RunCommand
{
    public static Command Create(Shell shell)
    {
        var options = new RunOptions();
        var command = new GateCommand(
            "run",
            "The main job: measures what the manifest asks for, decides and reports. In a GitHub workflow it comments and sets the "
            + "status, and takes the action's inputs (INPUT_…) for options not given.",
            GateCommand.OfVerdict);
        options.AddMeasuring(command);
        options.AddBaseline(command);
        options.AddEvidence(command);
        options.AddReportUrl(command);
        options.AddPublishing(command);
        options.AddOutput(command);
        command.SetAction(async (parse, cancellation) =>
            (int)await (options.IsDryRun(parse)
                ? DryRun.ShowAsync(options.Around(shell, parse), options.Read(parse, shell), isJudged: true, cancellation)
                : RunAsync(options.Around(shell, parse), options.Read(parse, shell), cancellation)));
        return command;
    }

    /// <summary>The container of the action always starts with <c>run</c>: which command is meant its input says.</summary>
    private static Task<ExitCode> RunAsync(Shell shell, Inputs inputs, CancellationToken cancellation) => inputs.Command switch
    {
        ActionCommand.Collect when inputs.Evidence is not null => throw new GateException(
            "'evidence' is given, and 'command' is 'collect', which measures: leave 'evidence' out, or let 'decide' or 'publish' read it"),
        ActionCommand.Collect => CollectCommand.CollectAsync(shell, inputs, cancellation),
        ActionCommand.Decide => DecideCommand.DecideAsync(shell, inputs, EvidenceIn(inputs), cancellation),
        ActionCommand.Publish => PublishCommand.PublishAsync(shell, inputs, EvidenceIn(inputs), cancellation),
        ActionCommand.Run => new GateRun(shell, inputs).RunAsync(cancellation),
    };

    /// <summary>A pattern may hold commas and a path spaces, so there is one a line. Null if it is the artifact of the run
    /// before.</summary>
    private static string[]? EvidenceIn(Inputs inputs)
    {
        if (inputs.Evidence is not { } text)
            throw new GateException(
                $"'command' is '{inputs.Command.Word()}', which decides on evidence: name its files with 'evidence', as in "
                + "'shares/**/evidence.json'");
        return ArtifactName.IsOne(text)
            ? null
            : text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }
}
