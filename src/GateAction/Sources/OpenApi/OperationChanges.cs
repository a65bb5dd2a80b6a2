using System.Globalization;
using System.Text.Json.Nodes;
using GateAction.Sources.OpenApi.Schemas;

namespace GateAction.Sources.OpenApi;

/// <summary>The changes of one operation: what a client sends is a request, what it reads a response.</summary>
internal sealed class OperationChanges(ApiOperation before, ApiOperation after, SchemaWalk walk, ApiChanges changes, string place)
{
    private readonly SchemaChanges _request = new(SchemaUse.Request, walk, place);

    public void Compare()
    {
        new SecurityChanges(changes, place).Compare(before.Security, after.Security);
        CompareParameters();
        CompareBody();
        new ResponseChanges(walk, changes, place).Compare(before.Responses, after.Responses);
        foreach (var old in before.Callbacks)
        {
            var name = $"{place}: callback '{old.Name}'";
            if (CallbackLike(old) is { } same)
                new SentRequestChanges(walk, changes, name).Compare(old.Operation, same.Operation);
            else
                changes.Add(ApiRules.CallbackRemoved, place, $"callback '{old.Name}': {old.Operation.Name} is no longer sent");
        }
    }

    // The address is an expression that may be written in another way: where there is one callback of a name, that is it.
    private ApiCallback? CallbackLike(ApiCallback old)
    {
        ApiCallback[] named = [.. after.Callbacks.Where(now => now.Name == old.Name && now.Operation.Method == old.Operation.Method)];
        return named.FirstOrDefault(now => now.Operation.Path == old.Operation.Path) ?? (named.Length == 1 ? named[0] : null);
    }

    private void CompareParameters()
    {
        var (known, now) = (KeysOf(before), KeysOf(after));
        var moved = new HashSet<string>();
        foreach (var (key, old) in known.Where(parameter => !now.ContainsKey(parameter.Key)))
        {
            var elsewhere = now.FirstOrDefault(other => !known.ContainsKey(other.Key)
                && other.Value.Name.Equals(old.Name, StringComparison.OrdinalIgnoreCase));
            // Each new one takes up one old one: of two that are gone only one can have moved there.
            if (elsewhere.Value is { } found && moved.Add(elsewhere.Key))
                changes.Add(ApiRules.ParameterMoved, place, $"parameter '{old.Name}' moved from {old.In} to {found.In}");
            else
                changes.Add(ApiRules.ParameterRemoved, place, $"parameter '{old.Name}' in {old.In} was removed");
        }
        foreach (var (key, parameter) in now)
        {
            if (known.TryGetValue(key, out var old))
                Compare(old, parameter, $"parameter '{parameter.Name}' in {parameter.In}");
            else if (parameter.IsRequired && !moved.Contains(key))
                changes.Add(ApiRules.ParameterAdded, place, $"new required parameter '{parameter.Name}' in {parameter.In}");
        }
    }

    private void Compare(ApiParameter old, ApiParameter now, string name)
    {
        if (now.IsRequired && !old.IsRequired)
            changes.Add(ApiRules.ParameterRequired, place, $"{name} became required");
        // In a path the styles label and matrix write something before a single value too ('.5', ';id=5', RFC 6570).
        // Elsewhere a style only says how several are joined.
        var (types, scalar) = (walk.Before.TypesOf(old.Schema) & walk.After.TypesOf(now.Schema), now.In == "path");
        var isWritten = old.Media?.Essence == now.Media?.Essence
            && (old.Style == now.Style || (!scalar && (types & (SchemaTypes.Array | SchemaTypes.Object)) == 0 && old.Media is null))
            && (old.Explodes == now.Explodes || (types & (SchemaTypes.Array | SchemaTypes.Object)) == 0);
        if (!isWritten)
            changes.Add(ApiRules.ParameterStyle, place, $"{name} was written as {Shown(old)} and is now {Shown(now)}");
        if ((old.AllowsReserved && !now.AllowsReserved) || (old.AllowsEmpty && !now.AllowsEmpty))
            changes.Add(ApiRules.ParameterCharacters, place,
                $"{name} no longer allows {(old.AllowsEmpty && !now.AllowsEmpty ? "an empty value" : "reserved characters")}");
        CompareDefaults(DefaultOf(old.Schema, walk.Before.Resolver), DefaultOf(now.Schema, walk.After.Resolver), name);
        _request.Compare(name, old.Schema, now.Schema, now.Media?.Notation ?? SchemaNotation.Text);
    }

    private void CompareDefaults(string? old, string? now, string name)
    {
        if (old == now)
            return;
        // The same request means another thing now. A default that is new may only write down what always was so.
        if (old is not null && now is not null)
            changes.Add(ApiRules.ParameterDefault, place, $"{name} was {old} where it is left out and is now {now}");
        else
            changes.Add(ApiRules.ParameterDefaultSet, place,
                now is null ? $"{name} no longer has the default {old}" : $"{name} has the default {now}");
    }

    private void CompareBody()
    {
        var (old, now) = (before.Body, after.Body);
        if (now is null)
        {
            if (old is not null)
                changes.Add(ApiRules.BodyRemoved, place, "the request body was removed");
            return;
        }
        if (old is null && now.IsRequired)
            changes.Add(ApiRules.BodyAdded, place, "a request body is now required");
        else if (old is { IsRequired: false } && now.IsRequired)
            changes.Add(ApiRules.BodyRequired, place, "the request body became required");
        foreach (var media in old?.Content ?? [])
        {
            // Who takes a range takes each type in it.
            if (MediaTypes.Find(now.Content, media) is { } same)
                new MediaChanges(_request, walk, changes, place).Compare("request body", media, same);
            else
                changes.Add(ApiRules.BodyMedia, place, $"the request body is no longer accepted as '{media.Type}'");
        }
    }

    private static string? DefaultOf(JsonNode? schema, ApiResolver resolver) =>
        (resolver.Follow(schema) as JsonObject)?["default"]?.ToJsonString();

    private static string Shown(ApiParameter parameter) =>
        parameter.Media is { } media ? $"'{media.Essence}'" : $"style {parameter.Style}{(parameter.Explodes ? ", exploded" : "")}";

    // Parameters in the path are told apart by their place: their names are no part of a request.
    private static Dictionary<string, ApiParameter> KeysOf(ApiOperation operation) =>
        operation.Parameters.GroupBy(parameter => KeyOf(operation, parameter)).ToDictionary(group => group.Key, group => group.First());

    private static string KeyOf(ApiOperation operation, ApiParameter parameter) => parameter.In switch
    {
        "path" => $"path {operation.Path.IndexOf($"{{{parameter.Name}}}", StringComparison.Ordinal) switch
        {
            < 0 => parameter.Name,
            var at => operation.Path[..at].Count(character => character == '{').ToString(CultureInfo.InvariantCulture),
        }}",
        "header" => $"header {parameter.Name.ToLowerInvariant()}",
        _ => $"{parameter.In} {parameter.Name}",
    };
}

/// <summary>Finds the media type that stands for another one.</summary>
internal static class MediaTypes
{
    // They say how the text is written down, not which of several formats it has.
    private static readonly string[] OfTransfer = ["charset", "boundary", "q"];

    /// <summary>The same one, with or without its parameters.</summary>
    public static ApiMedia? FindSame(IReadOnlyList<ApiMedia> content, ApiMedia media) =>
        content.FirstOrDefault(other => other.Type.Equals(media.Type, StringComparison.OrdinalIgnoreCase))
        ?? content.FirstOrDefault(other => other.Essence == media.Essence && !Differ(other.Type, media.Type));

    /// <summary>The same one, else a range that it lies in.</summary>
    public static ApiMedia? Find(IReadOnlyList<ApiMedia> content, ApiMedia media) =>
        // The closest one first, as OpenAPI wants it: text/plain before text/*, and that before */*.
        FindSame(content, media)
        ?? content.FirstOrDefault(other => IsRange(other.Essence) && other.Essence != "*/*" && IsIn(media.Essence, other.Essence))
        ?? content.FirstOrDefault(other => other.Essence == "*/*");

    /// <summary>True if a type is another one, or lies in it as in a range.</summary>
    public static bool IsIn(string essence, string range) =>
        range == "*/*" || (IsRange(range)
            ? essence.StartsWith(range[..^1], StringComparison.Ordinal)
            : essence == range);

    private static bool IsRange(string essence) => essence.EndsWith("/*", StringComparison.Ordinal);

    // application/json; version=1 is not what application/json; version=2 is.
    private static bool Differ(string one, string other)
    {
        var known = ParametersOf(one).ToLookup(parameter => parameter.Name, parameter => parameter.Value);
        return ParametersOf(other).Any(parameter => known.Contains(parameter.Name) && !known[parameter.Name].Contains(parameter.Value));
    }

    private static IEnumerable<(string Name, string Value)> ParametersOf(string type) =>
        type.Split(';').Skip(1).Select(part => part.Split('=', 2, StringSplitOptions.TrimEntries)).Where(part => part.Length == 2)
            .Select(part => (part[0].ToLowerInvariant(), part[1].Trim('"'))).Where(part => !OfTransfer.Contains(part.Item1));
}

/// <summary>Credentials that were enough before and are not any more. Schemes are compared by what they ask for, not by their
/// names.</summary>
internal sealed class SecurityChanges(ApiChanges changes, string place)
{
    public void Compare(IReadOnlyList<IReadOnlyList<ApiScheme>> before, IReadOnlyList<IReadOnlyList<ApiScheme>> after)
    {
        // Each way in must stay open: a client may know only that one. Fewer credentials than before are enough too.
        foreach (var had in before.Where(had => !after.Any(needs => IsEnough(had, needs, countsScopes: true) && !IsElsewhere(had, needs))))
        {
            if (after.FirstOrDefault(needs => IsEnough(had, needs, countsScopes: true)) is { } elsewhere)
            {
                changes.Add(ApiRules.SecurityUrl, place, $"{Shown(elsewhere)} has another server: "
                    + string.Join(", ", UrlsOf(elsewhere).Except(UrlsOf(had)).Select(url => $"'{url}'")));
                continue;
            }
            if (after.FirstOrDefault(needs => IsEnough(had, needs, countsScopes: false)) is { } same)
            {
                var scopes = same.SelectMany(scheme => scheme.Scopes).Except(had.SelectMany(scheme => scheme.Scopes)).Distinct();
                changes.Add(ApiRules.SecurityScope, place,
                    $"{Shown(same)} now needs the scope {string.Join(", ", scopes.Select(scope => $"'{scope}'"))}");
            }
            else if (had.Count == 0)
            {
                changes.Add(ApiRules.SecurityAdded, place, $"was open to anyone and now needs {Shown(after)}");
            }
            else
            {
                changes.Add(ApiRules.SecurityChanged, place, $"{Shown(had)} is no longer enough; it needs {Shown(after)}");
            }
        }
    }

    private static bool IsEnough(IReadOnlyList<ApiScheme> had, IReadOnlyList<ApiScheme> needs, bool countsScopes) =>
        needs.All(need => had.Any(scheme =>
            scheme.Means == need.Means
            // Which of the flows a client uses nobody knows, so all of them must stay.
            && (need.Flows.Count == 0 || scheme.Flows.All(need.Flows.Contains))
            && (!countsScopes || need.Scopes.All(scheme.Scopes.Contains))));

    private static bool IsElsewhere(IReadOnlyList<ApiScheme> had, IReadOnlyList<ApiScheme> needs) =>
        UrlsOf(needs).Except(UrlsOf(had)).Any();

    private static IEnumerable<string> UrlsOf(IReadOnlyList<ApiScheme> schemes) => schemes.SelectMany(scheme => scheme.Urls);

    private static string Shown(IReadOnlyList<IReadOnlyList<ApiScheme>> alternatives) => string.Join(" or ", alternatives.Select(Shown));

    private static string Shown(IReadOnlyList<ApiScheme> schemes) => schemes.Count == 0 ? "nothing" : string.Join(" and ", schemes);
}
