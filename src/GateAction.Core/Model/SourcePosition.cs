using System.Text.Json.Serialization;

namespace GateAction.Core.Model;

/// <summary>A place in a text file; line and column count from 1, the column in UTF-16 code units.</summary>
[method: JsonConstructor]
public readonly record struct SourcePosition(string File, int Line, int Column)
{
    public override string ToString() => $"{File}:{Line}:{Column}";
}
