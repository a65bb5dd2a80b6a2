namespace GateAction.Syntax;

/// <summary>A mapping as schema and docs see it, whatever it is read to.</summary>
internal interface IDescribedMapping
{
    string Name { get; }

    IReadOnlyList<Field> Describe();
}
