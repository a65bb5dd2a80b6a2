using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.GitHub;
using GateAction.GitHub.Publishing;

namespace GateAction.Surroundings;

/// <summary>
/// An input of the action, and the option of the command line that is the same. Each is declared here and nowhere else: <c>action.yml</c>,
/// the table of README and the help are made from it. Backticks mark what is written as it stands.
/// </summary>
/// <param name="Value">What help shows in place of a value, as <c>FILE</c>.</param>
/// <param name="Says">What it is for, without a full stop.</param>
internal sealed record ActionInput(string Name, string Value, string Says)
{
    public static readonly ActionInput Command = OneOf<ActionCommand>("command", "What the step does") with
    {
        Default = "run",
        IsOption = false,
        More = "`run` is the whole job; `collect` only measures and writes evidence; `decide` decides on the files that `evidence` names; "
            + "`publish` does so, comments and sets the status.",
        Page = "docs/cookbook.md#matrix",
    };

    public static readonly ActionInput Manifest = new("manifest", "FILE", "Path of the manifest in the repository")
    {
        Without = ManifestPaths.SaidInMarkdown,
    };

    public static readonly ActionInput ManifestFrom = OneOf<ManifestFrom>("manifest-from", "Which manifest judges") with
    {
        Without = "`base` if there is a base (pull requests, merge queues), else `head`",
        More = "`base` reads it from the tip of the branch that the change goes to, so that a change cannot weaken the gate that judges "
            + "it; "
            + "`head` from the commit that is judged; `workspace` from the checkout.",
    };

    public static readonly ActionInput GitHubToken = new(
        "github-token", "TOKEN", "Token that reads the manifest, comments and sets the status")
    {
        Default = "${{ github.token }}",
        Variable = "GITHUB_TOKEN",
        More = "The job needs `permissions: { contents: read, statuses: write, pull-requests: write }`, and `checks: write` for "
            + "`report: check`.",
    };

    public static readonly ActionInput ExtendsToken = new(
        "extends-token", "TOKEN", "Token that reads the files of other repositories which the manifest's `extends` names")
    {
        Without = "`github-token`, which reads what is public, and the repository of the workflow",
        More = "It needs `contents: read` there, and goes to GitHub's API alone.",
        Page = "docs/extends.md",
    };

    public static readonly ActionInput Report = OneOf<ReportKind>("report", "What carries the verdict on the commit") with
    {
        Default = "status",
        More = "`status` is a commit status `gate/NAME`, the one to require; `check` is a check run with annotations; `both` sets both, "
            + "under two names.",
    };

    public static readonly ActionInput StatusName = new("status-name", "PATTERN", "What the status is called, with `{name}` and `{base}`")
    {
        Without = "`gate/NAME` for what goes into the default branch, `gate/NAME: BASE` for every other base",
        More = "A pattern without `{base}` gives all bases one name: the word of a branch with a weaker manifest then meets the "
            + "requirement of a stronger one.",
        Page = "docs/github.md#the-name-of-the-status",
    };

    public static readonly ActionInput Comment = OneOf<CommentMode>("comment", "When the comment on the pull request is written") with
    {
        Default = "always",
        More = "`on-change`: if the verdict changed. `on-problem`: if something is wrong, and once more when it is mended.",
    };

    public static readonly ActionInput Notify = OneOf<NotifyMode>(
        "notify", "Whether a short new comment says that a gate which was met is not any more") with
    {
        Default = "off",
        More = "An edited comment notifies nobody.",
    };

    public static readonly ActionInput Job = new(
        "job", "NAME[/INDEX[/CHECK-RUN]]", "Which job of its run this is; the runner fills it, leave it alone")
    {
        Default = "${{ github.job }}/${{ strategy.job-index }}/${{ job.check_run_id }}",
        Variable = "GITHUB_JOB",
        More = "Two jobs of one run that speak under one name are told apart by it, and the worse verdict of the two stands.",
    };

    public static readonly ActionInput Only = new(
        "only", "NAMES", "Names of the probes and result sets to measure, separated by commas or lines")
    {
        IsRepeatable = true,
        Without = "everything is measured",
        More = "Criteria over the others are inconclusive.",
    };

    public static readonly ActionInput Baseline = new(
        "baseline", "FILE|artifact[:NAME][@RUNS]",
        "What `baseline` in conditions stands for: an evidence file, or by `artifact` that of the base branch's last successful run")
    {
        More = "A folder or a pattern stands for the median of the runs in it. `artifact` is what that run of this workflow uploaded as "
            + "`gate-report`; `artifact:NAME` is another name, `artifact:NAME@5` "
            + "the median of five runs. It needs `permissions: { actions: read }`.",
    };

    public static readonly ActionInput Evidence = new(
        "evidence", "artifact[:NAME]|FILES", "The evidence to decide on, instead of measuring")
    {
        More = "`artifact` is what the run before uploaded as `gate-report`, `artifact:NAME` another artifact of it; both are for "
            + "`workflow_run` and need `permissions: { actions: read }`, see examples/workflows/fork-publish.yml. For `command: decide` "
            + "and `publish` also files, folders and patterns, one a line, as `shares/**/evidence.json`.",
    };

    public static readonly ActionInput Timeout = new("timeout", "DURATION", "How long the whole measurement may take, such as `15m`")
    {
        Default = "30m",
        More = "What was not measured by then is inconclusive.",
    };

    public static readonly ActionInput Out = new("out", "FOLDER", "Folder for evidence, verdict and reports, below the workspace")
    {
        Default = "gate-report",
    };

    public static readonly ActionInput ReportUrl = new("report-url", "URL", "Where `report.html` will be to read, for the links to it")
    {
        Without = "they lead to the run, whose artifacts hold it",
        More = "The gate uploads nothing by itself: name the address that a later step of the workflow puts it at.",
    };

    public static readonly ActionInput Summary = Switch("summary", "Whether the report is written to the job's summary");

    public static readonly ActionInput Annotations = Switch(
        "annotations", "Whether problems of the manifest and criteria that are not met are annotated");

    public static readonly IReadOnlyList<ActionInput> All =
    [
        Command, Manifest, ManifestFrom, GitHubToken, ExtendsToken, Report, StatusName, Comment, Notify, Job, Only, Baseline, Evidence,
        Timeout, Out, ReportUrl, Summary,
        Annotations,
    ];

    /// <summary>The words that are accepted; empty if it is no choice.</summary>
    public IReadOnlyList<string> Words { get; private init; } = [];

    /// <summary>False for what the command line says by the command itself.</summary>
    public bool IsOption { get; private init; } = true;

    /// <summary>As an option it can stand alone, and then is true.</summary>
    public bool IsSwitch { get; private init; }

    /// <summary>As an option it can be given more than once.</summary>
    public bool IsRepeatable { get; private init; }

    /// <summary>What counts if it is not given. Only the runner can read an expression: as an option it then has none.</summary>
    public string? Default { get; private init; }

    /// <summary>What happens if it is not given, in words.</summary>
    public string? Without { get; private init; }

    /// <summary>The variable of the job that is read if it is not given.</summary>
    public string? Variable { get; private init; }

    /// <summary>Sentences for <c>action.yml</c>.</summary>
    public string? More { get; private init; }

    /// <summary>A page that says why.</summary>
    public string? Page { get; private init; }

    // Outside of the action nobody fills '${{ … }}' in.
    public string? OwnDefault => Default is ['$', ..] ? null : Default;

    /// <summary>Throws a <see cref="GateException"/> for a word that is none of them.</summary>
    public T Choice<T>(string text)
        where T : struct, Enum =>
        EnumWords.Of<T>(text, StringComparison.OrdinalIgnoreCase)
            ?? throw new GateException($"'{Name}' is '{text}'; accepted are {string.Join(", ", Words.Select(word => $"'{word}'"))}");

    private static ActionInput OneOf<T>(string name, string says)
        where T : struct, Enum
    {
        var words = EnumWords.All<T>();
        return new(name, string.Join('|', words), says) { Words = words };
    }

    private static ActionInput Switch(string name, string says) => new(name, "true|false", says)
    {
        Words = ["true", "false"],
        IsSwitch = true,
        Default = "true",
    };
}

/// <summary>What a step of the action can do: the commands that a workflow needs.</summary>
internal enum ActionCommand
{
    Run,
    Collect,
    Decide,
    Publish,
}
