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
