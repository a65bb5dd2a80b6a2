using System.Globalization;
using GateAction.Cel.Values;

namespace GateAction.Syntax;

/// <summary>
/// A text in which variables of the environment are filled in already and facts of other probes are filled in when they are measured.
/// </summary>
/// <param name="Written">As it stands in the manifest, free of any secret: the text to show.</param>
/// <param name="Node">Where it stands; null for one that no file holds.</param>
internal sealed record Template(string Written, IReadOnlyList<TemplatePart> Parts, ScalarNode? Node = null)
{
    public static readonly Template Empty = Literal("");

    /// <summary>The variables of the facts it reads: names of probes and result sets.</summary>
    public IEnumerable<string> Roots => Parts.SelectMany(part => part.Fact?.Roots ?? []).Distinct();

    /// <summary>True where no fact is left to fill in.</summary>
    public bool IsConstant => Parts.All(part => part.Fact is null);

    public static Template Literal(string text) => new(text, text.Length == 0 ? [] : [new(text)]);

    /// <summary>Fills in the facts; where one is missing or is no single value, the text is null and the fault says why.</summary>
    public (string? Text, string? Fault) Resolve(Scope scope)
    {
        var texts = new List<string>();
        foreach (var part in Parts)
        {
            if (part.Fact is null)
            {
                texts.Add(part.Text);
                continue;
            }
            var value = part.Fact.Evaluate(scope).Value;
            if (TextOf(value) is not { } text)
                return (null, $"'${{{part.Text}}}' {(value.IsError ? $"could not be read: {value.Text}" : "is no single value")}");
            texts.Add(text);
        }
        return (string.Concat(texts), null);
    }

    public override string ToString() => Written;

    private static string? TextOf(Value value) => value.Kind switch
    {
        ValueKind.String => value.AsString,
        ValueKind.Bool => value.AsBool ? "true" : "false",
        ValueKind.Int => value.AsInt.ToString(CultureInfo.InvariantCulture),
        ValueKind.UInt => value.AsUInt.ToString(CultureInfo.InvariantCulture),
        ValueKind.Double => value.AsDouble.ToString("R", CultureInfo.InvariantCulture),
        ValueKind.Timestamp =>
            DateTimeOffset.UnixEpoch.AddSeconds(value.Seconds).AddTicks(value.Nanos / 100)
            .ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        _ => null,
    };
}
