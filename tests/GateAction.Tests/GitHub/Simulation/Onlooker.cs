using System.Text.Json.Nodes;
using GateAction.GitHub.Publishing;
using GateAction.StandIns.GitHub;
using GateAction.StandIns.GitHub.State;

namespace GateAction.Tests.GitHub.Simulation;

/// <summary>
/// Sees every request and knows what every run measured: says whenever a name shows success although the honest run that began last, as far
/// as the last look told, was not met.
/// </summary>
internal sealed class Onlooker(RepositoryState repository, IReadOnlyList<SimulatedRun> runs)
{
    public const string Account = "github-actions[bot]";

    private readonly Dictionary<long, SimulatedRun> _authors = [];

    public int Successes { get; private set; }

    /// <summary>What the branch's manifest asks: main takes no violation, a release fewer than ten.</summary>
    public static bool IsMet(SimulatedRun run, string name) => run.Violations < (name == "gate/staging" ? 1 : 10);

    /// <param name="newest">The number of the newest status when the request was done.</param>
    public void See(SimulatedRun run, RecordedRequest request, long newest)
    {
        if (request.Method == "POST" && request.Path.Contains("/statuses/", StringComparison.Ordinal))
            run.IsRefused = request.Status != 201;
        if (request.Status is not (200 or 201) || request.Answer is null)
            return;
        var isAnswered = request.Fault is null;
        if (request.Method == "GET" && request.Path.EndsWith("/statuses", StringComparison.Ordinal) && isAnswered)
            run.LookedAt = newest;
        if (request.Method != "POST" || !request.Path.Contains("/statuses/", StringComparison.Ordinal))
            return;
        var set = JsonNode.Parse(request.Answer!)!;
        var (id, name, state, description) =
            ((long)set["id"]!, (string)set["context"]!, (string)set["state"]!, (string)set["description"]!);
        _authors[id] = run;
        if (state == "pending" && description == GateStatus.Measuring)
        {
            run.Begins.TryAdd(name, id);
            run.LookedAt = Math.Max(run.LookedAt, id);
        }
        else
        {
            run.HasSpoken = true;
        }
        if (state == "success")
            (run.LookedAtSuccess, Successes) = (run.LookedAt, Successes + 1);
    }

    /// <summary>What is wrong on a commit; null if nothing is.</summary>
    public string? Accuse(string sha)
    {
        foreach (var name in repository.Statuses.Where(status => status.Sha == sha).Select(status => status.Context).Distinct())
        {
            var top = repository.Statuses.Where(status => (status.Sha, status.Context, status.Creator) == (sha, name, Account))
                .MaxBy(status => status.Id);
            if (top?.State == "success" && Accuse(top) is { } accusation)
                return $"{accusation}\n'{name}' on {sha[..7]}:\n{Tell(sha, name)}";
        }
        return null;
    }

    /// <summary>The run whose verdict a name must show when all is quiet; null if nobody that lived judged.</summary>
    public SimulatedRun? LastOf(string sha, string name, long until = long.MaxValue) =>
        runs.Where(run => run.Sha == sha && run.Begins.TryGetValue(name, out var begin) && begin <= until && !IsAbsent(run))
        .MaxBy(run => run.Begins[name]);

    public string Tell(string sha, string name) => string.Join('\n', repository.Statuses
        .Where(status => (status.Sha, status.Context) == (sha, name))
        .Select(status => $"  {status.Id} {status.State} by {status.Creator}: {status.Description} {status.TargetUrl?.Split("/runs/")[^1]}"
            + $"{(_authors.TryGetValue(status.Id, out var author) ? $" [{author}]" : "")}"));

    private string? Accuse(Status top)
    {
        if (!_authors.TryGetValue(top.Id, out var author))
            return "a success that nobody measured";
        // Who died or was refused after that look could mend nothing.
        var couldMend = author is { Task.IsCompleted: true, IsRefused: false, IsKilled: false };
        var until = couldMend ? author.LookedAt : author.LookedAtSuccess;
        if (LastOf(top.Sha, top.Context, until) is not { } last)
            return "a success after which nobody is left who measured";
        if (GroupOf(last, top.Context, until).FirstOrDefault(run => !IsMet(run, top.Context)) is { } unmet)
            return $"success, although {unmet} was not met; said by {author}, which had looked at {until}";
        return GroupOf(last, top.Context, until).FirstOrDefault(run => !run.HasSpoken) is { } silent
            ? $"success, although {silent} still measures"
            : null;
    }

    /// <summary>The jobs of a run that speak under one name.</summary>
    public IEnumerable<SimulatedRun> GroupOf(SimulatedRun last, string name, long until = long.MaxValue) => runs.Where(run => run == last
        || ((run.RunId, run.Attempt, run.Sha) == (last.RunId, last.Attempt, last.Sha) && run.Begins.TryGetValue(name, out var begin)
        && begin <= until));

    // A run that completed without a word counts as absent; one that gave way has a verdict.
    private static bool IsAbsent(SimulatedRun run) =>
        !run.HasSpoken && (run.IsKilled || (run.Task is { IsCompletedSuccessfully: true } ended && ended.Result == 4));
}
