using System.Text.Json;
using GateAction.Core.Model;

namespace GateAction.Core.Documents;

/// <summary>A verdict as a document, <c>gateaction/verdict/2</c> (docs/evidence.md, schema/verdict.schema.json).</summary>
public static class VerdictJson
{
    private static readonly GateDocument Document = new("verdict", 2);

    public static void Write(Stream stream, Verdict verdict) => Document.Write(stream, writer => WriteFields(writer, verdict));

    /// <param name="source">The name of the file, for messages.</param>
    /// <exception cref="GateException">It is not whole, of another schema, or of a newer version.</exception>
    public static Verdict Read(Stream stream, string source) => Document.Read(stream, source, ReadFields);

    private static void WriteFields(Utf8JsonWriter writer, Verdict verdict)
    {
        writer.WriteString("gate", verdict.Gate);
        writer.WriteString("state", DocumentText.Of(verdict.State));
        if (verdict.Score is { } score)
            writer.WriteNumber("score", score);
        writer.WriteNumber("pass_score", verdict.PassScore);
        writer.WriteNumber("warn_score", verdict.WarnScore);
        writer.WriteNumber("measured", verdict.Measured);
        writer.WriteString("started_at", DocumentText.Of(verdict.StartedAt));
        writer.WriteString("duration", DocumentText.Of(verdict.Duration));
        writer.WriteList("criteria", verdict.Criteria, CriterionVerdictJson.Write);
        writer.WriteList("groups", verdict.Groups, WriteGroup);
        writer.WriteList("waivers", verdict.Waivers, WriteWaiver);
        writer.WriteList("probes", verdict.Probes, ProbeSummaryJson.Write);
        writer.WriteStrings("notes", verdict.Notes);
        writer.WriteOptional("trend", verdict.Trend);
        writer.WriteOptional("base", verdict.Base);
        writer.WriteOptional("reason", verdict.Reason);
        RunIdentityJson.WriteOptional(writer, verdict.Run);
    }

    private static Verdict ReadFields(JsonCursor root) => new(
        root.Required("gate").String(),
        root.Required("state").Enum<VerdictState>(),
        root.Optional("score")?.Number(),
        root.Required("pass_score").Number(),
        root.Required("warn_score").Number(),
        root.Required("measured").Number(),
        [.. root.Required("criteria").Items().Select(CriterionVerdictJson.Read)],
        [.. root.Required("groups").Items().Select(ReadGroup)],
        [.. root.Required("waivers").Items().Select(ReadWaiver)],
        [.. root.Required("probes").Items().Select(ProbeSummaryJson.Read)],
        root.Required("notes").Strings(),
        root.Required("started_at").Timestamp(),
        root.Required("duration").Duration(),
        root.Optional("trend")?.String(),
        root.Optional("base")?.String(),
        root.Optional("reason")?.String(),
        RunIdentityJson.Optional(root));

    private static void WriteGroup(Utf8JsonWriter writer, GroupScore group)
    {
        writer.WriteString("id", group.Id);
        writer.WriteString("title", group.Title);
        writer.WriteNumber("weight", group.Weight);
        if (group.Score is { } score)
            writer.WriteNumber("score", score);
        writer.WriteNumber("measured", group.Measured);
    }

    private static GroupScore ReadGroup(JsonCursor cursor) => new(
        cursor.Required("id").String(),
        cursor.Required("title").String(),
        cursor.Required("weight").Number(),
        cursor.Optional("score")?.Number(),
        cursor.Required("measured").Number());

    private static void WriteWaiver(Utf8JsonWriter writer, WaiverUse waiver)
    {
        writer.WriteString("criterion", waiver.CriterionId);
        writer.WriteString("state", DocumentText.Of(waiver.State));
        writer.WriteString("reason", waiver.Reason);
        writer.WriteOptional("by", waiver.By);
        writer.WriteString("expires", DocumentText.Of(waiver.Expires));
        writer.WriteNumber("days_left", waiver.DaysLeft);
        writer.WriteOptional("comment", waiver.Comment);
    }

    private static WaiverUse ReadWaiver(JsonCursor cursor) => new(
        cursor.Required("criterion").String(),
        cursor.Required("reason").String(),
        cursor.Optional("by")?.String(),
        cursor.Required("expires").Date(),
        cursor.Required("days_left").Int(),
        cursor.Required("state").Enum<WaiverState>(),
        cursor.Optional("comment")?.String());
}
