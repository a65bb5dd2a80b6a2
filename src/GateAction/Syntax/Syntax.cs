using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace GateAction.Syntax;

/// <summary>What a value of the manifest may be: it reads one, says what is wrong with one, and describes itself.</summary>
internal abstract class Syntax
{
    /// <summary>What is accepted, to follow "expected": "a duration such as 500ms, 10s or 1h30m".</summary>
    public string Expectation => Expect(name => $"a mapping ({name})");

    /// <inheritdoc cref="Expectation"/>
    /// <param name="ofMapping">Writes a mapping by its name: the reference page makes a link of it.</param>
    public abstract string Expect(Func<string, string> ofMapping);

    /// <summary>Its JSON Schema (draft 2020-12); named mappings go to the definitions.</summary>
    public abstract JsonObject Schema(SchemaDefinitions definitions);
}

/// <inheritdoc/>
internal abstract class Syntax<T> : Syntax
{
    /// <summary>Stands in where there is no value because it is missing or wrong, so that reading can go on to find the next
    /// problem.</summary>
    public abstract T Placeholder { get; }

    /// <summary>
    /// False if anything in the value is wrong; then a problem was reported, and the value is what could be read of it, perhaps null,
    /// good only for finding further problems.
    /// </summary>
    public abstract bool TryRead(Node node, Reading reading, [MaybeNull] out T value);

    /// <summary>A value as one would write it in YAML, for the defaults in schema and docs; null if it has no short form.</summary>
    public virtual JsonNode? Format(T value) => null;

    /// <summary>What holds where the <c>defaults</c> of the manifest and a probe both set the field: the probe's, unless both
    /// can.</summary>
    public virtual T Overlay(T general, T own) => own;

    public Syntax<TResult> Select<TResult>(Func<T, TResult> convert) => new ConvertedSyntax<T, TResult>(this, convert);

    /// <summary>Refuses what the function has an objection to.</summary>
    public Syntax<T> Unless(Func<T, string?> objection) => new CheckedSyntax<T>(this, objection);

    /// <summary>The same; its schema, which many places refer to, is written once.</summary>
    public Syntax<T> Named(string name) => new NamedSyntax<T>(name, this);

    protected static bool Refuse(Node node, Reading reading, string message, out T value)
    {
        reading.Problems.Add(node, message);
        value = default!;
        return false;
    }

    protected bool RefuseKind(Node node, Reading reading, out T value) =>
        Refuse(node, reading, $"found {node.Found}, expected {Expectation}", out value);
}

internal sealed class CheckedSyntax<T>(Syntax<T> inner, Func<T, string?> objection) : Syntax<T>
{
    public override string Expect(Func<string, string> ofMapping) => inner.Expect(ofMapping);

    public override T Placeholder => inner.Placeholder;

    public override bool TryRead(Node node, Reading reading, [MaybeNull] out T value)
    {
        if (!inner.TryRead(node, reading, out value))
            return false;
        return objection(value!) is not { } message || Refuse(node, reading, message, out value);
    }

    public override JsonNode? Format(T value) => inner.Format(value);

    public override T Overlay(T general, T own) => inner.Overlay(general, own);

    public override JsonObject Schema(SchemaDefinitions definitions) => inner.Schema(definitions);
}

internal sealed class NamedSyntax<T>(string name, Syntax<T> inner) : Syntax<T>
{
    public override string Expect(Func<string, string> ofMapping) => inner.Expect(ofMapping);

    public override T Placeholder => inner.Placeholder;

    public override bool TryRead(Node node, Reading reading, [MaybeNull] out T value) => inner.TryRead(node, reading, out value);

    public override JsonNode? Format(T value) => inner.Format(value);

    public override JsonObject Schema(SchemaDefinitions definitions) => definitions.Reference(name, inner);
}

internal sealed class ConvertedSyntax<TFrom, T>(Syntax<TFrom> inner, Func<TFrom, T> convert) : Syntax<T>
{
    public override string Expect(Func<string, string> ofMapping) => inner.Expect(ofMapping);

    public override T Placeholder => convert(inner.Placeholder);

    public override bool TryRead(Node node, Reading reading, [MaybeNull] out T value)
    {
        var isWhole = inner.TryRead(node, reading, out var from);
        // A part of a value serves to find further problems; a manifest with a problem is never used.
        value = isWhole || IsPart(from) ? convert(from!) : default;
        return isWhole;
    }

    // What a wrong value of a value type leaves behind is no part of it.
    private static bool IsPart(TFrom? value) => value is not null && !typeof(TFrom).IsValueType;

    public override JsonObject Schema(SchemaDefinitions definitions) => inner.Schema(definitions);
}

/// <summary>A short form written as a text, or the full form for anything else.</summary>
internal sealed class EitherSyntax<T>(Syntax<T> shortForm, Syntax<T> fullForm) : Syntax<T>
{
    public override string Expect(Func<string, string> ofMapping) => $"{shortForm.Expect(ofMapping)}, or {fullForm.Expect(ofMapping)}";

    public override T Placeholder => fullForm.Placeholder;

    public override bool TryRead(Node node, Reading reading, [MaybeNull] out T value) => node switch
    {
        ScalarNode { IsNull: true } => RefuseKind(node, reading, out value),
        ScalarNode => shortForm.TryRead(node, reading, out value),
        _ => fullForm.TryRead(node, reading, out value),
    };

    public override JsonNode? Format(T value) => shortForm.Format(value) ?? fullForm.Format(value);

    public override JsonObject Schema(SchemaDefinitions definitions) =>
        new() { ["anyOf"] = new JsonArray(shortForm.Schema(definitions), fullForm.Schema(definitions)) };
}

/// <summary>One of a few words.</summary>
internal sealed class EnumSyntax<T>(IReadOnlyList<(string Name, T Value)> names) : Syntax<T>
{
    public override string Expect(Func<string, string> ofMapping) => names.Count <= 4
        ? string.Join(" or ", names.Select(name => $"'{name.Name}'"))
        : $"one of {string.Join(", ", names.Select(name => $"'{name.Name}'"))}";

    public override T Placeholder => names[0].Value;

    public override bool TryRead(Node node, Reading reading, [MaybeNull] out T value)
    {
        if (node is not ScalarNode { IsNull: false } scalar)
            return RefuseKind(node, reading, out value);
        for (var index = 0; index < names.Count; index++)
        {
            value = names[index].Value;
            if (names[index].Name == scalar.Text)
                return true;
        }
        return Refuse(node, reading, $"found {node.Found}; {DidYouMean.For(scalar.Text, names.Select(name => name.Name))}", out value);
    }

    public override JsonNode? Format(T value)
    {
        for (var index = 0; index < names.Count; index++)
        {
            if (EqualityComparer<T>.Default.Equals(names[index].Value, value))
                return names[index].Name;
        }
        return null;
    }

    public override JsonObject Schema(SchemaDefinitions definitions) =>
        new() { ["enum"] = new JsonArray([.. names.Select(name => (JsonNode)name.Name)]) };
}
