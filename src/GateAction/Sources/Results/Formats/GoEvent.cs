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
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            found = found.With(ref reader);
        if (reader.TokenType != JsonTokenType.EndObject || reader.Read())
            throw new JsonException("the object breaks off");
        return found;
    }

    private GoEvent With(ref Utf8JsonReader reader)
    {
        var name = reader.GetString();
        reader.Read();
        switch (name)
        {
            case "Action":
                return this with { Action = reader.GetString() ?? "" };
            case "Package" or "ImportPath":
                return this with { Package = reader.GetString() ?? "" };
            case "Test":
                return this with { Test = Text.Cut(reader.GetString(), Limits.Name) };
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
