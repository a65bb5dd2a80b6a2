using System.Globalization;
using GateAction.Core.Model;
using GateAction.GitHub;
using GateAction.GitHub.Api;
using GateAction.GitHub.Publishing;

namespace GateAction.Surroundings;

/// <summary>
/// The inputs of the action and the variables of its job: the only place that reads <c>INPUT_*</c> and <c>GITHUB_*</c>. An input that is
/// empty counts as not given, as GitHub passes it.
/// </summary>
/// <param name="Job">Null outside a workflow.</param>
/// <param name="GitHubToken">The input <c>github-token</c>, else <c>GITHUB_TOKEN</c>; null if there is none.</param>
internal sealed record Inputs(
    string? Manifest,
    ManifestFrom? ManifestFrom,
    string? GitHubToken,
    ReportKind Report,
    CommentMode Comment,
    IReadOnlyList<string> Only,
    string? Baseline,
    string? Evidence,
    string Timeout,
    string Out,
    bool Summary,
    bool Annotations,
    ActionsJob? Job)
{
    private static readonly string[] TokenVariables =
        ["INPUT_GITHUB-TOKEN", "INPUT_EXTENDS-TOKEN", "GITHUB_TOKEN", "GH_TOKEN", "ACTIONS_RUNTIME_TOKEN",
        "ACTIONS_ID_TOKEN_REQUEST_TOKEN"];

    /// <summary>What a step of the action does.</summary>
    public ActionCommand Command { get; init; }

    /// <summary>The input <c>status-name</c>: the pattern of the status's name; null for the gate's own.</summary>
    public string? StatusName { get; init; }

    /// <summary>The input <c>report-url</c>; null if it is not given.</summary>
    public string? ReportUrl { get; init; }

    /// <summary>The input <c>extends-token</c>, which reads other repositories; null if it is not given.</summary>
    public string? ExtendsToken { get; init; }

    public NotifyMode Notify { get; init; }

    /// <summary>The files that the change touches, as the option <c>--changed</c> names them; null if it is not given.</summary>
    public IReadOnlyList<string>? Changed { get; init; }

    /// <summary>Throws a <see cref="GateException"/> for an input that is not accepted and for a job whose variables do not fit.</summary>
    /// <param name="option">What the command line gives for an input; null if it gives nothing.</param>
    public static Inputs From(Shell shell, Func<ActionInput, string?>? option = null)
    {
        string? Given(ActionInput input) => option?.Invoke(input) ?? Text(shell, input) ?? input.OwnDefault;
        T? Choice<T>(ActionInput input)
            where T : struct, Enum => Given(input) is { } text ? input.Choice<T>(text) : null;
        return new(
            Given(ActionInput.Manifest),
            Choice<ManifestFrom>(ActionInput.ManifestFrom),
            Given(ActionInput.GitHubToken),
            Choice<ReportKind>(ActionInput.Report)!.Value,
            Choice<CommentMode>(ActionInput.Comment)!.Value,
            Given(ActionInput.Only)?.Split([',', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [],
            Given(ActionInput.Baseline),
            Given(ActionInput.Evidence),
            Given(ActionInput.Timeout)!,
            Given(ActionInput.Out)!,
            Switch(ActionInput.Summary, Given(ActionInput.Summary)!),
            Switch(ActionInput.Annotations, Given(ActionInput.Annotations)!),
            shell.IsGitHubActions ? ReadJob(shell, Given(ActionInput.Job)) : null)
        {
            Command = Choice<ActionCommand>(ActionInput.Command)!.Value,
            StatusName = Given(ActionInput.StatusName),
            ExtendsToken = Given(ActionInput.ExtendsToken),
            ReportUrl = Given(ActionInput.ReportUrl) is { } address ? WebAddress(address) : null,
            Notify = Choice<NotifyMode>(ActionInput.Notify)!.Value,
        };
    }

    /// <summary>Where GitHub is and which repository is meant, also outside a workflow.</summary>
    public static (Uri ApiUrl, RepositoryName? Repository, string? Token, string? ExtendsToken) ReadPlace(Shell shell) => (
        ApiAddress(shell),
        Variable(shell, "GITHUB_REPOSITORY") is { } repository ? RepositoryName.Parse(repository) : null,
        Text(shell, ActionInput.GitHubToken),
        Text(shell, ActionInput.ExtendsToken));

    /// <summary>The job's tokens are secrets like those of the manifest, for each command: a server or a file may show them.</summary>
    public static void LearnTokens(Shell shell)
    {
        foreach (var name in TokenVariables)
        {
            if (Variable(shell, name) is { } token)
                shell.Secrets.Add(token);
        }
    }

    private static ActionsJob ReadJob(Shell shell, string? place) => new(
        ApiAddress(shell),
        Address(shell, "GITHUB_SERVER_URL", "https://github.com"),
        RepositoryName.Parse(Needed(shell, "GITHUB_REPOSITORY")),
        Needed(shell, "GITHUB_EVENT_NAME"),
        Variable(shell, "GITHUB_EVENT_PATH"),
        Needed(shell, "GITHUB_SHA"),
        Variable(shell, "GITHUB_REF") ?? "",
        Variable(shell, "GITHUB_ACTOR") ?? "",
        Whole(shell, "GITHUB_RUN_ID"),
        (int)Whole(shell, "GITHUB_RUN_ATTEMPT", 1),
        Variable(shell, "GITHUB_WORKFLOW_REF"),
        Variable(shell, "GITHUB_STEP_SUMMARY"),
        Variable(shell, "GITHUB_OUTPUT"),
        Variable(shell, "GITHUB_WORKSPACE") ?? shell.Directory)
    {
        Fields = new(input => Variable(shell, Passed(input))),
        BaseRef = Variable(shell, "GITHUB_BASE_REF"),
        HeadRef = Variable(shell, "GITHUB_HEAD_REF"),
        Place = JobPlace.Parse(place),
    };

    private static string? Variable(Shell shell, string name) =>
        shell.Environment(name) is { } value && value.Trim() is { Length: > 0 } text ? text : null;

    private static string? Text(Shell shell, ActionInput input) =>
        Variable(shell, Passed(input.Name)) ?? (input.Variable is { } name ? Variable(shell, name) : null);

    /// <summary>The variable by which the runner passes an input.</summary>
    private static string Passed(string input) => $"INPUT_{input.ToUpperInvariant()}";

    private static string Needed(Shell shell, string name) => Variable(shell, name)
        ?? throw new GateException(
        $"{name} is not set although GITHUB_ACTIONS is 'true': pass the job's variables on, or unset GITHUB_ACTIONS");

    private static long Whole(Shell shell, string name, long? otherwise = null) => Variable(shell, name) is not { } text
        // Needed throws: there is nothing to parse, and this is only how the sentence is said in one place.
        ? otherwise ?? long.Parse(Needed(shell, name), CultureInfo.InvariantCulture)
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new GateException($"{name} is '{text}'; it must be a whole number");

    // The token goes there. On loopback nobody listens in.
    private static Uri ApiAddress(Shell shell)
    {
        var address = Address(shell, "GITHUB_API_URL", "https://api.github.com");
        return address.Scheme == Uri.UriSchemeHttps || address.IsLoopback
            ? address
            : throw new GateException(
                $"GITHUB_API_URL is '{address}', and everybody on the way could read the token that goes there: an address that begins "
                + "with 'https://' is accepted");
    }

    private static Uri Address(Shell shell, string name, string otherwise) =>
        Uri.TryCreate(Variable(shell, name) ?? otherwise, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http"
            ? uri
            : throw new GateException($"{name} is '{Variable(shell, name)}'; it must be an address such as '{otherwise}'");

    private static string WebAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && uri.UserInfo.Length == 0
            ? text
            : throw new GateException(
                $"'{ActionInput.ReportUrl.Name}' is '{text}'; an address such as 'https://reports.example.com/staging/report.html' is "
                + "accepted");

    private static bool Switch(ActionInput input, string text) => text.ToLowerInvariant() switch
    {
        "true" => true,
        "false" => false,
        _ => throw new GateException($"'{input.Name}' is '{text}'; accepted are 'true' and 'false'"),
    };
}
