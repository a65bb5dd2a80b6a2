using System.Text.Json.Nodes;
using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Sources;
using GateAction.StandIns.Staging;
using GateAction.Surroundings;

namespace GateAction.Tests.Sources.OpenApi;

/// <summary>What is deployed beside a file of the repository and beside the last run of the base branch.</summary>
internal sealed class OpenApiComparisonTests
{
    private StagingServer _staging = null!;
    private string _directory = null!;

    [OneTimeSetUp]
    public async Task StartAsync() =>
        (_staging, _directory) =
        (await StagingServer.StartAsync(Scenario.Healthy), Directory.CreateTempSubdirectory("gate-openapi-").FullName);

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _staging.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Test]
    public async Task A_rule_is_turned_off_or_made_a_warning_by_its_id()
    {
        var older = JsonNode.Parse(OpenApiPage.Json)!;
        older["paths"]!["/v1/refunds"] = older["paths"]!["/health"]!.DeepClone();
        var file = Path.GetRelativePath(Path.GetTempPath(), Write("rules.json", older.ToJsonString()));

        var off = await MeasureAsync($"openapi: /openapi.json\ncompare: '{file}'\nrules: {{ operation-removed: off }}");
        var warning = await MeasureAsync($"openapi: /openapi.json\ncompare: '{file}'\nrules: {{ operation-removed: warning }}");

        Assert.That(NamesIn(off, "breaking").Concat(NamesIn(off, "warnings")), Is.Empty);
        Assert.That(NamesIn(off, "removed"), Is.EqualTo(new[] { "GET /v1/refunds" }));
        Assert.That(NamesIn(warning, "breaking"), Is.Empty);
        Assert.That(NamesIn(warning, "warnings"), Is.EqualTo(new[] { "GET /v1/refunds: the operation was removed" }));
        Assert.That(() => ProbeTesting.SourceOf("probe", "{ openapi: a.json, rules: { operation-remove: off } }"), Throws.Exception);
    }

    [Test]
    public async Task A_file_of_the_repository_is_compared_with_what_is_deployed()
    {
        var older = JsonNode.Parse(OpenApiPage.Json)!;
        older["paths"]!["/v1/refunds"] = older["paths"]!["/health"]!.DeepClone();
        older["paths"]!.AsObject().Remove("/metrics");
        older["components"]!["schemas"]!["Login"]!["required"] = new JsonArray("user");
        older["components"]!["schemas"]!["Order"]!["properties"]!["note"] = new JsonObject { ["type"] = "string" };
        var file = Write("openapi.json", older.ToJsonString());

        var measured = await MeasureAsync($"openapi: /openapi.json\ncompare: '{Path.GetRelativePath(Path.GetTempPath(), file)}'");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured));
        Assert.That(NamesIn(measured, "added"), Is.EqualTo(new[] { "GET /metrics" }));
        Assert.That(NamesIn(measured, "removed"), Is.EqualTo(new[] { "GET /v1/refunds" }));
        Assert.That(NamesIn(measured, "breaking"), Is.EqualTo(new[]
        {
            "GET /v1/refunds: the operation was removed",
            "POST /login: request body, 'password' became required",
            "GET /v1/orders: response 200, 'orders[].note' was removed",
            "GET /v1/orders/{id}: response 200, 'note' was removed",
        }));
        Assert.That(NamesIn(measured, "warnings"), Is.Empty);
        Assert.That(measured.Details, Is.EqualTo(new[]
        {
            "GET /v1/refunds: the operation was removed (operation-removed)",
            "POST /login: request body, 'password' became required (request-property-required)",
            "GET /v1/orders: response 200, 'orders[].note' was removed (response-property-removed)",
            "GET /v1/orders/{id}: response 200, 'note' was removed (response-property-removed)",
        }));
    }

    [Test]
    public async Task A_document_that_is_the_same_has_no_changes()
    {
        var measured = await MeasureAsync($"openapi: /openapi.json\ncompare: {_staging.Url}openapi.json");

        Assert.That(NamesIn(measured, "added").Concat(NamesIn(measured, "removed")).Concat(NamesIn(measured, "breaking")), Is.Empty);
        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured));
    }

    [Test]
    public async Task What_could_not_be_compared_holds_nothing()
    {
        var document = JsonNode.Parse(OpenApiPage.Json)!;
        document["paths"]!["/health"]!["get"]!["responses"]!["200"]!["content"]!["application/json"]!["schema"] = new JsonObject
        { ["$ref"] = "common.json#/Health" };
        var file = Write("split.json", document.ToJsonString());

        var measured = await MeasureAsync($"openapi: /openapi.json\ncompare: '{Path.GetRelativePath(Path.GetTempPath(), file)}'");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unclean));
        Assert.That(measured.Reason,
            Is.EqualTo("not everything could be compared: the $ref 'common.json#/Health' leads out of the document or nowhere"));
    }

    [Test]
    public async Task The_names_of_operations_are_compared_with_the_last_run_of_the_base_branch()
    {
        var first = await MeasureAsync("openapi: /openapi.json\npath: '/v1/**'");

        var later = await MeasureWithBaselineAsync("{ openapi: /openapi.json, path: ['/**', '!/v1/orders/**'], compare: baseline }",
            first.Facts);
        var fresh = await MeasureWithBaselineAsync("{ openapi: /openapi.json, compare: baseline }", null);

        Assert.That(NamesIn(later, "added"), Is.EqualTo(new[] { "GET /health", "GET /metrics", "POST /login" }));
        Assert.That(NamesIn(later, "removed"), Is.EqualTo(new[] { "GET /v1/orders/{id}" }));
        Assert.That(later.HasFact("breaking"), Is.False);
        Assert.That(fresh.HasFact("removed"), Is.False);
        Assert.That(fresh.Reason, Does.StartWith("there is no baseline to compare with yet"));
    }

    [Test]
    public async Task What_breaks_since_the_last_run_of_the_base_branch_is_what_breaks_since_its_document()
    {
        var document = JsonNode.Parse(OpenApiPage.Json)!;
        document["paths"]!["/v1/orders"]!["get"]!["parameters"] = new JsonArray(new JsonObject
        {
            ["name"] = "description",
            ["in"] = "query",
            ["required"] = true,
            ["schema"] = new JsonObject { ["type"] = "string" },
        });
        document["paths"]!.AsObject().Remove("/metrics");
        var changed = Path.GetRelativePath(Path.GetTempPath(), Write("changed.json", document.ToJsonString()));
        var first = await MeasureWithBaselineAsync("{ openapi: /openapi.json, compare: baseline }", null);

        var later = await MeasureWithBaselineAsync($"{{ openapi: '{changed}', compare: baseline }}", first.Facts);
        var same = await MeasureWithBaselineAsync("{ openapi: /openapi.json, compare: baseline }", first.Facts);

        Assert.That(NamesIn(later, "breaking"),
            Is.EqualTo(new[] { "GET /metrics: the operation was removed",
            "GET /v1/orders: new required parameter 'description' in query" }));
        Assert.That(NamesIn(later, "removed"), Is.EqualTo(new[] { "GET /metrics" }));
        Assert.That(later.Reason, Is.Null);
        Assert.That(NamesIn(same, "breaking"), Is.Empty);
        Assert.That(same.Fact("document").AsString,
            Is.EqualTo(first.Fact("document").AsString).And.Length.LessThan(OpenApiPage.Json.Length));
    }

    [TestCase("nonsense")]
    [TestCase("H4sIAAAAAAAAAwMAAAAAAAAAAAA=")]
    [TestCase("e30=")]
    public async Task A_document_in_the_baseline_that_is_damaged_leaves_the_names(string packed)
    {
        var baseline = Value.Map(("names", Value.List(["GET /health", "GET /gone"])), ("document", Value.String(packed)));

        var measured = await MeasureWithBaselineAsync("{ openapi: /openapi.json, compare: baseline }", baseline);

        Assert.That(NamesIn(measured, "removed"), Is.EqualTo(new[] { "GET /gone" }));
        Assert.That(measured.HasFact("breaking"), Is.False);
        Assert.That(measured.Reason, Does.StartWith("the baseline knows the names of operations only"));
    }

    private Task<Measurement> MeasureAsync(string yaml) => ProbeTesting.MeasureAsync(yaml, _staging.Url);

    private async Task<Measurement> MeasureWithBaselineAsync(string yaml, Value? baseline)
    {
        var collection = new Collection("test", [ProbeTesting.SourceOf("probe", yaml)], Value.Map(), null, _staging.Url, 8, 8,
            TimeSpan.FromMinutes(1))
        {
            Baseline = baseline is { } facts ? Value.Map([("probe", facts)]) : null,
        };
        using var collector = new Collector(collection, ProbeTesting.Shell, new Secrets());
        return (await collector.CollectAsync(CancellationToken.None)).Measurements["probe"];
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_directory, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static string[] NamesIn(Measurement measured, string fact) => [.. measured.Fact(fact).AsList.Select(name => name.AsString)];
}
