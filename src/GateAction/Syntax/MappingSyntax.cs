using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace GateAction.Syntax;

/// <summary>A mapping with named fields.</summary>
internal sealed class MappingSyntax<T>(string name, Func<Fields, T> define) : Syntax<T>, IDescribedMapping
{
    public string Name => name;

    public override string Expectation => $"a mapping ({name})";

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
