using System.Text;
using System.Xml;
using GateAction.Core.Model;
using GateAction.Core.Reports.Markdown;

namespace GateAction.Core.Reports.Machine;

/// <summary>
/// The criteria as JUnit XML, for tools that show test results. Only what blocks is a failure (or an error if it could not be measured),
/// so that such a tool is red exactly when the gate is; what is degraded or advisory and not met is skipped with a message.
/// </summary>
public static class CriteriaJUnit
{
    private static readonly XmlWriterSettings Settings = new() { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(false) };

    public static void Write(Stream stream, Verdict verdict)
    {
        using var writer = XmlWriter.Create(stream, Settings);
        writer.WriteStartElement("testsuites");
        writer.WriteAttributeString("name", Clean($"gate/{verdict.Gate}"));
        writer.WriteAttributeString("time", Seconds(verdict.Duration));
        foreach (var group in verdict.Groups)
            WriteSuite(writer, GroupsSection.Title(group),
                [.. verdict.Criteria.Where(criterion => criterion.GroupId == group.Id).Select(criterion => Case.Of(criterion, verdict))],
                verdict);
        // A gate may block although no criterion of it does: for its score, or because nothing was decided.
        WriteSuite(writer, "Verdict", [Case.Of(verdict)], verdict);
        writer.WriteEndElement();
    }

    private static void WriteSuite(XmlWriter writer, string name, Case[] cases, Verdict verdict)
    {
        writer.WriteStartElement("testsuite");
        writer.WriteAttributeString("name", Clean(name));
        writer.WriteAttributeString("tests", XmlConvert.ToString(cases.Length));
        foreach (var element in new[] { "failure", "error", "skipped" })
            writer.WriteAttributeString(element == "skipped" ? element : element + "s",
                XmlConvert.ToString(cases.Count(one => one.Element == element)));
        writer.WriteAttributeString("timestamp", XmlConvert.ToString(verdict.StartedAt.UtcDateTime, XmlDateTimeSerializationMode.Utc));
        writer.WriteAttributeString("time", "0");
        foreach (var one in cases)
            one.Write(writer, $"gate.{verdict.Gate}.{name}");
        writer.WriteEndElement();
    }

    private static string Seconds(TimeSpan duration) => duration.TotalSeconds.ToString("0.###");

    // XML has no control characters, and XmlWriter throws at one; names of tests and answers of servers hold any.
    private static string Clean(string text) => PlainText.Line(text, 500);

    /// <param name="Element">The element that says it did not pass; null if it did.</param>
    private sealed record Case(string Name, string? Element, string Message, IReadOnlyList<string> Lines)
    {
        public static Case Of(CriterionVerdict criterion, Verdict verdict)
        {
            var element = criterion.State switch
            {
                CriterionState.Passed => null,
                CriterionState.Failed when criterion.Required => "failure",
                CriterionState.Inconclusive when criterion.Required && verdict.State != VerdictState.Warned => "error",
                CriterionState.Failed or CriterionState.Inconclusive or CriterionState.Degraded or CriterionState.Waived
                    or CriterionState.Skipped
                    => "skipped",
            };
            var advisory = criterion.Required ? "" : " (advisory)";
            string[] lines = [criterion.Condition, .. criterion.Explanation.Select(part => part.ToString()), criterion.Reason
                ?? "", criterion.Help is { } help ? $"help: {help}" : ""];
            return new(criterion.Title, element, $"{StateWords.Of(criterion.State).Word}{advisory}: {Headline.Describe(criterion)}", lines);
        }

        public static Case Of(Verdict verdict)
        {
            var blocks = verdict.Blocks;
            return new("The gate lets the change through", blocks ? "failure" : null, Headline.Of(verdict), verdict.Notes);
        }

        public void Write(XmlWriter writer, string className)
        {
            writer.WriteStartElement("testcase");
            writer.WriteAttributeString("classname", Clean(className));
            writer.WriteAttributeString("name", Clean(Name));
            writer.WriteAttributeString("time", "0");
            if (Element is not null)
            {
                writer.WriteStartElement(Element);
                writer.WriteAttributeString("message", Clean(Message));
                writer.WriteString(string.Join('\n', Lines.Where(line => line.Length > 0).Select(Clean)));
                writer.WriteEndElement();
            }
            writer.WriteEndElement();
        }
    }
}
