namespace GateAction.Sources.OpenApi.Schemas;

/// <summary>The types of JSON that a value may have; a number that is no integer is a <see cref="Fraction"/>.</summary>
[Flags]
internal enum SchemaTypes
{
    None = 0,
    Null = 1,
    Boolean = 2,
    Integer = 4,
    Fraction = 8,
    Number = Integer | Fraction,
    String = 16,
    Object = 32,
    Array = 64,
    Any = Null | Boolean | Number | String | Object | Array,
}

/// <summary>Types as documents write them.</summary>
internal static class SchemaTypeWords
{
    private static readonly (SchemaTypes Type, string Word)[] Words =
    [
        (SchemaTypes.Null, "null"), (SchemaTypes.Boolean, "boolean"), (SchemaTypes.Integer, "integer"), (SchemaTypes.Fraction, "number"),
        (SchemaTypes.String, "string"), (SchemaTypes.Object, "object"), (SchemaTypes.Array, "array"),
    ];

    /// <summary>Each of them alone; a number is one.</summary>
    public static IEnumerable<SchemaTypes> Each(SchemaTypes types) =>
        Words.Select(word => word.Type == SchemaTypes.Fraction ? SchemaTypes.Number : word.Type)
            .Where(type => type == SchemaTypes.Integer ? (types & SchemaTypes.Number) == SchemaTypes.Integer : (types & type) == type);

    public static SchemaTypes Parse(string word) => word switch
    {
        "number" => SchemaTypes.Number,
        "file" => SchemaTypes.String,
        _ => Words.FirstOrDefault(known => known.Word == word).Type,
    };

    // Whoever accepts a number accepts an integer: only the wider word is said.
    public static string Say(SchemaTypes types)
    {
        if (types == SchemaTypes.Any)
            return "anything";
        if (types.HasFlag(SchemaTypes.Fraction))
            types &= ~SchemaTypes.Integer;
        return types == 0 ? "nothing" : string.Join(" or ", Words.Where(word => types.HasFlag(word.Type)).Select(word => word.Word));
    }
}
