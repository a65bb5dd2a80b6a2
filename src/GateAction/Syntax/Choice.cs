namespace GateAction.Syntax;

/// <summary>One of several mappings, told apart by the field only it has: <c>http:</c> makes a probe an HTTP probe.</summary>
/// <param name="Define">As in <see cref="Mapping.Of"/>; it names the field <paramref name="Key"/> too.</param>
internal sealed record Choice<T>(string Key, string Name, string Description, Func<Fields, T> Define) : IDescribedMapping
{
    public IReadOnlyList<Field> Describe()
    {
        var fields = Fields.ToDescribe();
        Define(fields);
        return fields.Described;
    }
}
