using System.Text.Json;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Formats;

/// <summary>One line of <c>go test -json</c>.</summary>
/// <param name="Test">Null for an event of the package.</param>
internal readonly record struct GoEvent(string Action, string Package, string? Test, string? Output, double? Elapsed)
{
    public static GoEvent Parse(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        var found = new GoEvent("", "", null, null, null);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("no object");
        var known = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            found = found.With(ref reader, ref known);
        if (reader.TokenType != JsonTokenType.EndObject || reader.Read())
            throw new JsonException("the object breaks off");
        return found;
    }

    private GoEvent With(ref Utf8JsonReader reader, ref int known)
    {
        var name = reader.GetString();
        var bit = name switch { "Action" => 1, "Package" => 2, "ImportPath" => 4, "Test" => 8, "Output" => 16, _ => 0 };
        if ((known & bit) != 0)
            throw new JsonException("a key stands twice");
        known |= bit;
        reader.Read();
        switch (name)
        {
            case "Action":
                return this with { Action = reader.GetString() ?? "" };
            case "Package" or "ImportPath":
                return this with { Package = reader.GetString() ?? "" };
            case "Test":
                return this with { Test = Text.Cut(reader.GetString(), ResultLimits.Name) };
            case "Output":
                return this with { Output = reader.GetString() };
            case "Elapsed":
                return this with { Elapsed = reader.GetDouble() };
            default:
                reader.Skip();
                return this;
        }
    }
}
