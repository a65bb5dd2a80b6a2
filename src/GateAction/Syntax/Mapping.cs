using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace GateAction.Syntax;

/// <summary>Defines a mapping by one function over its <see cref="Fields"/>, which reads a value and describes the mapping alike.</summary>
internal static class Mapping
{
    /// <param name="name">What it is, for messages, schema and docs: "http probe".</param>
    /// <param name="define">Names every field in each call, whatever was given, and has no effects: it is also run to describe the
    /// mapping.</param>
    public static MappingSyntax<T> Of<T>(string name, Func<Fields, T> define) => new(name, define);
}

/// <summary>A mapping with named fields.</summary>
internal sealed class MappingSyntax<T>(string name, Func<Fields, T> define) : Syntax<T>, IDescribedMapping
{
    public string Name => name;

    public override string Expect(Func<string, string> ofMapping) => ofMapping(name);

    public override T Placeholder => define(Fields.ToDescribe());

    public IReadOnlyList<Field> Describe()
    {
        var fields = Fields.ToDescribe();
        define(fields);
        return fields.Described;
    }

    public override bool TryRead(Node node, Reading reading, [MaybeNull] out T value)
    {
        if (node is not MappingNode mapping)
            return Refuse(node, reading,
                $"found {node.Found}, expected a mapping with the fields {string.Join(", ", Describe().Select(field => field.Name))}",
                out value);
        var fields = Fields.ToRead(name, mapping, reading);
        value = define(fields);
        return fields.Finish();
    }

    public override JsonObject Schema(SchemaDefinitions definitions) => definitions.Reference(this);
}
