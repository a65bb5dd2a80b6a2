using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace GateAction.Sources.OpenApi;

/// <summary>Where an API is.</summary>
/// <param name="Written">As the document writes it, without a slash at the end.</param>
/// <param name="Variables">Those in it, in their order.</param>
internal sealed partial record ApiServer(string Written, IReadOnlyList<ApiServerVariable> Variables)
{
    // Variables multiply: three of ten values each make a thousand servers.
    private const int MaxValues = 50;

    /// <summary>With the defaults of its variables.</summary>
    public string Url => With(Variables.Select(variable => variable.Default)).Written;

    /// <summary>Its path, without a slash at the end.</summary>
    public string Path => Absolute is { } absolute ? absolute.AbsolutePath.TrimEnd('/') : Url.StartsWith('/') ? Url : "";

    /// <summary>Scheme, host and port; empty where it is relative to the document.</summary>
    public string Origin => Absolute?.GetLeftPart(UriPartial.Authority) ?? "";

    /// <summary>The same for servers that differ in the names of their variables only.</summary>
    public string Shape => Variable().Replace(Written, "{}");

    private Uri? Absolute =>
        // On Linux .NET takes '/v1' for an absolute URI as well (file:///v1).
        Url.Contains("://", StringComparison.Ordinal) && Uri.TryCreate(Url, UriKind.Absolute, out var absolute) ? absolute : null;

    /// <summary>Each server that the listed values of its variables make; of one that may be anything, the default stands for
    /// all.</summary>
    public IEnumerable<ApiServer> Each()
    {
        IEnumerable<IEnumerable<string>> all = [[]];
        foreach (var variable in Variables)
            all = [.. all.SelectMany(values => (variable.Values ?? [variable.Default]).Select(value => values.Append(value)))
                .Take(MaxValues)];
        return all.Select(With);
    }

    /// <summary>Null where there are none: then those further out count.</summary>
    public static ApiServer[]? In(JsonObject owner) =>
        owner["servers"] is JsonArray { Count: > 0 } list ? [.. list.OfType<JsonObject>().Select(Of)] : null;

    private static ApiServer Of(JsonObject server)
    {
        var (url, variables) = (server.TextAt("url") ?? "", server["variables"] as JsonObject ?? []);
        return new(url.TrimEnd('/'),
        [
            .. Variable().Matches(url).Select(match => match.Value[1..^1]).Select(name => variables[name] is JsonObject known
                ? new ApiServerVariable(name, known["default"]?.ToString() ?? "",
                    known["enum"] is JsonArray values ? [.. values.Select(value => value?.ToString() ?? "")] : null)
                : new(name, $"{{{name}}}", null)),
        ]);
    }

    private ApiServer With(IEnumerable<string> values)
    {
        using var next = values.GetEnumerator();
        return new(Variable().Replace(Written, match => next.MoveNext() ? next.Current : match.Value).TrimEnd('/'), []);
    }

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Variable();
}

/// <param name="Values">Null if it may be anything.</param>
internal sealed record ApiServerVariable(string Name, string Default, IReadOnlyList<string>? Values);

/// <summary>The servers that are gone. One that is relative, or not given, is where the document came from.</summary>
internal sealed class ServerChanges(ApiChanges changes, bool comparesHosts)
{
    public void Compare(string place, IReadOnlyList<ApiServer> before, IReadOnlyList<ApiServer> after)
    {
        ApiServer[] now = [.. after.SelectMany(server => server.Each())];
        foreach (var old in before)
        {
            if (old.Variables.Count > 0 && after.FirstOrDefault(server => server.Shape == old.Shape) is { } same)
                CompareVariables(place, old, same, now);
            else
                foreach (var one in old.Each())
                    Compare(place, one, now);
        }
    }

    private void Compare(string place, ApiServer old, ApiServer[] after)
    {
        if (after.Any(now => IsSame(now, old)))
            return;
        var isOtherHost = after.Any(now => now.Path == old.Path);
        // It was wherever the document came from, and is written out now: that is no other place as far as anybody can tell.
        if (isOtherHost && old.Origin.Length == 0)
            return;
        changes.Add(
            // A server that is relative now may be the very host that is gone, so that is no more than a warning.
            isOtherHost && !(comparesHosts && after.All(now => now.Origin.Length > 0)) ? ApiRules.ServerHost : ApiRules.ServerRemoved,
            place, $"'{Shown(old)}' was removed; there is {string.Join(", ", after.Take(3).Select(server => $"'{Shown(server)}'"))}");
    }

    private void CompareVariables(string place, ApiServer before, ApiServer after, ApiServer[] all)
    {
        // Servers of one shape have as many variables at the same places; only their names may differ.
        foreach (var (old, now) in before.Variables.Zip(after.Variables).Where(pair => pair.Second.Values is not null))
        {
            if (old.Values is null)
                changes.Add(ApiRules.ServerVariable, place,
                    $"'{Shown(before)}' takes only {string.Join(", ", now.Values!.Select(value => $"'{value}'"))} for '{now.Name}'");
            foreach (var gone in (old.Values ?? []).Except(now.Values!))
            {
                // Another server may be what the value stood for.
                var rest = before with
                { Variables = [.. before.Variables.Select(other => other == old ? old with { Values = [gone] } : other)] };
                if (!rest.Each().All(one => all.Any(server => IsSame(server, one))))
                    changes.Add(ApiRules.ServerVariable, place, $"'{Shown(before)}' no longer takes '{gone}' for '{old.Name}'");
            }
        }
    }

    private static bool IsSame(ApiServer one, ApiServer other) =>
        // A host has no case (RFC 3986, 6.2.2.1), a path has.
        one.Path == other.Path && one.Origin.Equals(other.Origin, StringComparison.OrdinalIgnoreCase);

    private static string Shown(ApiServer server) => server.Url.Length == 0 ? "/" : server.Url;
}
