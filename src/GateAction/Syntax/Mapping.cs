namespace GateAction.Syntax;

/// <summary>Defines a mapping by one function over its <see cref="Fields"/>, which reads a value and describes the mapping alike.</summary>
internal static class Mapping
{
    /// <param name="name">What it is, for messages, schema and docs: "http probe".</param>
    /// <param name="define">Names every field in each call, whatever was given, and has no effects: it is also run to describe the
    /// mapping.</param>
    public static MappingSyntax<T> Of<T>(string name, Func<Fields, T> define) => new(name, define);
}
