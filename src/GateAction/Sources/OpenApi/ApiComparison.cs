using GateAction.Cel.Values;
using GateAction.Sources.OpenApi.Schemas;

namespace GateAction.Sources.OpenApi;

/// <summary>What became of an API: operations by name, and each change that can disturb a client that worked before, in one line.</summary>
/// <param name="Unread">Why not everything could be compared; empty if everything was.</param>
/// <param name="Compared">How many operations there were to compare, of both documents.</param>
internal sealed record ApiComparison(
    IReadOnlyList<string> Added, IReadOnlyList<string> Removed, ApiChanges Changes, IReadOnlyList<string> Unread, int Compared)
{
    public IEnumerable<string> Breaking => Changes.Of(ApiLevel.Breaking).Select(change => change.Text);

    /// <summary>The breaking changes first.</summary>
    public IEnumerable<ApiChange> InOrder => Changes.Of(ApiLevel.Breaking).Concat(Changes.Of(ApiLevel.Warning));

    /// <summary>As <see cref="InOrder"/>, each with what the manifest makes of it.</summary>
    public IEnumerable<(ApiChange Change, ApiLevel Level)> Graded => InOrder.Select(change => (change, Changes.LevelOf(change.Rule)));

    public IEnumerable<string> Warnings => Changes.Of(ApiLevel.Warning).Select(change => change.Text);
}

/// <summary>Compares two documents: an earlier one that clients know, and a later one that they meet.</summary>
/// <param name="filter">The operations that are looked at.</param>
/// <param name="comparesHosts">False if the documents come from two places, whose hosts differ by nature.</param>
internal sealed class ApiComparer(ApiFilter filter, IReadOnlyDictionary<string, ApiLevel> levels, bool comparesHosts, DateOnly today)
{
    private readonly ApiChanges _changes = new(levels);

    public ApiComparison Compare(ApiDocument before, ApiDocument after)
    {
        var (old, now) = (filter.Of(before), filter.Of(after));
        var walk = new SchemaWalk(before.Schemas, after.Schemas, _changes);
        // Documents differ in where they write a common path: in `servers`, or in front of each path. Both ways are tried.
        var prefixed = PairsOf(before, after, before.BasePath, after.BasePath);
        var plain = PairsOf(before, after, "", "");
        // A path that moves from the server's address into the operations' leaves every URL as it was.
        var movesPath = before.BasePath != after.BasePath
            && prefixed.Count(pair => pair.After is not null) > plain.Count(pair => pair.After is not null);
        var pairs = movesPath ? prefixed : plain;
        string[] removed = [.. pairs.Where(pair => pair.After is null).Select(pair => pair.Before.Name)];
        var kept = pairs.Where(pair => pair.After is not null).Select(pair => pair.After!).ToHashSet(ReferenceEqualityComparer.Instance);
        foreach (var (operation, _) in pairs.Where(pair => pair.After is null))
            Remove(operation);
        // A path that moved would be said to be gone from the servers, though no URL changed.
        if (!movesPath && old.Count > 0)
            new ServerChanges(_changes, comparesHosts).Compare("servers", before.Servers, after.Servers);
        foreach (var (earlier, later) in pairs)
        {
            if (later is null)
                continue;
            // By reference: operations without servers of their own hold the document's list, which is compared once above.
            if (!movesPath && (earlier.Servers != before.Servers || later.Servers != after.Servers))
                new ServerChanges(_changes, comparesHosts).Compare(later.Name, earlier.Servers, later.Servers);
            new OperationChanges(earlier, later, walk, _changes, later.Name).Compare();
        }
        // A filter names operations by their paths; a webhook has none, so under a filter nobody asked for it.
        if (filter.IsEmpty)
            CompareWebhooks(before.Webhooks, after.Webhooks, walk);
        return new(
            [.. now.Where(operation => !kept.Contains(operation)).Select(operation => operation.Name)],
            removed,
            _changes,
            [.. before.Unread.Concat(after.Unread).Concat(_changes.Unread).Distinct()],
            old.Count + now.Count + (filter.IsEmpty ? before.Webhooks.Count + after.Webhooks.Count : 0));
    }

    private void Remove(ApiOperation operation)
    {
        // On the announced day itself clients may still call.
        if (operation is { IsDeprecated: true, Sunset: { } sunset } && sunset < today)
            _changes.Add(ApiRules.OperationSunset, operation.Name,
                $"the operation was removed after {UnitText.Date(sunset)}, the day it was announced for");
        else
            _changes.Add(ApiRules.OperationRemoved, operation.Name, "the operation was removed");
    }

    private void CompareWebhooks(IReadOnlyList<ApiOperation> before, IReadOnlyList<ApiOperation> after, SchemaWalk walk)
    {
        foreach (var old in before)
        {
            if (after.FirstOrDefault(hook => hook.Name == old.Name) is { } now)
                new SentRequestChanges(walk, _changes, $"webhook {old.Path}").Compare(old, now);
            else
                _changes.Add(ApiRules.WebhookRemoved, $"webhook {old.Path}", $"{old.Method} is no longer sent");
        }
    }

    /// <summary>Each operation with the one of the same method and path, else with one whose path differs in the names of its parameters
    /// only.</summary>
    private List<(ApiOperation Before, ApiOperation? After)> PairsOf(ApiDocument before, ApiDocument after, string oldPath, string newPath)
    {
        var byName = after.Operations.ToLookup(operation => NameOf(operation, newPath));
        var byKey = after.Operations.ToLookup(operation => ApiOperation.KeyOf(NameOf(operation, newPath)));
        var exact = before.Operations.Select(operation => NameOf(operation, oldPath)).ToHashSet();
        // One that got another tag is still there, so the partners are sought among all.
        return
        [
            .. before.Operations.Select(operation => (operation, byName[NameOf(operation, oldPath)].FirstOrDefault()
                // Names of parameters are no part of a URL. But one that has an exact partner of its own is not taken away from it.
                ?? byKey[ApiOperation.KeyOf(NameOf(operation, oldPath))].FirstOrDefault(other => !exact.Contains(NameOf(other, newPath)))))
                .Where(pair => filter.Holds(pair.operation) || (pair.Item2 is { } partner && filter.Holds(partner))),
        ];
    }

    private static string NameOf(ApiOperation operation, string basePath) => $"{operation.Method} {basePath}{operation.Path}";
}
