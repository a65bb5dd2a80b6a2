using System.Text;
using System.Text.Json.Nodes;
using GateAction.Cel.Values;
using GateAction.Core.Documents;
using GateAction.Core.Model;
using GateAction.Core.Reports.Markdown;
using GateAction.Tests.Reports;

namespace GateAction.Tests.Documents;

/// <summary>Documents that somebody wrote by hand or that were damaged: each place holds each sort of value once, or nothing.</summary>
internal sealed class DamagedDocumentTests
{
    private static readonly string[] Values =
        ["null", "3", "-1.5", "1e999", "true", "\"x\"", "\"\\ud800\"", "[]", "[null]", "{}", """{"a":null}"""];

    private static readonly Evidence Evidence = SampleEvidence.Of(
        ("a", SampleEvidence.Measured("http", ("status", Value.Int(200)), ("latency", Value.Duration(1, 5))) with
        {
            Samples = [TimeSpan.FromMilliseconds(1), null],
            Details = ["x"],
            AwaitsBaseline = ["y"],
            KeptFor = ["a.status == 200"],
            Spread = new([new("status")], [new(3, Value.Map(("status", Value.Int(200))), "r")], ["a.status == 200"], 1),
        })) with
    { Changed = ["src/a.cs"], Run = new("acme/shop", "9b1f6c3", 7, 2) };

    [Test]
    public void Evidence_with_any_value_in_any_place_is_read_or_refused_in_one_sentence()
    {
        var text = Write(stream => EvidenceJson.Write(stream, Evidence));

        Assert.That(Damaged(text)
            .Where(damaged => !IsReadOrRefused(damaged, stream => EvidenceJson.Read(stream, "e.json", _ => null).Measurements.Count)),
            Is.Empty);
    }

    [Test]
    public void A_verdict_with_any_value_in_any_place_is_read_and_reported_or_refused_in_one_sentence()
    {
        var failing = SampleVerdicts.Failing;
        var verdict = failing
            with
        { Criteria = [failing.Criteria[0]], Probes = [.. failing.Probes.Take(2)], Run = new("acme/shop", "9b1f6c3", 7, 2) };
        var text = Write(stream => VerdictJson.Write(stream, verdict));

        Assert.That(
            Damaged(text).Where(damaged =>
            !IsReadOrRefused(damaged, stream => Comment.Render(VerdictJson.Read(stream, "v.json"), SampleVerdicts.Context).Length)),
            Is.Empty);
    }

    [TestCase("\"criteria\": [", "\"criteria\": [null,", "'criteria[0]' is null where an object is accepted")]
    [TestCase("\"notes\": [", "\"notes\": [null,", "'notes[0]' is null where a string is accepted")]
    [TestCase("\"gate\": \"staging\"", "\"gate\": \"staging\", \"gate\": \"other\"", "'gate' is there twice")]
    [TestCase("\"gate\": \"staging\"", "\"gate\": null", "'gate' is null where a string is accepted")]
    [TestCase("\"weight\": 1", "\"weight\": 1e999", "'criteria[0].weight' is 1e999 where a number is accepted")]
    [TestCase("\"pass_score\": 0.9,", "", "'pass_score' is missing")]
    [TestCase("\"groups\": [", "\"groups\": {}, \"x\": [", "'groups' is {} where a list is accepted")]
    public void The_sentence_names_the_place_and_what_is_accepted(string part, string other, string message)
    {
        var text = Write(stream => VerdictJson.Write(stream, SampleVerdicts.Passing));
        var at = text.IndexOf(part, StringComparison.Ordinal);

        var damaged = text.Remove(at, part.Length).Insert(at, other);

        Assert.That(() => VerdictJson.Read(Stream(damaged), "v.json"),
            Throws.TypeOf<GateException>().With.Message.EqualTo($"v.json: {message}"));
    }

    [TestCase("7")]
    [TestCase("\"gateaction/verdict/2/x\"")]
    [TestCase("\"gateaction/verdict/0\"")]
    [TestCase("\"\\ud800\"")]
    public void A_document_of_another_sort_is_told_as_one(string schema) =>
        Assert.That(
            () => VerdictJson.Read(Stream($$"""{"schema":{{schema}}}"""), "v.json"),
            Throws.TypeOf<GateException>().With.Message.StartsWith("v.json is of schema '").And.Message.EndsWith(
            "'; 'gateaction/verdict/2' is accepted here"));

    private static bool IsReadOrRefused(string text, Func<Stream, int> read)
    {
        try
        {
            return read(Stream(text)) >= 0;
        }
        catch (GateException exception)
        {
            return exception.ExitCode == ExitCode.BadInput && !exception.Message.Contains('\n') && exception.Message.Length < 400;
        }
    }

    private static IEnumerable<string> Damaged(string text)
    {
        var places = Places(JsonNode.Parse(text)!).Select(node => node.GetPath()).ToArray();
        foreach (var place in places)
        {
            foreach (var value in Values)
                yield return Replaced(text, place, node =>
                    node.ReplaceWith(JsonNode.Parse(value == "1e999" || value.Contains("ud800") ? "\"HERE\"" : value)))
                    .Replace("\"HERE\"", value, StringComparison.Ordinal);
            yield return Replaced(text, place, node =>
            {
                if (node.Parent is JsonObject parent)
                    parent.Remove(node.GetPropertyName());
                else
                    ((JsonArray)node.Parent!).Remove(node);
            });
        }
    }

    private static string Replaced(string text, string place, Action<JsonNode> change)
    {
        var root = JsonNode.Parse(text)!;
        change(Places(root).First(node => node.GetPath() == place));
        return root.ToJsonString();
    }

    private static IEnumerable<JsonNode> Places(JsonNode node)
    {
        var children = node switch
        {
            JsonObject fields => fields.Select(field => field.Value),
            JsonArray items => items.Select(item => item),
            _ => [],
        };
        return children.OfType<JsonNode>().SelectMany(child => Places(child).Prepend(child));
    }

    private static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));

    private static string Write(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
