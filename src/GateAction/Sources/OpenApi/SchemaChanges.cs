using Microsoft.OpenApi;

namespace GateAction.Sources.OpenApi;

/// <summary>Who sends the values: a client must be able to go on sending what it sent, and go on reading what it read.</summary>
internal enum SchemaUse
{
    Request,
    Response,
}

/// <summary>The changes of a schema that can break a client. Each pair of named schemas is compared once, so recursive types come to an end.</summary>
internal sealed class SchemaChanges(SchemaUse use)
{
    private const int MaxDepth = 24;
    private readonly HashSet<(string, string)> _compared = [];

    /// <param name="where">What is described: <c>request body</c>, <c>response 200</c>.</param>
    public IEnumerable<string> Find(string where, IOpenApiSchema? before, IOpenApiSchema? after) => Find(where, "", before, after, 0);

    private IEnumerable<string> Find(string where, string path, IOpenApiSchema? before, IOpenApiSchema? after, int depth)
    {
        if (before is null || after is null || depth > MaxDepth)
            return [];
        if (ApiShape.NameOf(before) is { } old && ApiShape.NameOf(after) is { } now && !_compared.Add((old, now)))
            return [];
        var (was, shape) = (ApiShape.Of(before), ApiShape.Of(after));
        var subject = path.Length == 0 ? where : $"{where}, '{path}'";
        return SchemaLimits.Find(use, subject, was, shape)
            .Concat(Properties(where, path, was, shape, depth))
            .Concat(Find(where, $"{path}[]", was.Items, shape.Items, depth + 1))
            .Concat(Alternatives(where, path, subject, was, shape, depth));
    }

    private IEnumerable<string> Properties(string where, string path, ApiShape before, ApiShape after, int depth)
    {
        string At(string name) => path.Length == 0 ? name : $"{path}.{name}";
        foreach (var name in after.Required.Where(name => use == SchemaUse.Request && !before.Required.Contains(name) && !IsReadOnly(after, name)))
            yield return before.Properties.ContainsKey(name) ? $"{where}, '{At(name)}' became required" : $"{where}, new required '{At(name)}'";
        foreach (var (name, old) in before.Properties)
        {
            if (after.Properties.TryGetValue(name, out var now))
            {
                if (use == SchemaUse.Response && before.Required.Contains(name) && !after.Required.Contains(name))
                    yield return $"{where}, '{At(name)}' may now be missing";
                foreach (var change in Find(where, At(name), old, now, depth + 1))
                    yield return change;
            }
            else if (use == SchemaUse.Response && !old.WriteOnly)
            {
                yield return $"{where}, '{At(name)}' was removed";
            }
            else if (use == SchemaUse.Request && after.IsClosed)
            {
                yield return $"{where}, '{At(name)}' is no longer accepted";
            }
        }
    }

    /// <summary>Of <c>oneOf</c> and <c>anyOf</c>, those of the same name are compared, and those without a name by their place.</summary>
    private IEnumerable<string> Alternatives(string where, string path, string subject, ApiShape before, ApiShape after, int depth)
    {
        var (old, now) = (Named(before.Alternatives), Named(after.Alternatives));
        if (use == SchemaUse.Request && now.Count > 0)
        {
            foreach (var name in old.Keys.Where(name => !now.ContainsKey(name)))
                yield return $"{subject} no longer accepts '{name}'";
        }
        if (use == SchemaUse.Response && old.Count > 0)
        {
            foreach (var name in now.Keys.Where(name => !old.ContainsKey(name)))
                yield return $"{subject} may now be '{name}'";
        }
        foreach (var name in old.Keys.Where(now.ContainsKey))
        {
            foreach (var change in Find(where, path, old[name], now[name], depth + 1))
                yield return change;
        }
    }

    private static Dictionary<string, IOpenApiSchema> Named(List<IOpenApiSchema> alternatives) =>
        alternatives.Select((schema, index) => (Name: ApiShape.NameOf(schema) ?? $"alternative {index + 1}", Schema: schema))
            .DistinctBy(alternative => alternative.Name)
            .ToDictionary(alternative => alternative.Name, alternative => alternative.Schema);

    private static bool IsReadOnly(ApiShape shape, string name) => shape.Properties.TryGetValue(name, out var property) && property.ReadOnly;
}
