using GateAction.Sources.Processes;

namespace GateAction.Sources.Git;

/// <summary>
/// Runs git so that nothing of the repository it looks at is run with it (hooks, monitors, pagers, filters of other users' settings), and
/// so that it neither asks nor writes.
/// </summary>
internal sealed class GitCommand(ProbeContext context, string directory, TimeSpan timeout)
{
    private static readonly string[] Settings =
    [
        "--no-pager", "--no-optional-locks",
        // The container runs as root and the checkout belongs to the runner's user: git refuses that since 2.35.2 (CVE-2022-24765).
        "-c", "safe.directory=*", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.quotePath=false",
        "-c", "diff.external=", "-c", "protocol.allow=never", "-c", "gc.auto=0",
    ];

    private static readonly (string, string)[] Environment =
    [
        // Settings of the user and the machine are not read: an alias, a pager or a signing program of theirs could run.
        ("GIT_TERMINAL_PROMPT", "0"), ("GIT_CONFIG_NOSYSTEM", "1"), ("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_OPTIONAL_LOCKS", "0"),
        ("LC_ALL", "C"),
    ];

    private IReadOnlyList<string>? _withoutFilters;

    /// <summary>Throws <see cref="NoEvidenceException"/> if there is no git or it does not end in time.</summary>
    public async Task<ProcessResult> RunAsync(CancellationToken cancellation, params IReadOnlyList<string> arguments)
    {
        var environment = ProcessEnvironment.From(context.Shell, Environment);
        // Looked for first, for the sentence: how a program was not found differs from system to system.
        if (ProgramPath.Find("git", directory, environment.GetValueOrDefault("PATH")) is null)
            throw new NoEvidenceException(ProgramPath.NotFound("git", context.Shell.IsContainerAction));
        _withoutFilters ??= await WithoutFiltersAsync(environment, cancellation);
        return await RunAsync(environment, [.. Settings, .. _withoutFilters, .. arguments], cancellation);
    }

    /// <summary>The checkout's own settings may name programs that `status` would run over changed files (gitattributes(5),
    /// filter).</summary>
    private async Task<IReadOnlyList<string>> WithoutFiltersAsync(IReadOnlyDictionary<string, string> environment,
        CancellationToken cancellation)
    {
        var settings = await RunAsync(environment, [.. Settings, "config", "--null", "--name-only", "--get-regexp", @"^filter\."],
            cancellation);
        return [.. settings.Stdout.Text.Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(name => (string[])["-c", $"{name}="])];
    }

    private Task<ProcessResult> RunAsync(IReadOnlyDictionary<string, string> environment, IReadOnlyList<string> arguments,
        CancellationToken cancellation) =>
        new ProcessRun(new ProcessCall(["git", .. arguments], directory, environment, timeout), context.Time).RunAsync(cancellation);

    /// <summary>The output of a command that must succeed.</summary>
    public async Task<string> ReadAsync(string failure, CancellationToken cancellation, params IReadOnlyList<string> arguments)
    {
        var result = await RunAsync(cancellation, arguments);
        if (result.Stdout.IsCut)
            throw new NoEvidenceException($"{failure}: git lists more than {CapturedOutput.MaxBytes / 1024} KiB of paths");
        return result.ExitCode == 0 ? result.Stdout.Text : throw new NoEvidenceException($"{failure}: {FirstLine(result)}");
    }

    private static string FirstLine(ProcessResult result) =>
        result.Stderr.Text.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0)
        ?? $"git ended with status {result.ExitCode}";
}
