using System.Text.Json;
using GateAction.Core.Model;

namespace GateAction.Core.Documents;

/// <summary>One criterion inside a verdict document.</summary>
internal static class CriterionVerdictJson
{
    public static void Write(Utf8JsonWriter writer, CriterionVerdict criterion)
    {
        writer.WriteString("id", criterion.Id);
        writer.WriteString("title", criterion.Title);
        writer.WriteString("group", criterion.GroupId);
        writer.WriteNumber("weight", criterion.Weight);
        writer.WriteBoolean("required", criterion.Required);
        writer.WriteString("state", DocumentText.Of(criterion.State));
        writer.WriteString("underlying", DocumentText.Of(criterion.Underlying));
        writer.WriteString("condition", criterion.Condition);
        writer.WriteList("explanation", criterion.Explanation, ExplanationJson.Write);
        writer.WriteOptional("reason", criterion.Reason);
        writer.WriteOptional("reason_of", criterion.ReasonOf);
        writer.WriteOptional("help", criterion.Help);
        writer.WriteStrings("reads", criterion.Reads);
        writer.WriteList("facts", criterion.Facts, WriteFact);
        writer.WriteStartObject("position");
        writer.WriteString("file", criterion.Position.File);
        writer.WriteNumber("line", criterion.Position.Line);
        writer.WriteNumber("column", criterion.Position.Column);
        writer.WriteEndObject();
    }

    public static CriterionVerdict Read(JsonCursor cursor) => new(
        cursor.Required("id").String(),
        cursor.Required("title").String(),
        cursor.Required("group").String(),
        cursor.Required("weight").Number(),
        cursor.Required("required").Bool(),
        cursor.Required("state").Enum<CriterionState>(),
        cursor.Required("underlying").Enum<CriterionState>(),
        cursor.Required("condition").String(),
        [.. cursor.Required("explanation").Items().Select(ExplanationJson.Read)],
        cursor.Optional("reason")?.String(),
        cursor.Optional("help")?.String(),
        cursor.Required("reads").Strings(),
        ReadPosition(cursor.Required("position")),
        [.. cursor.Required("facts").Items().Select(fact => new FactName(fact.Required("probe").String(), fact.Required("fact").String()))],
        cursor.Optional("reason_of")?.String());

    private static void WriteFact(Utf8JsonWriter writer, FactName fact)
    {
        writer.WriteString("probe", fact.Probe);
        writer.WriteString("fact", fact.Fact);
    }

    private static SourcePosition ReadPosition(JsonCursor cursor) =>
        new(cursor.Required("file").String(), cursor.Required("line").Int(), cursor.Required("column").Int());
}
