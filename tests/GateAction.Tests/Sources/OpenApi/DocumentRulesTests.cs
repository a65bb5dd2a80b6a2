using GateAction.Sources.OpenApi;

namespace GateAction.Tests.Sources.OpenApi;

/// <summary>What holds of a whole document: its servers, its operations that come and go, its webhooks, its version.</summary>
internal sealed class DocumentRulesTests
{
    [TestCase("servers: [{ url: 'https://a.example.com/v1' }]", "servers: [{ url: 'https://a.example.com/v2' }]", true, "server-removed",
        "")]
    [TestCase("servers: [{ url: 'https://a.example.com' }]", "servers: [{ url: 'https://b.example.com' }]", true, "server-removed", "")]
    [TestCase("servers: [{ url: 'https://a.example.com/' }]", "servers: [{ url: 'https://b.example.com' }]", false, "",
        "server-host-changed")]
    [TestCase("servers: [{ url: 'https://a.example.com' }]",
        "servers: [{ url: 'https://a.example.com/' }, { url: 'https://b.example.com' }]", true, "", "")]
    [TestCase("servers: [{ url: 'https://{r}.example.com', variables: { r: { default: eu, enum: [eu, us] } } }]",
        "servers: [{ url: 'https://{r}.example.com', variables: { r: { default: eu, enum: [eu] } } }]", true, "server-variable-narrowed",
        "")]
    [TestCase("x-a: 1", "servers: [{ url: 'https://a.example.com' }]", true, "", "")]
    [TestCase("servers: [{ url: 'https://{r}.example.com', variables: { r: { default: eu } } }]",
        "servers: [{ url: 'https://{r}.example.com', variables: { r: { default: eu, enum: [eu, us] } } }]", true,
        "server-variable-narrowed",
        "")]
    [TestCase("servers: [{ url: 'https://{r}.example.com', variables: { r: { default: eu, enum: [eu, us] } } }]",
        "servers: [{ url: 'https://{zone}.example.com', variables: { zone: { default: us, enum: [us, eu] } } }]", true, "", "")]
    [TestCase("servers: [{ url: 'https://{r}.example.com', variables: { r: { default: eu, enum: [eu, us] } } }]",
        "servers: [{ url: 'https://eu.example.com' }]", true, "server-removed", "")]
    [TestCase("servers: [{ url: 'https://{r}.example.com', variables: { r: { default: eu, enum: [eu, us] } } }]",
        "servers: [{ url: 'https://us.example.com' }, { url: 'https://EU.example.com:443/' }]", true, "", "")]
    [TestCase("servers: [{ url: 'https://us.example.com' }, { url: 'https://eu.example.com' }]",
        "servers: [{ url: 'https://{r}.example.com', variables: { r: { default: eu, enum: [eu, us] } } }]", true, "", "")]
    [TestCase("servers: [{ url: '/{v}', variables: { v: { default: v1, enum: [v1, v2] } } }]",
        "servers: [{ url: '/{v}', variables: { v: { default: v2, enum: [v2] } } }]", false, "server-variable-narrowed", "")]
    [TestCase("servers: [{ url: '/{v}', variables: { v: { default: v1, enum: [v1, v2] } } }]",
        "servers: [{ url: '/{v}', variables: { v: { default: v2, enum: [v2] } } }, { url: /v1 }]", false, "", "")]
    public void Servers_are_compared_by_their_paths_and_by_their_hosts_where_those_can_be_the_same(string before, string after,
    bool comparesHosts, string breaking, string warning)
    {
        var comparer = new ApiComparer(new([], [], []), new Dictionary<string, ApiLevel>(), comparesHosts, new(2027, 1, 1));

        var comparison = comparer.Compare(ApiPair.Read(ApiPair.Operation("deprecated: false"), "3.1.0", before),
            ApiPair.Read(ApiPair.Operation("deprecated: false"), "3.1.0", after));

        Assert.That(string.Join(", ", comparison.BreakingRules()), Is.EqualTo(breaking));
        Assert.That(string.Join(", ", comparison.WarningRules()), Is.EqualTo(warning));
    }

    [Test]
    public void A_path_that_moves_from_the_server_into_the_operations_breaks_nobody()
    {
        var before = ApiPair.Read("{ /orders: { get: { responses: {} } } }", "3.1.0", "servers: [{ url: 'https://a.example.com/v1' }]");
        var after = ApiPair.Read("{ /v1/orders: { get: { responses: {} } } }", "3.1.0", "servers: [{ url: 'https://a.example.com' }]");

        var comparison = ApiPair.Compare(before, after);

        Assert.That(comparison.Breaking.Concat(comparison.Removed).Concat(comparison.Added), Is.Empty);
    }

    [TestCase("2026-12-31", "", "operation-removed-after-sunset")]
    [TestCase("2027-01-01", "operation-removed", "")]
    [TestCase("2026-12-31T00:00:00Z", "", "operation-removed-after-sunset")]
    [TestCase("2027-01-01T00:00:00+00:00", "operation-removed", "")]
    [TestCase("soon", "operation-removed", "")]
    public void A_deprecated_operation_may_go_after_its_day(string sunset, string breaking, string warning)
    {
        var before = ApiPair.Read(
            $"{{ /a: {{ get: {{ responses: {{}} }} }}, /b: {{ get: {{ deprecated: true, x-sunset: '{sunset}', responses: {{}} }} }} }}");

        var comparison = ApiPair.Compare(before, ApiPair.Read("{ /a: { get: { responses: {} } } }"));

        Assert.That(string.Join(", ", comparison.BreakingRules()), Is.EqualTo(breaking));
        Assert.That(string.Join(", ", comparison.WarningRules()), Is.EqualTo(warning));
        Assert.That(comparison.Removed, Is.EqualTo(new[] { "GET /b" }));
    }

    [Test]
    public void Webhooks_are_read_by_the_client()
    {
        static ApiDocument Hook(string schema) =>
            ApiPair.Read("{}", "3.1.0",
            $"webhooks: {{ paid: {{ post: {{ requestBody: {{ content: {{ application/json: {{ schema: {schema} }} }} }}, responses: {{}} "
            + $"}} }} }}");

        Assert.That(ApiPair.Compare(Hook("{ type: integer }"), Hook("{ type: string }")).Breaking,
            Is.EqualTo(new[] { "webhook paid: request body was integer and is now string" }));
        Assert.That(ApiPair.Compare(Hook("{ type: number }"), Hook("{ type: integer }")).Breaking, Is.Empty);
        Assert.That(ApiPair.Compare(Hook("{}"), ApiPair.Read("{}", "3.1.0", "webhooks: {}")).BreakingRules(),
            Is.EqualTo(new[] { "webhook-removed" }));
    }

    [Test]
    public void An_API_that_is_written_anew_in_OpenAPI_3_is_the_same_API()
    {
        var old = ApiReader.Read(
            """
            swagger: "2.0"
            info: { title: Shop, version: "1" }
            host: shop.example.com
            basePath: /v1
            schemes: [https]
            consumes: [application/json]
            produces: [application/json]
            securityDefinitions: { key: { type: apiKey, in: header, name: X-Key }, basic: { type: basic } }
            security: [{ key: [] }, { basic: [] }]
            parameters: { page: { name: page, in: query, type: integer, minimum: 1 } }
            paths:
              /orders/{id}:
                parameters: [{ name: id, in: path, required: true, type: string }]
                post:
                  parameters:
                    - { name: order, in: body, required: true, schema: { $ref: '#/definitions/Order' } }
                    - { name: ids, in: query, type: array, items: { type: string }, collectionFormat: multi }
                    - { $ref: '#/parameters/page' }
                  responses: { 200: { description: ok, schema: { $ref: '#/definitions/Order' }, headers: { X-Rate: { type: integer } } } }
            definitions: { Order: { type: object, required: [note], properties: { note: { type: string, x-nullable: true } } } }
            """,
            "it");
        string Now(string note) =>
            $$"""
            openapi: 3.0.3
            info: { title: Shop, version: "1" }
            servers: [{ url: 'https://shop.example.com/v1' }]
            security: [{ key: [] }, { login: [] }]
            paths:
              /orders/{order}:
                post:
                  parameters:
                    - { name: order, in: path, required: true, schema: { type: string } }
                    - { name: ids, in: query, schema: { type: array, items: { type: string } } }
                    - { name: page, in: query, schema: { type: integer, minimum: 1 } }
                  requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } }
                  responses: { '200': { description: ok, headers: { X-Rate: { schema: { type: integer } } }, content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } } }
            components:
              securitySchemes: { key: { type: apiKey, in: header, name: X-Key }, login: { type: http, scheme: basic } }
              schemas: { Order: { type: object, required: [note], properties: { note: {{note}} } } }
            """;

        var same = ApiPair.Compare(old, ApiReader.Read(Now("{ type: string, nullable: true }"), "it"));
        var narrower = ApiPair.Compare(old, ApiReader.Read(Now("{ type: string }"), "it"));

        Assert.That(same.Breaking.Concat(same.Warnings).Concat(same.Unread), Is.Empty);
        Assert.That(narrower.Breaking,
            Is.EqualTo(new[] { "POST /orders/{order}: request body, 'note' accepted null or string and now only string" }));
    }

    [TestCase("{ /a: { get: { parameters: 5, responses: {} } } }", "parameters are no list")]
    [TestCase("{ /a: { get: { responses: [] } } }", "responses is no object")]
    [TestCase("{ /a: { get: 7 } }", "GET /a is no object")]
    [TestCase("{ /a: [] }", "'/a' is no object")]
    [TestCase("{ /a: { get: { parameters: [{ in: query }], responses: {} } } }", "a parameter has no 'name' or no 'in'")]
    [TestCase("{ /a: { get: { responses: { '200': { content: { application/json: { schema: text } } } } } } }",
        "stands where a schema is expected")]
    [TestCase("{ /a: { get: { responses: { '200': { content: { application/json: { schema: { $dynamicRef: '#node' } } } } } } } }",
        "the $ref '#node' leads out of the document or nowhere")]
    public void What_is_not_built_as_OpenAPI_has_it_was_not_compared(string paths, string unread)
    {
        var comparison = ApiPair.Compare(ApiPair.Read(paths), ApiPair.Read(paths));

        Assert.That(comparison.Unread, Has.Some.Contains(unread));
    }

    [Test]
    [Category("Generated")]
    public void Every_rule_has_an_id_of_its_own_and_its_line_on_the_page()
    {
        var page = Path.Combine(TestFiles.Repository, "docs", "probes", "openapi-rules.md");
        var table = "| rule | level | what changed |\n|---|---|---|\n"
            + string.Concat(ApiRules.All.Select(rule =>
            $"| `{rule.Id}` | {(rule.Level == ApiLevel.Breaking ? "breaking" : "warning")} | {rule.What} |\n"));
        var text = File.ReadAllText(page);
        var (begin, end) = ("<!-- rules -->\n", "<!-- end of rules -->");
        var expected = text[..(text.IndexOf(begin, StringComparison.Ordinal) + begin.Length)] + table
            + text[text.IndexOf(end, StringComparison.Ordinal)..];

        Assert.That(ApiRules.All.Select(rule => rule.Id), Is.Unique);
        if (Environment.GetEnvironmentVariable("GATE_ACCEPT_SNAPSHOTS") == "1")
            File.WriteAllText(page, expected);
        else
            Assert.That(text, Is.EqualTo(expected), "run this test with GATE_ACCEPT_SNAPSHOTS=1 to write the table");
    }

    [Test]
    public void Operations_beside_a_reference_of_their_path_count_too()
    {
        const string Shared = "components: { pathItems: { P: { post: { responses: {} } } } }";
        var before = ApiPair.Read("{ /a: { $ref: '#/components/pathItems/P', summary: s, get: { responses: {} } } }", "3.1.0", Shared);
        var after = ApiPair.Read("{ /a: { $ref: '#/components/pathItems/P' } }", "3.1.0", Shared);

        Assert.That(before.Operations.Select(operation => operation.Name), Is.EquivalentTo(new[] { "POST /a", "GET /a" }));
        Assert.That(ApiPair.Compare(before, after).Breaking, Is.EqualTo(new[] { "GET /a: the operation was removed" }));
    }

    [TestCase("orders", "users", "response-property-removed")]
    [TestCase("users", "orders", "response-property-removed")]
    [TestCase("users", "users", "")]
    public void An_operation_with_another_tag_than_before_is_the_same(string before, string after, string rule)
    {
        static ApiDocument With(string tag, string properties) => ApiPair.Read(
            $"{{ /a: {{ get: {{ tags: [{tag}], responses: {{ '200': {{ content: {{ application/json: {{ schema: {{ type: object, "
            + $"properties: {properties} }} }} }} }} }} }} }} }}");
        var comparer =
            new ApiComparer(new([], ["orders"], []), new Dictionary<string, ApiLevel>(), comparesHosts: true, new(2027, 1, 1));

        var comparison = comparer.Compare(With(before, "{ a: {} }"), With(after, "{}"));

        Assert.That(string.Concat(comparison.BreakingRules()), Is.EqualTo(rule));
        Assert.That(comparison.Added.Concat(comparison.Removed), Is.Empty);
    }
}
