using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml;
using GateAction.Core.Documents;
using GateAction.Core.Model;
using GateAction.Core.Reports;
using GateAction.Core.Reports.Html;
using GateAction.Core.Reports.Machine;
using GateAction.Core.Reports.Markdown;

namespace GateAction.Tests.Reports;

/// <summary>Every field of a verdict and of evidence that can hold a text holds one that wants to get out, in every report.</summary>
internal sealed partial class HostileReportTests
{
    private const string Hostile = "\"'></script></pre><hostile onload=x>&lt;|`![a](b) @octocat ]]> {{7}}";

    /// <summary>What a document accepts only certain texts for.</summary>
    private static readonly string[] Closed =
        ["schema", "state", "underlying", "outcome", "unit", "started_at", "duration", "samples", "expires", "group", "reads", "operator"];

    private static readonly Verdict Verdict = Of(VerdictJsonOf(SampleVerdicts.Failing with
    {
        Trend = "t",
        Base = "b",
        Reason = "r",
        Waivers = [new("a", "r", "by", new(2026, 12, 1), 3, WaiverState.Used, "c"),
            new("b", "r", "by", new(2026, 12, 1), 3, WaiverState.Expired)],
    }), stream => VerdictJson.Read(stream, "v.json"));

    private static readonly Evidence Evidence =
        Of(EvidenceJsonOf(HtmlReportTests.Sources.Evidence!), stream => EvidenceJson.Read(stream, "e.json", _ => null));

    private static readonly ReportContext Context = new(
        Hostile, Hostile, Hostile, Hostile, $"https://example.com/{Hostile}", $"https://example.com/{Hostile}", Hostile, [Hostile],
        Verdict);

    [Test]
    public void Hostile_text_is_in_every_list_that_reports_show() => Assert.That(
        Verdict.Criteria.SelectMany(criterion => criterion.Explanation).Select(part => part.Actual?.Text).Append(Verdict.Notes[0])
        .Append(Verdict.Probes[0].Name),
        Has.Some.EqualTo(Hostile));

    [Test]
    public void No_field_gets_out_of_the_page()
    {
        var page = new StringWriter();

        HtmlReport.Write(page, Verdict, Context,
            new(Evidence, Hostile, [.. Enumerable.Range(0, 3).Select(_ => HistoryEntry.Of(Hostile, Evidence, Verdict))]));

        var text = page.ToString();
        var data = text.IndexOf("<body>", StringComparison.Ordinal);
        Assert.That(text[data..], Does.Not.Contain("<hostile").And.Not.Contain("\"'>").And.Contain("&lt;hostile onload=x&gt;"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void No_field_gets_out_of_the_comment_and_the_summary(bool isComment)
    {
        var text = isComment ? Comment.Render(Verdict, Context) : JobSummary.Render(Verdict, Context);

        // The address of a link stands between angle brackets, and neither of them is in it.
        Assert.That(Addresses().Replace(OutsideFences(text), ""),
            Does.Contain("hostile").And.Not.Contain("<hostile").And.Not.Contain("![a]").And.Not.Contain("@octocat"));
    }

    [Test]
    public void No_field_gets_out_of_the_machine_readable_reports()
    {
        Assert.That(() => Parse(Text(stream => CriteriaJUnit.Write(stream, Verdict))), Throws.Nothing);
        Assert.That(() => Parse(Badge.Svg(Verdict)), Throws.Nothing);
        Assert.That(() => JsonNode.Parse(Text(stream => Sarif.Write(stream, Verdict, Context, Evidence))), Throws.Nothing);
        Assert.That(() => JsonNode.Parse(Text(stream => Badge.WriteEndpoint(stream, Verdict))), Throws.Nothing);
        Assert.That(Annotations.Of(Verdict, Evidence).Select(annotation => annotation.Message), Has.None.Contains("\n"));
        Assert.That(StatusDescription.Of(Verdict), Has.Length.AtMost(140));
    }

    [GeneratedRegex(@"\(<[^<>]*>\)")]
    private static partial Regex Addresses();

    private static string OutsideFences(string text)
    {
        var isInside = false;
        return string.Join('\n', text.Split('\n').Where(line =>
        {
            var isFence = line.StartsWith("```", StringComparison.Ordinal);
            isInside ^= isFence;
            return !isInside && !isFence;
        }));
    }

    private static void Parse(string xml)
    {
        var document = new XmlDocument();
        document.LoadXml(xml[xml.IndexOf('<')..]);
        Assert.That(document.GetElementsByTagName("hostile"), Is.Empty);
    }

    private static T Of<T>(string json, Func<Stream, T> read)
    {
        var root = JsonNode.Parse(json)!;
        Spoil(root);
        return read(new MemoryStream(Encoding.UTF8.GetBytes(root.ToJsonString())));
    }

    private static void Spoil(JsonNode node)
    {
        if (node is JsonObject fields)
        {
            foreach (var (name, value) in fields.Where(field => !Closed.Contains(field.Key)).ToArray())
                fields[name] = name == "id" ? JsonValue.Create($"{Hostile} {value}") : Spoiled(value);
        }
        else if (node is JsonArray items)
        {
            for (var at = 0; at < items.Count; at++)
                items[at] = Spoiled(items[at]);
        }
    }

    private static JsonNode? Spoiled(JsonNode? value)
    {
        if (value is JsonValue text && text.GetValueKind() == System.Text.Json.JsonValueKind.String)
            return JsonValue.Create(Hostile);
        if (value is not null)
            Spoil(value);
        return value?.DeepClone();
    }

    private static string VerdictJsonOf(Verdict verdict) => Text(stream => VerdictJson.Write(stream, verdict));

    private static string EvidenceJsonOf(Evidence evidence) => Text(stream => EvidenceJson.Write(stream, evidence));

    private static string Text(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
