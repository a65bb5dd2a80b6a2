using System.CommandLine;
using GateAction.Core.Model;
using GateAction.GitHub;
using GateAction.GitHub.Publishing;
using GateAction.Surroundings;

namespace GateAction.Commands;

/// <summary>The options of the main job; the action's inputs are the same, and an option given wins over its input.</summary>
internal sealed class RunOptions
{
    private readonly Option<string?> _manifest = Text("--manifest", "FILE", "The manifest; else .github/gate.yml, else gate.yml.");

    private readonly Option<string?> _manifestFrom = Text("--manifest-from", "base|head|workspace",
        "Where a workflow reads the manifest: from the base branch (default on a pull request), the judged commit, or the checkout.");

    private readonly Option<string?> _token = Text("--github-token", "TOKEN", "The token for GitHub's API; else GITHUB_TOKEN.");

    private readonly Option<string?> _report =
        Text("--report", "status|check|both", "How the verdict is set on the commit (default: status).");

    private readonly Option<string?> _statusName = Text("--status-name", "PATTERN",
        "What the status is called, with {name} and {base} (default: gate/NAME, and 'gate/NAME: BASE' for what goes elsewhere than to the "
        + "default branch).");

    private readonly Option<string?> _comment =
        Text("--comment", "always|on-change|on-problem|off", "When the comment is written (default: always).");

    private readonly Option<string?> _notify = Text(
        "--notify", "regression|off", "Write a short new comment when a gate that was met is not any more (default: off).");

    private readonly Option<string?> _job = Text(
        "--job", "NAME[/INDEX[/CHECK-RUN]]",
        "Which job of its run this is; two jobs that speak under one name are told apart by it (default: GITHUB_JOB).");

    private readonly Option<string[]?> _only = new("--only")
    { HelpName = "NAMES", Description = "Measure these probes and result sets and no others; repeatable, comma-separated." };

    private readonly Option<string?> _baseline =
        Text("--baseline", "FILE|artifact[:NAME][@RUNS]",
        "What 'baseline' in conditions reads: an evidence file, or that of the base branch's last successful runs.");

    private readonly Option<string?> _evidence =
        Text("--evidence", "artifact[:NAME]", "On 'workflow_run': decide on what the run before measured, instead of measuring.");

    private readonly Option<string?> _timeout = Text("--timeout", "DURATION", "Time for the whole measurement, as '10m' (default: 30m).");

    private readonly Option<string?> _out = Text("--out", "FOLDER", "Where the report files go (default: gate-report).");

    private readonly Option<bool?> _summary = new("--summary") { Description = "Write the job summary (default: true)." };

    private readonly Option<bool?> _annotations = new("--annotations") { Description = "Write workflow annotations (default: true)." };

    public void AddMeasuring(Command command)
    {
        command.Add(_manifest);
        command.Add(_manifestFrom);
        command.Add(_token);
        command.Add(_only);
        command.Add(_timeout);
        command.Add(_out);
    }

    public void AddDeciding(Command command)
    {
        command.Add(_manifest);
        command.Add(_manifestFrom);
        command.Add(_token);
        command.Add(_out);
        AddBaseline(command);
    }

    public void AddBaseline(Command command) => command.Add(_baseline);

    public void AddEvidence(Command command) => command.Add(_evidence);

    public void AddToken(Command command) => command.Add(_token);

    public void AddPublishing(Command command)
    {
        command.Add(_report);
        command.Add(_statusName);
        command.Add(_comment);
        command.Add(_notify);
        command.Add(_job);
        command.Add(_summary);
        command.Add(_annotations);
    }

    public Inputs Read(ParseResult parse, Shell shell)
    {
        var inputs = Inputs.From(shell);
        if (Given(parse, _token) is { } token)
            shell.Secrets.Add(token);
        return Checked(inputs with
        {
            Manifest = Given(parse, _manifest) ?? inputs.Manifest,
            ManifestFrom = Choice<ManifestFrom>(parse, _manifestFrom) ?? inputs.ManifestFrom,
            GitHubToken = Given(parse, _token) ?? inputs.GitHubToken,
            Report = Choice<ReportKind>(parse, _report) ?? inputs.Report,
            StatusName = Given(parse, _statusName) ?? inputs.StatusName,
            Comment = Choice<CommentMode>(parse, _comment) ?? inputs.Comment,
            Job = Given(parse, _job) is { } job && inputs.Job is { } known ? known with { Place = JobPlace.Parse(job) } : inputs.Job,
            Notify = Choice<NotifyMode>(parse, _notify) ?? inputs.Notify,
            Only = Given(parse, _only) is { Length: > 0 } only ? [.. only.SelectMany(Names)] : inputs.Only,
            Baseline = Given(parse, _baseline) ?? inputs.Baseline,
            Evidence = Given(parse, _evidence) ?? inputs.Evidence,
            Timeout = Given(parse, _timeout) ?? inputs.Timeout,
            Out = Given(parse, _out) ?? inputs.Out,
            Summary = Given(parse, _summary) ?? inputs.Summary,
            Annotations = Given(parse, _annotations) ?? inputs.Annotations,
        });
    }

    /// <summary>The time for the whole measurement.</summary>
    public static TimeSpan TimeoutOf(Inputs inputs) =>
        inputs.Timeout is not { } text ? TimeSpan.FromMinutes(30)
        : Syntax.DurationNotation.TryParse(text, out var timeout) && timeout > TimeSpan.Zero ? timeout
        : throw new GateException($"'timeout' is '{text}'; a duration above zero is accepted, as '90s' or '10m'");

    private static Inputs Checked(Inputs inputs) => inputs is { Notify: NotifyMode.Regression, Comment: CommentMode.Off }
        ? throw new GateException(
        "'notify' is 'regression' and 'comment' is 'off': the comment remembers whether the gate was met; choose another 'comment'")
        : inputs;

    private static Option<string?> Text(string name, string value, string description) =>
        new(name) { HelpName = value, Description = description };

    private static string[] Names(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    // A command that does not take an option does not know it, and asking for its value would throw.
    private static T? Given<T>(ParseResult parse, Option<T?> option) => parse.GetResult(option) is null ? default : parse.GetValue(option);

    private static T? Choice<T>(ParseResult parse, Option<string?> option)
        where T : struct, Enum => Given(parse, option) is { } text ? Inputs.ParseChoice<T>(option.Name.TrimStart('-'), text) : null;
}
