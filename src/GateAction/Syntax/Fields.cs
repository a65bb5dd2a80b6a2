using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Syntax;

/// <summary>
/// The fields of one mapping: each call names a field once, with its syntax, default and description, and gives its value. Where the
/// mapping is only described, or a value is missing or wrong, it gives a placeholder.
/// </summary>
internal sealed class Fields
{
    private readonly string _name;
    private readonly MappingNode? _mapping;
    private readonly Reading? _reading;
    private readonly MappingNode? _defaults;
    private readonly List<Field> _described = [];
    private readonly HashSet<string> _names = [];
    private readonly List<(string Name, string Message)> _missing = [];
    private string? _unread;
    private bool _isWhole = true;
    private int _groups;

    private Fields(string name, MappingNode? mapping, Reading? reading, MappingNode? defaults)
    {
        _name = name;
        _mapping = mapping;
        _reading = reading;
        _defaults = defaults;
    }

    public IReadOnlyList<Field> Described => _described;

    /// <summary>Where the mapping stands.</summary>
    public SourcePosition Position => _mapping?.Position ?? default;

    public static Fields ToDescribe() => new("", null, null, null);

    /// <param name="defaults">Gives the fields that the mapping does not set itself.</param>
    public static Fields ToRead(string name, MappingNode mapping, Reading reading, MappingNode? defaults = null) =>
        new(name, mapping, reading, defaults);

    /// <summary>A field that must be given.</summary>
    public T Required<T>(string name, Syntax<T> syntax, string description)
    {
        Describe(name, syntax, Presence.Required, null, description);
        if (TryFind(name, syntax, out var value))
            return value;
        if (_mapping is not null && !Has(name))
            Miss(name, $"'{name}' is missing, expected {syntax.Expectation}");
        return syntax.Placeholder;
    }

    public T Optional<T>(string name, Syntax<T> syntax, T fallback, string description)
    {
        Describe(name, syntax, Presence.Optional, fallback is null || _mapping is not null ? null : syntax.Format(fallback), description);
        return TryFind(name, syntax, out var value) ? value : fallback;
    }

    /// <summary>A field without a default: null if it is not given.</summary>
    public T? Optional<T>(string name, Syntax<T> syntax, string description)
        where T : class
    {
        Describe(name, syntax, Presence.Optional, null, description);
        return TryFind(name, syntax, out var value) ? value : null;
    }

    /// <inheritdoc cref="Optional{T}(string, Syntax{T}, string)"/>
    public T? Optional<T>(string name, Syntax<T> syntax, string description, T? none = null)
        where T : struct
    {
        Describe(name, syntax, Presence.Optional, null, description);
        return TryFind(name, syntax, out var value) ? value : none;
    }

    /// <summary>Exactly one of these fields must be given.</summary>
    public T RequiredOneOf<T>(params IReadOnlyList<(string Name, Syntax<T> Syntax, string Description)> choices)
    {
        _groups++;
        foreach (var (name, syntax, description) in choices)
            Describe(name, syntax, Presence.OneOfGroup, null, description);
        var given = choices.Where(choice => Has(choice.Name)).ToArray();
        var names = string.Join(", ", choices.Select(choice => $"'{choice.Name}'"));
        if (given.Length == 0)
            Fail(null, $"one of {names} is missing");
        foreach (var extra in given.Skip(1))
            Fail(extra.Name, $"'{given[0].Name}' is given too; exactly one of {names} is accepted");
        foreach (var (name, syntax, _) in given)
        {
            if (TryFind(name, syntax, out var value))
                return value;
        }
        return choices[0].Syntax.Placeholder;
    }

    /// <summary>Fields that nothing reads, by what their names begin with: a place for anchors.</summary>
    public void Unread(string prefix, string description)
    {
        _unread = prefix;
        if (_mapping is null)
            _described.Add(new($"{prefix}*", new UnreadSyntax(prefix), Presence.Unread, null, description));
    }

    /// <summary>True if the mapping itself sets the field, rightly or wrongly.</summary>
    public bool Has(string name) => _mapping?.Find(name) is not null;

    /// <summary>Reports what is wrong between fields, at the field named if it is given, else at the mapping.</summary>
    public void Check(bool isMet, string name, string message)
    {
        if (!isMet)
            Fail(name, message);
    }

    /// <summary>Reports the keys that no field has; false where anything in the mapping is wrong.</summary>
    public bool Finish()
    {
        var meant = new HashSet<string?>();
        foreach (var (key, value) in _mapping!.Entries.Where(entry => !_names.Contains(entry.Key.Text) && !IsUnread(entry.Key.Text)))
        {
            if (!_reading!.Problems.IsFull)
            {
                _reading.Problems.Add(key,
                    _reading.Misplaced(_name, key, value) ?? $"{_name} has no field '{key.Text}'; {DidYouMean.For(key.Text, _names)}");
                meant.Add(Suggestion.Nearest(key.Text, _names));
            }
            _isWhole = false;
        }
        // One slip of the pen is one problem.
        foreach (var (_, message) in _missing.Where(missing => !meant.Contains(missing.Name)))
            Fail(null, message);
        return _isWhole;
    }

    private bool IsUnread(string name) => _unread is not null && name.StartsWith(_unread, StringComparison.Ordinal);

    private void Describe(string name, Syntax syntax, Presence presence, JsonNode? fallback, string description)
    {
        _names.Add(name);
        if (_mapping is null)
            _described.Add(new(name, syntax, presence, fallback, description, _groups));
    }

    // True if there is something to go on with, if only what could be read of a wrong value.
    private bool TryFind<T>(string name, Syntax<T> syntax, [NotNullWhen(true)] out T? value)
    {
        var hasOwn = TryRead(_mapping?.Find(name), syntax, out value);
        // Both are read in any case, so that what is wrong in either is told.
        if (!TryRead(_defaults?.Find(name), syntax, out var general))
            return hasOwn;
        value = hasOwn ? syntax.Overlay(general, value!) : general;
        return value is not null;
    }

    private bool TryRead<T>(Node? node, Syntax<T> syntax, [NotNullWhen(true)] out T? value)
    {
        value = default;
        if (node is null)
            return false;
        // It goes on after a problem: all of a manifest are told at once.
        _isWhole &= syntax.TryRead(node, _reading!, out value);
        return value is not null;
    }

    private void Miss(string name, string message)
    {
        _isWhole = false;
        _missing.Add((name, message));
    }

    private void Fail(string? name, string message)
    {
        if (_mapping is null)
            return;
        _isWhole = false;
        var at = name is null ? null : _mapping.Find(name);
        _reading!.Problems.Add(at ?? _mapping, message);
    }
}

/// <summary>How far a field must be given.</summary>
internal enum Presence
{
    Optional,
    Required,

    /// <summary>Exactly one field of its group must be given.</summary>
    OneOfGroup,

    /// <summary>Any number of fields whose names begin as this one's, and that are not read.</summary>
    Unread,
}

/// <summary>A field of a mapping as schema and docs show it.</summary>
/// <param name="Default">As written in YAML; null if there is none.</param>
/// <param name="Group">Tells the fields apart of which exactly one must be given.</param>
internal sealed record Field(string Name, Syntax Syntax, Presence Presence, JsonNode? Default, string Description, int Group = 0)
{
    /// <summary>The description with a capital letter and a full stop.</summary>
    public string Sentence => Capitalized(Description);

    public static string Capitalized(string text) =>
        text.Length == 0 ? "" : $"{char.ToUpperInvariant(text[0])}{text[1..].TrimEnd('.')}.";
}

/// <summary>What is not read may be anything.</summary>
/// <param name="prefix">What the names of such fields begin with.</param>
internal sealed class UnreadSyntax(string prefix) : Syntax<bool>
{
    public string Prefix => prefix;

    public override string Expect(Func<string, string> ofMapping) => "anything";

    public override bool Placeholder => false;

    public override bool TryRead(Node node, Reading reading, [MaybeNull] out bool value) => value = true;

    public override JsonObject Schema(SchemaDefinitions definitions) => [];
}
