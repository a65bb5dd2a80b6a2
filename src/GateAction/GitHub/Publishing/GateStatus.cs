using System.Globalization;
using System.Text.RegularExpressions;
using GateAction.GitHub.Api;
using GateAction.GitHub.Events;

namespace GateAction.GitHub.Publishing;

/// <summary>What one of a gate's words says of the run that it is about.</summary>
internal enum GateStatusKind
{
    /// <summary>The run has begun to judge: its place in the order.</summary>
    Begun,

    /// <summary>The run's <c>pending</c>, put back by an earlier run that had written over it; it tells nothing of the order.</summary>
    PutBack,

    Met,

    /// <summary>This job's own verdict is met, and it does not say success, because another job of the same run is not met or still
    /// measures.</summary>
    MetHere,

    Unmet,
}

/// <summary>
/// One status (or check run) that the gate's own account set on a commit under one name, for a run. Anybody with write access can set a
/// status of this name and write a run's address into it, so what another account set is no word.
/// </summary>
/// <param name="Id">GitHub's number of the status: later ones have higher ones, whatever the clock says.</param>
/// <param name="Job">As <see cref="JobPlace.Key"/>; null if it is not known.</param>
/// <param name="CheckRun">GitHub's number of the job's own check run; null if it is not known.</param>
internal sealed partial record GateStatus(long Id, GateStatusKind Kind, long RunId, int Attempt, string? Job, long? CheckRun, string Url,
    string Description)
{
    public const string Measuring = "measuring …";

    public const string OtherMeasures =
        "met here; another job of this run still measures under the same name: give each job's manifest its own 'name'";

    public const string OtherUnmet =
        "met here, but not in another job of this run under the same name: give each job's manifest its own 'name'";

    public const string LaterMeasures = "a run that began later still measures; an earlier one had spoken over it";

    public const string LaterMet = "a run that began later met it, and an earlier one spoke over it: re-run it";

    public bool IsEnd => Kind is GateStatusKind.Met or GateStatusKind.MetHere or GateStatusKind.Unmet;

    /// <summary>Null for a status that is not about a run.</summary>
    public static GateStatus? Read(CommitStatus status) => Of(
        status.Id, RunUrl().Match(status.TargetUrl ?? ""), status.TargetUrl ?? "", status.Description ?? "",
        KindOf(status.State, status.Description));

    /// <summary>
    /// A check run says that its run began, and, once completed, how it ended. Nothing for one that is not about a run, or that has given
    /// way.
    /// </summary>
    public static IEnumerable<GateStatus> Read(CheckRun check)
    {
        var name = RunName().Match(check.ExternalId ?? "");
        var (address, title) = (check.DetailsUrl ?? "", check.Title ?? "");
        // 'cancelled' is how this gate gives way itself; 'stale' is GitHub's own after 14 days.
        if (check.Conclusion is "cancelled" or "skipped" or "stale")
            yield break;
        if (check.Status == "completed" && Of(check.Id, name, address, title, KindOf(check.Conclusion ?? "", title)) is { } end)
            yield return end;
        // The check run that RiseAsync made: its run had begun before it, so its number says nothing of the order.
        if (!name.Groups["again"].Success && Of(check.Id, name, address, "", GateStatusKind.Begun) is { } begin)
            yield return begin;
    }

    private static GateStatus? Of(long id, Match run, string url, string description, GateStatusKind kind) => !run.Success ? null : new(
        id,
        kind,
        long.Parse(run.Groups["run"].Value, CultureInfo.InvariantCulture),
        int.Parse(run.Groups["attempt"].Value, CultureInfo.InvariantCulture),
        run.Groups["job"] is { Success: true } job ? job.Value : null,
        run.Groups["check"] is { Success: true } check ? long.Parse(check.Value, CultureInfo.InvariantCulture) : null,
        url,
        description);

    // The texts of a pending are all the gate's own; of a failure only this one is, and a verdict's description is never the same.
    private static GateStatusKind KindOf(string state, string? description) => (state, description) switch
    {
        ("pending" or "failure", OtherMeasures or OtherUnmet) => GateStatusKind.MetHere,
        ("pending", LaterMeasures or LaterMet) => GateStatusKind.PutBack,
        ("pending", _) => GateStatusKind.Begun,
        ("success", _) => GateStatusKind.Met,
        _ => GateStatusKind.Unmet,
    };

    [GeneratedRegex(@"/actions/runs/(?<run>\d{1,18})/attempts/(?<attempt>\d{1,9})(?:#(?<job>[^!]*)(?:!(?<check>\d{1,18}))?)?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex RunUrl();

    // GitHub gives a check run of a workflow's own token another address than the one that was asked for.
    [GeneratedRegex(@"\A(?<run>\d{1,18})/(?<attempt>\d{1,9})(?:#(?<job>[^!+]*)(?:!(?<check>\d{1,18}))?)?(?<again>\+)?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex RunName();
}

/// <summary>Where a gate's word goes.</summary>
/// <param name="Gate">The manifest's name of the gate, by which <see cref="StatusName"/> calls its status.</param>
internal sealed record GateTarget(ActionsJob Job, GateEvent Event, string Gate, ReportKind Report, CommentMode Comment)
{
    /// <summary>The input <c>status-name</c>; null for the gate's own names.</summary>
    public string? NamePattern { get; init; }

    /// <summary>
    /// For a job that decides again on what an earlier run measured: the number of the newest word it saw. It says no <c>pending</c>,
    /// because it measures nothing, and whoever speaks after that word knows more.
    /// </summary>
    public long? Place { get; init; }

    public string Context => StatusName.Of(NamePattern, Gate, Event.SpeaksFor, Event.DefaultBranch);

    public NotifyMode Notify { get; init; }

    /// <summary>With <c>report: both</c> a check run must not share the status's name: a required name would then be met by
    /// either.</summary>
    public string CheckName => Report == ReportKind.Both
        ? StatusName.Of(NamePattern, Gate, Event.SpeaksFor, Event.DefaultBranch, " (check)")
        : Context;
}

/// <summary>The account that the token writes as: by it the gate knows its own words and its comment among those of others.</summary>
internal sealed class OwnAccount(RepositoryApi? client)
{
    private bool _isKnown;

    /// <summary>Until it is told, that of a workflow's own token, as most are.</summary>
    public string Login { get; private set; } = "github-actions[bot]";

    /// <param name="login">What an answer told; null asks, unless it is known already.</param>
    public async Task LearnAsync(string? login, CancellationToken cancellation)
    {
        if (login is null && (_isKnown || client is null))
            return;
        try
        {
            Login = login ?? await client!.LoginAsync(cancellation);
        }
        catch (GitHubException)
        {
            // Neither answers every token, and the workflow's own is the likeliest.
        }
        _isKnown = true;
    }
}
