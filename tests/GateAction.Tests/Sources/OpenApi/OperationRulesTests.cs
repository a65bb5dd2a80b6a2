using GateAction.Sources.OpenApi;

namespace GateAction.Tests.Sources.OpenApi;

/// <summary>What an operation asks and gives, beside its schemas: each row a change, the rules that it breaks, and those that it
/// disturbs.</summary>
internal sealed class OperationRulesTests
{
    private const string Schemes =
        """
        components:
          securitySchemes:
            key: { type: apiKey, in: header, name: X-Key }
            same: { type: apiKey, in: header, name: x-key }
            query: { type: apiKey, in: query, name: key }
            bearer: { type: http, scheme: bearer }
            oauth: { type: oauth2, flows: { clientCredentials: { tokenUrl: 'https://id.example.com', scopes: { r: read, w: write } } } }
            elsewhere: { type: oauth2, flows: { clientCredentials: { tokenUrl: 'https://id2.example.com', scopes: { r: read } } } }
            code: { type: oauth2, flows: { authorizationCode: { tokenUrl: 'https://id.example.com', scopes: { r: read } } } }
            oidc: { type: openIdConnect, openIdConnectUrl: 'https://id.example.com/a' }
            oidc2: { type: openIdConnect, openIdConnectUrl: 'https://id.example.com/b' }
        """;

    private static TestCaseData[] Security =>
    [
        Row("open, then a key", "security: []", "security: [{ key: [] }]", "security-added"),
        Row("nothing said, then a key", "deprecated: false", "security: [{ key: [] }]", "security-added"),
        Row("a key or nothing, then a key", "security: [{}, { key: [] }]", "security: [{ key: [] }]", "security-added"),
        Row("another scheme", "security: [{ key: [] }]", "security: [{ bearer: [] }]", "security-changed"),
        Row("one of two is gone", "security: [{ key: [] }, { bearer: [] }]", "security: [{ bearer: [] }]", "security-changed"),
        Row("two at once", "security: [{ key: [] }]", "security: [{ key: [], bearer: [] }]", "security-changed"),
        Row("the key elsewhere", "security: [{ key: [] }]", "security: [{ query: [] }]", "security-changed"),
        Row("one scope more", "security: [{ oauth: [r] }]", "security: [{ oauth: [r, w] }]", "security-scope-added"),
        Row("one scope less", "security: [{ oauth: [r, w] }]", "security: [{ oauth: [r] }]"),
        Row("a token from elsewhere", "security: [{ oauth: [r] }]", "security: [{ elsewhere: [r] }]", "", "security-url-changed"),
        Row("another issuer", "security: [{ oidc: [] }]", "security: [{ oidc2: [] }]", "", "security-url-changed"),
        Row("a token from here and elsewhere", "security: [{ oauth: [r] }]", "security: [{ elsewhere: [r] }, { oauth: [r] }]"),
        Row("a token in another way", "security: [{ oauth: [r] }]", "security: [{ code: [r] }]", "security-changed"),
        Row("another way in", "security: [{ key: [] }]", "security: [{ key: [] }, { bearer: [] }]"),
        Row("no key any more", "security: [{ key: [] }]", "security: []"),
        Row("another name of the same scheme", "security: [{ key: [] }]", "security: [{ same: [] }]"),
    ];

    private static TestCaseData[] Parameters =>
    [
        Row("moved", "parameters: [{ name: q, in: query }]", "parameters: [{ name: q, in: header }]", "parameter-moved"),
        Row("moved and required", "parameters: [{ name: q, in: query }]", "parameters: [{ name: q, in: header, required: true }]",
            "parameter-moved"),
        Row("removed", "parameters: [{ name: q, in: query }]", "parameters: []", "", "parameter-removed"),
        Row("new and required", "parameters: []", "parameters: [{ name: q, in: query, required: true }]", "parameter-required-added"),
        Row("required", "parameters: [{ name: q, in: query }]", "parameters: [{ name: q, in: query, required: true }]",
            "parameter-became-required"),
        Row("a list in another style", List(""), List(", style: pipeDelimited"), "parameter-style-changed"),
        Row("a list no longer exploded", List(""), List(", explode: false"), "parameter-style-changed"),
        Row("a default that was always so", List(""), List(", style: form, explode: true")),
        Row("a text in another style", "parameters: [{ name: q, in: query, schema: { type: string } }]",
            "parameters: [{ name: q, in: query, explode: false, schema: { type: string } }]"),
        Row("a text as JSON", "parameters: [{ name: q, in: query, schema: { type: string } }]",
            "parameters: [{ name: q, in: query, content: { application/json: { schema: { type: string } } } }]", "parameter-style-changed"),
        Row("another default", "parameters: [{ name: q, in: query, schema: { type: integer, default: 10 } }]",
            "parameters: [{ name: q, in: query, schema: { type: integer, default: 20 } }]", "parameter-default-changed"),
        Row("digits are text", "parameters: [{ name: q, in: query, schema: { type: integer } }]",
            "parameters: [{ name: q, in: query, schema: { type: string } }]"),
        Row("text is not always digits", "parameters: [{ name: q, in: query, schema: { type: string } }]",
            "parameters: [{ name: q, in: query, schema: { type: integer } }]", "request-type-narrowed"),
        Row("digits listed as text", "parameters: [{ name: q, in: query, schema: { enum: [1, 2] } }]",
            "parameters: [{ name: q, in: query, schema: { enum: ['1', '2'] } }]"),
        Row("items of a list", List(""),
            "parameters: [{ name: q, in: query, schema: { type: array, items: { type: string, maxLength: 3 } } }]",
            "request-bound-tightened"),
        Row("a header that OpenAPI ignores", "parameters: []", "parameters: [{ name: Authorization, in: header, required: true }]"),
    ];

    private static TestCaseData[] Answers =>
    [
        Row("a success is gone", Responses("'200': { description: ok }, '202': { description: later }"),
            Responses("'200': { description: ok }"), "response-removed"),
        Row("an error is gone", Responses("'200': { description: ok }, '404': { description: no }"),
            Responses("'200': { description: ok }"), "", "response-error-removed"),
        Row("a status by its range", Responses("'200': { description: ok }"), Responses("2XX: { description: ok }")),
        Row("a range by its status", Responses("2XX: { description: ok }"),
            Responses("'200': { description: ok }, '201': { description: ok }")),
        Row("a media type is gone", Responses(Content("text/csv: {}, application/json: {}")), Responses(Content("application/json: {}")),
            "response-media-type-removed"),
        Row("the body is gone", Responses(Content("application/json: {}")), Responses("'200': { description: ok }"),
            "response-media-type-removed"),
        Row("a media type with its charset", Responses(Content("application/json: {}")),
            Responses(Content("application/json; charset=utf-8: {}"))),
        Row("any media type", Responses(Content("application/json: {}")), Responses(Content("'*/*': {}")), "response-media-type-removed"),
        Row("the schema is gone", Responses(Content("application/json: { schema: { type: string } }")),
            Responses(Content("application/json: {}")), "response-type-widened"),
        Row("an error's field is gone",
            Responses("'404': { description: no, content: { application/json: { schema: { properties: { code: {} } } } } }"),
            Responses("'404': { description: no, content: { application/json: { schema: { type: object } } } }"),
            "response-property-removed"),
        Row("what the default said",
            Responses("default: { description: no, content: { application/json: { schema: { properties: { code: {} } } } } }"),
            Responses(
            "'404': { description: no, content: { application/json: { schema: { type: object } } } }, default: { description: no, "
            + "content: { application/json: { schema: { properties: { code: {} } } } } }"), "response-property-removed"),
        Row("a header is gone", Responses(Header("{ schema: { type: integer } }")), Responses("'200': { description: ok }"),
            "response-header-removed"),
        Row("a header may be missing", Responses(Header("{ required: true }")), Responses(Header("{ required: false }")),
            "response-header-optional"),
        Row("a header as JSON", Responses(Header("{ schema: { type: object } }")),
            Responses(Header("{ content: { application/json: { schema: { type: object } } } }")), "response-header-style-changed"),
        Row("a header in another media type", Responses(Header("{ content: { application/json: { } } }")),
            Responses(Header("{ content: { application/xml: { } } }")), "response-header-style-changed"),
        Row("an object in a header, exploded", Responses(Header("{ schema: { type: object } }")),
            Responses(Header("{ explode: true, schema: { type: object } }")), "response-header-style-changed"),
        Row("a list in a header, exploded", Responses(Header("{ schema: { type: array } }")),
            Responses(Header("{ explode: true, schema: { type: array } }"))),
        Row("a link is gone", Responses(Link("next: { operationId: a }")), Responses(Link("")), "", "response-link-removed"),
        Row("a link leads elsewhere", Responses(Link("next: { operationId: a }")), Responses(Link("next: { operationId: b }")), "",
            "response-link-removed"),
        Row("a link more", Responses(Link("")), Responses(Link("next: { operationId: a }"))),
        Row("another version of a media type", Responses(Content("application/json;v=1: {}")),
            Responses(Content("application/json;v=2: {}")), "response-media-type-removed"),
        Row("one version of two", Responses(Content("application/json;v=1: {}, application/json;v=2: {}")),
            Responses(Content("application/json;v=2: {}")), "response-media-type-removed"),
        Row("a version where there was none", Responses(Content("application/json: {}")),
            Responses(Content("application/json;v=2: {}"))),
        Row("a header of another type", Responses(Header("{ schema: { type: integer } }")),
            Responses(Header("{ schema: { type: string } }")), "response-type-widened"),
    ];

    private static TestCaseData[] Bodies =>
    [
        Row("gone", "requestBody: { content: { application/json: {} } }", "deprecated: false", "body-removed"),
        Row("new and required", "deprecated: false", "requestBody: { required: true, content: { application/json: {} } }",
            "body-required-added"),
        Row("required", "requestBody: { content: { application/json: {} } }",
            "requestBody: { required: true, content: { application/json: {} } }", "body-became-required"),
        Row("a media type is gone", "requestBody: { content: { application/json: {}, text/csv: {} } }",
            "requestBody: { content: { application/json: {} } }", "body-media-type-removed"),
        Row("another version of it", "requestBody: { content: { application/json;v=1: {} } }",
            "requestBody: { content: { application/json; v=2: {} } }", "body-media-type-removed"),
        Row("an answer of a callback", Answer("application/json"), Answer("application/xml"), "body-media-type-removed"),
        Row("a range holds it", "requestBody: { content: { image/png: {}, image/gif: {} } }", "requestBody: { content: { image/*: {} } }"),
        Row("digits of a form are text", Form("integer"), Form("string")),
        Row("a callback is gone", Callback("integer"), "deprecated: false", "callback-removed"),
        Row("a callback's field is another", Callback("integer"), Callback("string"), "response-type-widened"),
        Row("a callback's field holds less", Callback("number"), Callback("integer")),
        Row("a server of its own", "servers: [{ url: /v1 }]", "servers: [{ url: /v2 }]", "server-removed"),
    ];

    [TestCaseSource(nameof(Security))]
    public void Who_may_call(string before, string after, string[] breaking, string[] warnings) => Check(before, after, breaking, warnings);

    [TestCaseSource(nameof(Parameters))]
    public void A_parameter(string before, string after, string[] breaking, string[] warnings) => Check(before, after, breaking, warnings);

    [TestCaseSource(nameof(Answers))]
    public void An_answer(string before, string after, string[] breaking, string[] warnings) => Check(before, after, breaking, warnings);

    [TestCaseSource(nameof(Bodies))]
    public void A_body(string before, string after, string[] breaking, string[] warnings) => Check(before, after, breaking, warnings);

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

    private static void Check(string before, string after, string[] breaking, string[] warnings)
    {
        var comparison = ApiPair.Compare(ApiPair.Read(ApiPair.Operation(before), "3.1.0", Schemes),
            ApiPair.Read(ApiPair.Operation(after), "3.1.0", Schemes));

        Assert.That(comparison.BreakingRules(), Is.EqualTo(breaking), string.Join("\n", comparison.Breaking));
        Assert.That(comparison.WarningRules(), Is.EqualTo(warnings), string.Join("\n", comparison.Warnings));
        Assert.That(comparison.Unread, Is.Empty);
    }

    private static TestCaseData Row(string name, string before, string after, string breaking = "", string warning = "") =>
        new TestCaseData(before, after, breaking.Length == 0 ? [] : new[] { breaking },
        warning.Length == 0 ? [] : new[] { warning }).SetArgDisplayNames(name);

    private static string List(string rest) =>
        $"parameters: [{{ name: q, in: query, schema: {{ type: array, items: {{ type: string }} }}{rest} }}]";

    private static string Responses(string responses) => $"responses: {{ {responses} }}";

    private static string Content(string content) => $"'200': {{ description: ok, content: {{ {content} }} }}";

    private static string Header(string header) => $"'200': {{ description: ok, headers: {{ X-Rate: {header} }} }}";

    private static string Link(string links) => $"'200': {{ description: ok, links: {{ {links} }} }}";

    private static string Answer(string media) =>
        $"callbacks: {{ done: {{ '{{$url}}': {{ post: {{ responses: {{ '200': {{ description: ok, content: {{ {media}: {{}} }} }} }} }} "
        + "} } }";

    private static string Form(string type) =>
        $"requestBody: {{ content: {{ application/x-www-form-urlencoded: {{ schema: {{ type: object, properties: {{ a: {{ type: {type} }} "
        + $"}} }} }} }} }}";

    private static string Callback(string type) =>
        $"callbacks: {{ done: {{ '{{$request.query.url}}': {{ post: {{ requestBody: {{ content: {{ application/json: {{ schema: {{ type: "
        + $"{type} }} }} }} }}, responses: {{}} }} }} }} }}";
}
