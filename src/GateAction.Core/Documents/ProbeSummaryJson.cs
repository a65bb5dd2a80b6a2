using System.Text.Json;
using GateAction.Core.Model;

namespace GateAction.Core.Documents;

/// <summary>One probe or result set inside a verdict document.</summary>
internal static class ProbeSummaryJson
{
    public static void Write(Utf8JsonWriter writer, ProbeSummary probe)
    {
        writer.WriteString("name", probe.Name);
        writer.WriteString("kind", probe.Kind);
        writer.WriteOptional("subject", probe.Subject);
        writer.WriteString("outcome", DocumentText.Of(probe.Outcome));
        writer.WriteOptional("reason", probe.Reason);
        writer.WriteOptional("caveat", probe.Caveat);
        writer.WriteString("duration", DocumentText.Of(probe.Duration));
        writer.WriteList("figures", probe.Figures, WriteFigure);
        writer.WriteSamples("samples", probe.Samples);
        writer.WriteStrings("details", probe.Details);
        if (probe.FailingTests is { } failing)
            writer.WriteNumber("failing_tests", failing);
    }

    public static ProbeSummary Read(JsonCursor cursor) => new(
        cursor.Required("name").String(),
        cursor.Required("kind").String(),
        cursor.Optional("subject")?.String(),
        cursor.Required("outcome").Enum<Outcome>(),
        cursor.Optional("reason")?.String(),
        cursor.Optional("caveat")?.String(),
        cursor.Required("duration").Duration(),
        [.. cursor.Required("figures").Items().Select(ReadFigure)],
        cursor.Required("samples").Samples(),
        cursor.Required("details").Strings())
    {
        FailingTests = cursor.Optional("failing_tests")?.Long(),
    };

    private static void WriteFigure(Utf8JsonWriter writer, Figure figure)
    {
        writer.WriteString("name", figure.Name);
        writer.WriteNumber("value", figure.Value);
        writer.WriteString("text", figure.Text);
        if (figure.Change is { } change)
            writer.WriteNumber("change", change);
        writer.WriteOptional("fact", figure.Fact);
    }

    private static Figure ReadFigure(JsonCursor cursor) =>
        new(cursor.Required("name").String(), cursor.Required("value").Number(), cursor.Required("text").String(),
        cursor.Optional("change")?.Number())
        {
            Fact = cursor.Optional("fact")?.String(),
        };
}
