using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace GateAction.Sources.OpenApi.Schemas;

/// <summary>What does not fit of the properties that are sent in those that are read.</summary>
internal sealed class ObjectChanges(SchemaChanges changes, SchemaShape sent, SchemaShape read, SchemaPlace at, int depth)
{
    private bool IsRequest => changes.Use == SchemaUse.Request;

    public void Compare()
    {
        CompareRequired();
        // From the side of the client: what it sends, or what it reads. A property that is new to it disturbs it in neither.
        if (IsRequest)
            foreach (var (name, own) in sent.Properties)
                CompareSent(name, own);
        else
            foreach (var (name, known) in read.Properties)
                CompareRead(name, known);
        // To a client that read a map, a property that has a name now is still a value of that map.
        if (!IsRequest && read.Others.Count > 0)
            foreach (var (name, own) in sent.Properties.Where(property => !read.Properties.ContainsKey(property.Key)))
                changes.Compare(own, read.Others, at.At(name), depth + 1);
        CompareOthers();
        ComparePatterns();
        // A name is always a text, also where nothing is said of names.
        if (read.PropertyNames.Count > 0)
            changes.Compare(sent.PropertyNames.Count > 0 ? sent.PropertyNames : [new JsonObject { ["type"] = "string" }],
                read.PropertyNames, at.With(" (names)"), depth + 1);
        CompareDependents();
    }

    private void CompareRequired()
    {
        foreach (var name in read.Required.Where(name => !IsSentAlways(name)))
        {
            if (IsRequest && !(read.Properties.TryGetValue(name, out var property) && changes.IsHidden(property, isSent: false)))
            {
                var wasHidden = sent.Properties.TryGetValue(name, out var own) && changes.IsHidden(own, isSent: true);
                changes.Add(ApiRules.Required, own is not null
                    && !wasHidden ? $"{at.Where}, '{at.At(name).Path}' became required" : $"{at.Where}, new required '{at.At(name).Path}'");
            }
            else if (!IsRequest && !(read.Properties.TryGetValue(name, out var known) && changes.IsHidden(known, isSent: false))
                && IsThere(name))
            {
                changes.Add(ApiRules.Required, $"{at.Where}, '{at.At(name).Path}' may now be missing");
            }
        }
    }

    private bool IsSentAlways(string name) =>
        sent.Required.Contains(name) && !(sent.Properties.TryGetValue(name, out var own) && changes.IsHidden(own, isSent: true));

    // One that is gone is said to be gone, once.
    private bool IsThere(string name) =>
        !read.Properties.ContainsKey(name) || (sent.Properties.TryGetValue(name, out var own) && !changes.IsHidden(own, isSent: true));

    /// <summary>A property that clients send.</summary>
    private void CompareSent(string name, List<JsonNode> own)
    {
        if (changes.IsHidden(own, isSent: true))
            return;
        var place = at.At(name);
        if (read.Properties.TryGetValue(name, out var target))
        {
            if (changes.IsHidden(target, isSent: false))
                changes.Add(ApiRules.PropertyReadOnly, $"{at.Where}, '{place.Path}' became readOnly");
            else
                changes.Compare(own, target, place, depth + 1);
        }
        else if (PatternFor(read, name) is { } pattern)
        {
            changes.Compare(own, read.PatternProperties[pattern], place, depth + 1);
        }
        else if (read.Others.Count > 0)
        {
            changes.Compare(own, read.Others, place, depth + 1);
        }
        else if (read.IsClosed)
        {
            changes.Add(ApiRules.PropertyRefused, $"{at.Where}, '{place.Path}' is no longer accepted");
        }
        else
        {
            changes.Add(ApiRules.Property, $"{at.Where}, '{place.Path}' was removed");
        }
    }

    /// <summary>A property that clients read.</summary>
    private void CompareRead(string name, List<JsonNode> known)
    {
        if (changes.IsHidden(known, isSent: false))
            return;
        var place = at.At(name);
        if (sent.Properties.TryGetValue(name, out var own))
        {
            if (changes.IsHidden(own, isSent: true))
                changes.Add(ApiRules.Property, $"{at.Where}, '{place.Path}' became writeOnly");
            else
                changes.Compare(own, known, place, depth + 1);
        }
        else if (PatternFor(sent, name) is { } pattern)
        {
            changes.Compare(sent.PatternProperties[pattern], known, place, depth + 1);
        }
        else
        {
            changes.Add(ApiRules.Property, $"{at.Where}, '{place.Path}' was removed");
        }
    }

    private void CompareOthers()
    {
        var place = at.At("*");
        // An object without names is a map of anything, unless more is said.
        var isMap = sent.Others.Count > 0 || sent.IsDeclaredOpen || (!sent.HasNamedProperties && !sent.IsClosed);
        if (read.Others.Count > 0 && !sent.IsClosed)
        {
            if (isMap || !IsRequest)
                changes.Compare(sent.Others, read.Others, place, depth + 1);
            else
                changes.Add(ApiRules.ObjectClosed, $"{at.Subject}: other properties must now fit a schema");
        }
        if (IsRequest && read.IsClosed && !sent.IsClosed)
        {
            if (isMap)
                changes.Add(ApiRules.Others, $"{at.Subject} no longer accepts names of the client's own");
            else
                changes.Add(ApiRules.ObjectClosed, $"{at.Subject} no longer accepts other properties than those named");
        }
        else if (!IsRequest && read.Others.Count > 0 && sent.IsClosed)
        {
            changes.Add(ApiRules.Others, $"{at.Subject} no longer holds other properties than those named");
        }
    }

    private void ComparePatterns()
    {
        foreach (var (pattern, known) in read.PatternProperties)
        {
            if (sent.PatternProperties.TryGetValue(pattern, out var own))
                changes.Compare(own, known, at.At($"/{pattern}/"), depth + 1);
            else if (!sent.IsClosed)
                changes.Compare(sent.Others, known, at.At($"/{pattern}/"), depth + 1);
            else if (!IsRequest)
                changes.Add(ApiRules.Others, $"{at.Subject} no longer holds properties whose names fit '{pattern}'");
        }
        foreach (var (pattern, own) in IsRequest
            ? sent.PatternProperties.Where(property => !read.PatternProperties.ContainsKey(property.Key))
            : [])
        {
            if (read.Others.Count > 0)
                changes.Compare(own, read.Others, at.At($"/{pattern}/"), depth + 1);
            else if (read.IsClosed)
                changes.Add(ApiRules.Others, $"{at.Subject} no longer accepts properties whose names fit '{pattern}'");
        }
    }

    private void CompareDependents()
    {
        foreach (var (name, needs) in read.DependentRequired)
        {
            var known = sent.DependentRequired.TryGetValue(name, out var own) ? own : [];
            foreach (var needed in needs.Where(needed => !known.Contains(needed) && !sent.Required.Contains(needed)))
                changes.Add(ApiRules.Condition,
                    IsRequest
                    ? $"{at.Where}, '{at.At(name).Path}' now needs '{at.At(needed).Path}' beside it"
                    : $"{at.Where}, '{at.At(name).Path}' may now come without '{at.At(needed).Path}'");
        }
        foreach (var (name, schema) in read.DependentSchemas)
        {
            if (sent.DependentSchemas.TryGetValue(name, out var own))
                changes.CompareInPart(own, schema, at.With($" (with '{name}')"), depth + 1);
            else
                changes.Add(ApiRules.Condition,
                    IsRequest
                    ? $"{at.Where}, '{at.At(name).Path}' brings a schema with it now"
                    : $"{at.Where}, '{at.At(name).Path}' brings no schema with it any more");
        }
    }

    private static string? PatternFor(SchemaShape shape, string name)
    {
        foreach (var pattern in shape.PatternProperties.Keys)
        {
            try
            {
                if (Regex.IsMatch(name, pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant))
                    return pattern;
            }
            catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
            {
                continue;
            }
        }
        return null;
    }
}

/// <summary>The field that tells the alternatives of a schema apart.</summary>
internal sealed class DiscriminatorChanges(SchemaChanges changes, IReadOnlyList<SchemaShape> sent, IReadOnlyList<SchemaShape> read,
    SchemaPlace at)
{
    public void Compare()
    {
        var (own, known) = (sent.FirstOrDefault(shape => shape.Discriminator is not null),
            read.FirstOrDefault(shape => shape.Discriminator is not null));
        if (own is null || known is null)
            return;
        if (own.Discriminator != known.Discriminator)
        {
            var (old, now) = changes.Use == SchemaUse.Request
                ? (own.Discriminator, known.Discriminator)
                : (known.Discriminator, own.Discriminator);
            changes.Add(ApiRules.Discriminator, $"{at.Subject} was told apart by '{old}' and is now by '{now}'");
            return;
        }
        foreach (var (value, meaning) in own.DiscriminatorValues)
        {
            if (known.DiscriminatorValues.TryGetValue(value, out var other) && NameOf(meaning) != NameOf(other)
                && !changes.FitsMeaning(meaning, other, at))
            {
                var (old, now) = changes.Use == SchemaUse.Request ? (meaning, other) : (other, meaning);
                changes.Add(ApiRules.Discriminator, $"{at.Subject}: '{value}' meant '{NameOf(old)}' and means now '{NameOf(now)}'");
            }
        }
        foreach (var value in ValuesOf(own, sent).Except(ValuesOf(known, read)))
            changes.Add(ApiRules.DiscriminatorValue,
                changes.Use == SchemaUse.Request
                ? $"{at.Subject}: '{own.Discriminator}' no longer accepts '{value}'"
                : $"{at.Subject}: '{own.Discriminator}' may now be '{value}'");
    }

    private static string NameOf(string reference) => reference[(reference.LastIndexOf('/') + 1)..];

    // Without a mapping the names of the alternatives are the values.
    private static HashSet<string> ValuesOf(SchemaShape shape, IReadOnlyList<SchemaShape> ways) =>
        [.. shape.DiscriminatorValues.Keys, .. shape.DiscriminatorValues.Count == 0 ? ways.Select(way => way.Name).OfType<string>() : []];
}
