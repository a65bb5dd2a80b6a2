using System.Text.Json.Nodes;

namespace GateAction.Sources.OpenApi.Schemas;

/// <summary>Where in an operation a schema is: <c>response 200</c>, and the path below it.</summary>
/// <param name="Name">The property that it belongs to; empty above all of them.</param>
internal readonly record struct SchemaPlace(string Where, string Path, string Name, SchemaNotation Notation)
{
    /// <summary>How properties are written of which the document says it; null where none is.</summary>
    public IReadOnlyDictionary<string, SchemaNotation>? Notations { get; init; }

    public string Subject => Path.Length == 0 ? Where : $"{Where}, '{Path}'";

    /// <summary>True if a number is a text of digits.</summary>
    public bool IsText => Notation is SchemaNotation.Text or SchemaNotation.Part;

    /// <summary>The same for places at which the same changes are found.</summary>
    public string Key => Notations is null ? $"{Notation}"
        : $"{Notation}"
        + $"{string.Concat(Notations.OrderBy(part => part.Key, StringComparer.Ordinal).Select(part => $" {part.Key}:{part.Value}"))}";

    public SchemaPlace At(string name) => this with
    {
        Path = Path.Length == 0 ? name : $"{Path}.{name}",
        Name = name,
        Notation = Notations?.TryGetValue(name, out var given) is true ? given : Notation switch
        {
            SchemaNotation.Parts => SchemaNotation.Part,
            SchemaNotation.Part => SchemaNotation.Json,
            _ => Notation,
        },
        Notations = null,
    };

    public SchemaPlace With(string suffix) => this with { Path = $"{Path}{suffix}" };
}

/// <summary>How values are written.</summary>
internal enum SchemaNotation
{
    Json,

    /// <summary>Plain text, in which a number is a text of digits.</summary>
    Text,

    Xml,

    /// <summary>An object of which each property is a <see cref="Part"/>.</summary>
    Parts,

    /// <summary>Of a body in parts: plain text, but objects are JSON.</summary>
    Part,
}

/// <summary>
/// The changes of schemas in one direction. What is sent must fit what is read: of a request the earlier schema is sent and the later one
/// reads it, of a response the later one is sent and the earlier one reads it. Each pair of schemas is compared once, so recursive types
/// come to an end.
/// </summary>
internal sealed class SchemaChanges(SchemaUse use, SchemaWalk walk, string place)
{
    private const int MaxDepth = 150;
    private readonly HashSet<string> _compared = [];
    private readonly Dictionary<string, List<ApiChange>> _tried = [];
    private readonly HashSet<string> _open = [];

    /// <summary>What a trial found; null where changes are reported.</summary>
    private List<ApiChange>? _trial;

    public SchemaUse Use => use;

    private SchemaReader Sender => use == SchemaUse.Request ? walk.Before : walk.After;

    private SchemaReader Receiver => use == SchemaUse.Request ? walk.After : walk.Before;

    /// <param name="where">What is described: <c>request body</c>, <c>response 200</c>. A schema that is not given is anything.</param>
    /// <param name="notations">Of properties that are written in another way than <paramref name="notation"/> has it.</param>
    public void Compare(string where, JsonNode? before, JsonNode? after, SchemaNotation notation,
        IReadOnlyDictionary<string, SchemaNotation>? notations = null)
    {
        if (before is null && after is null)
            return;
        var (sent, read) = use == SchemaUse.Request ? (before, after) : (after, before);
        // For each body anew: a change in a shared schema is told of every operation that has it.
        _compared.Clear();
        var found = walk.Changes.Found;
        Compare(SetOf(Sender, sent), SetOf(Receiver, read), new(where, "", "", notation) { Notations = notations }, 0);
        // All or none: the pairs of a circle are clean only together.
        if (walk.Changes.Found == found)
            walk.Clean.UnionWith(_compared);
    }

    /// <summary>Compares what is below: <paramref name="sent"/> and <paramref name="read"/> are parts of the same names.</summary>
    public void Compare(IReadOnlyList<JsonNode> sent, IReadOnlyList<JsonNode> read, SchemaPlace at, int depth) =>
        Compare(Sender.Of(sent), Receiver.Of(read), at, depth);

    public void Add(SchemaRule rule, string text) => Add(use == SchemaUse.Request ? rule.Request : rule.Response, text);

    public void Add(ApiRule rule, string text)
    {
        if (_trial is { } trial)
            trial.Add(new(rule, text));
        else
            walk.Changes.Add(rule, place, text);
    }

    /// <summary>True if what fits <paramref name="sent"/> certainly fits <paramref name="read"/>; by parts of the sender's and the
    /// receiver's document.</summary>
    public bool Fits(IReadOnlyList<JsonNode> sent, IReadOnlyList<JsonNode> read, SchemaPlace at, int depth) =>
        Try($"{Sender.Of(sent).Key}<{Receiver.Of(read).Key} {at.Key}", () => Compare(sent, read, at, depth)).Count == 0;

    /// <summary>True where what the receiver describes certainly fits what the sender describes: the other way round, for what is
    /// excluded.</summary>
    public bool FitsBack(JsonNode read, JsonNode sent, SchemaPlace at, int depth) =>
        Try($"{Receiver.Of(read).Key}>{Sender.Of(sent).Key} {at.Key}", () =>
        Compare(Receiver.Of(read), Sender.Of(sent), at, depth)).Count == 0;

    /// <summary>True if what one value of a discriminator means certainly fits what it means to who reads it.</summary>
    public bool FitsMeaning(string sent, string read, SchemaPlace at) =>
        Sender.Resolver.Resolve(sent) is not { } own || Receiver.Resolver.Resolve(read) is not { } known || Fits([own], [known], at, 0);

    /// <summary>What does not fit of a part of the receiver's schema, warnings apart.</summary>
    public void CompareInPart(IReadOnlyList<JsonNode> sent, IReadOnlyList<JsonNode> read, SchemaPlace at, int depth)
    {
        foreach (var change in Try(null, () => Compare(sent, read, at, depth)).Where(IsBreaking))
            Add(change.Rule, change.Text);
    }

    public SchemaTypes TypesReadBy(JsonNode schema) => Receiver.TypesOf(schema);

    /// <summary>True where a property is not part of what is sent: only the server sets it, or only the client.</summary>
    public bool IsHidden(IReadOnlyList<JsonNode> property, bool isSent) =>
        (isSent ? Sender : Receiver).Of(property).Shapes.Any(shape => use == SchemaUse.Request ? shape.IsReadOnly : shape.IsWriteOnly);

    private static SchemaSet SetOf(SchemaReader reader, JsonNode? schema) => schema is null ? reader.Of() : reader.Of(schema);

    private static bool IsBreaking(ApiChange change) => change.Rule.Level == ApiLevel.Breaking;

    private void Compare(SchemaSet sent, SchemaSet read, SchemaPlace at, int depth)
    {
        if (read.Parts.Count == 0 || !walk.TryStep())
            return;
        // The numbers of nodes are those of their own document: '3<7' of FitsBack, the other way round, is another pair.
        var key = $"{use} {sent.Key}<{read.Key} {at.Key} {sent.Reader == Sender}";
        if (walk.Clean.Contains(key))
            return;
        if (depth > MaxDepth)
        {
            walk.Changes.AddUnread($"schemas are nested more than {MaxDepth} deep");
            return;
        }
        // In a trial what is being compared already counts as fitting: it does unless something else does not.
        var known = _trial is null ? _compared : _open;
        if (!known.Add(key))
            return;
        CompareShapes(sent, read, at, depth);
        if (_trial is not null)
            _open.Remove(key);
    }

    private void CompareShapes(SchemaSet sent, SchemaSet read, SchemaPlace at, int depth)
    {
        var (ways, accepted) = (sent.Shapes, read.Shapes);
        if (ways is [var only] && accepted is [var target])
        {
            new ShapeChanges(this, only, target, at, depth).Compare();
            new DiscriminatorChanges(this, ways, accepted, at).Compare();
            return;
        }
        for (var i = 0; i < ways.Count; i++)
        {
            if (ways[i].Types != SchemaTypes.None)
                CompareWay(ways, i, accepted, $"{sent.Key}#{i}<{read.Key} {at.Key} {sent.Reader == Sender}", at, depth);
        }
        new DiscriminatorChanges(this, ways, accepted, at).Compare();
    }

    private void CompareWay(IReadOnlyList<SchemaShape> ways, int index, IReadOnlyList<SchemaShape> accepted, string key, SchemaPlace at,
        int depth)
    {
        var way = ways[index];
        // Two alternatives of one name are the same one, whatever changed in it: its change is told, not that one came and one went.
        if (way.Name is not null && accepted.FirstOrDefault(shape => shape.Name == way.Name) is { } same)
        {
            new ShapeChanges(this, way, same, at, depth).Compare();
            return;
        }
        var trials = new List<(SchemaShape Shape, List<ApiChange> Found)>();
        for (var i = 0; i < accepted.Count; i++)
        {
            var target = accepted[i];
            var found = Try($"{key}#{i}", () => new ShapeChanges(this, way, target, at, depth).Compare());
            if (found.Count == 0)
                return;
            trials.Add((target, found));
        }
        if (IsInParts(way, accepted, at, depth))
            return;
        var mild = trials.FirstOrDefault(trial => !trial.Found.Any(IsBreaking) && !IsOther(way, trial.Shape)).Shape;
        if ((mild ?? PartnerOf(ways, index, accepted)) is { } partner)
            new ShapeChanges(this, way, partner, at, depth).Compare();
        else
            AddAlternative(way, accepted, at);
    }

    private static bool IsOther(SchemaShape one, SchemaShape other) => one.Name is not null && other.Name is not null;

    /// <summary>The one that a way without a name is compared with: the only one, or the one in its place.</summary>
    private static SchemaShape? PartnerOf(IReadOnlyList<SchemaShape> ways, int index, IReadOnlyList<SchemaShape> accepted)
    {
        var partner = accepted.Count == 1 ? accepted[0] : accepted.Count == ways.Count ? accepted[index] : null;
        return partner is null || IsOther(ways[index], partner) || (accepted.Count > 1 && (ways[index].Types & partner.Types) == 0)
            ? null
            : partner;
    }

    /// <summary>True where each value, or each type, finds its own alternative: a text or null in <c>oneOf</c> text, null.</summary>
    private bool IsInParts(SchemaShape way, IReadOnlyList<SchemaShape> accepted, SchemaPlace at, int depth)
    {
        SchemaShape[] parts = way.Values is { } values
            ? [.. values.Select(value => way.Only(SchemaValue.TypeOf(value), [value]))]
            : [.. SchemaTypeWords.Each(way.Types).Select(type => way.Only(type, null))];
        return parts.Length > 1 && parts.All(part => accepted.Any(target =>
            !Try(null, () => new ShapeChanges(this, part, target, at, depth).Compare()).Any(IsBreaking)));
    }

    private void AddAlternative(SchemaShape way, IReadOnlyList<SchemaShape> accepted, SchemaPlace at)
    {
        var types = accepted.Aggregate(SchemaTypes.None, (all, shape) => all | shape.Types);
        if (way.Name is null && (way.TypesOfValues & ~types) != 0)
            Add(ApiRules.Type, ShapeChanges.TypeText(use, at.Subject, way.Types, types));
        else
            Add(ApiRules.Alternative,
                use == SchemaUse.Request ? $"{at.Subject} no longer accepts {Say(way)}" : $"{at.Subject} may now be {Say(way)}");
    }

    private static string Say(SchemaShape way) => way.Name is { } name ? $"'{name}'" : $"this {SchemaTypeWords.Say(way.Types)}";

    /// <param name="key">The same for the same trial; null if it is not kept.</param>
    private List<ApiChange> Try(string? key, Action compare)
    {
        if (key is not null && _tried.TryGetValue(key, out var known))
            return known;
        var outer = _trial;
        var found = _trial = [];
        compare();
        _trial = outer;
        // What fits below an open pair fits only if that one does; what does not fit, never does.
        if (key is not null && (outer is null || found.Any(IsBreaking)))
            _tried[key] = found;
        return found;
    }
}
