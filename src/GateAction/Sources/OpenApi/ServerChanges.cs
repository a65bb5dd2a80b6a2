namespace GateAction.Sources.OpenApi;

/// <summary>The servers that are gone. One that is relative, or not given, is where the document came from.</summary>
internal sealed class ServerChanges(ApiChanges changes, bool comparesHosts)
{
    public void Compare(string place, IReadOnlyList<ApiServer> before, IReadOnlyList<ApiServer> after)
    {
        foreach (var old in before)
        {
            var sameHost = after.Where(now => now.Origin.Equals(old.Origin, StringComparison.OrdinalIgnoreCase)).ToArray();
            if (sameHost.FirstOrDefault(now => now.Path == old.Path) is { } same)
                CompareVariables(place, old, same);
            else if (after.All(now => now.Path != old.Path))
                changes.Add(ApiRules.ServerRemoved, place, $"'{Shown(old)}' was removed; there is {Shown(after)}");
            else if (old.Origin.Length > 0)
                changes.Add(comparesHosts
                    && after.All(now => now.Origin.Length > 0) ? ApiRules.ServerRemoved : ApiRules.ServerHost, place,
                    $"'{Shown(old)}' was removed; there is {Shown(after)}");
        }
    }

    private void CompareVariables(string place, ApiServer before, ApiServer after)
    {
        foreach (var (name, values) in before.Variables)
        {
            foreach (var gone in after.Variables.TryGetValue(name, out var now) ? values.Except(now) : [])
                changes.Add(ApiRules.ServerVariable, place, $"'{Shown(before)}' no longer takes '{gone}' for '{name}'");
        }
    }

    private static string Shown(ApiServer server) => server.Url.Length == 0 ? "/" : server.Url;

    private static string Shown(IReadOnlyList<ApiServer> servers) =>
        string.Join(", ", servers.Take(3).Select(server => $"'{Shown(server)}'"));
}
