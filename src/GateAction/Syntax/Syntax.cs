using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace GateAction.Syntax;

/// <summary>What a value of the manifest may be: it reads one, says what is wrong with one, and describes itself.</summary>
internal abstract class Syntax
{
    /// <summary>What is accepted, to follow "expected": "a duration such as 500ms, 10s or 1h30m".</summary>
    public abstract string Expectation { get; }

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
    /// False where anything in the value is wrong; then a problem was reported, and the value is what could be read of it, perhaps null,
    /// good only for finding further problems.
    /// </summary>
    public abstract bool TryRead(Node node, Reading reading, [MaybeNull] out T value);

    /// <summary>A value as one would write it in YAML, for the defaults in schema and docs; null where it has no short form.</summary>
    public virtual JsonNode? Format(T value) => null;

    /// <summary>What holds where the <c>defaults</c> of the manifest and a probe both set the field: the probe's, unless both
    /// can.</summary>
    public virtual T Overlay(T general, T own) => own;

    public Syntax<TResult> Select<TResult>(Func<T, TResult> convert) => new ConvertedSyntax<T, TResult>(this, convert);

    /// <summary>Refuses what the function has an objection to.</summary>
    public Syntax<T> Unless(Func<T, string?> objection) => new CheckedSyntax<T>(this, objection);

    protected static bool Refuse(Node node, Reading reading, string message, out T value)
    {
        reading.Problems.Add(node, message);
        value = default!;
        return false;
    }

    protected bool RefuseKind(Node node, Reading reading, out T value) =>
        Refuse(node, reading, $"found {node.Found}, expected {Expectation}", out value);
}
