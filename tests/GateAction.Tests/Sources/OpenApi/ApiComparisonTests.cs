using GateAction.Sources.OpenApi;

namespace GateAction.Tests.Sources.OpenApi;

/// <summary>Each change of an operation <c>POST /orders</c> and what is said of it.</summary>
internal sealed class ApiComparisonTests
{
    private const string Plain = "responses: { '200': { description: ok } }";

    private static TestCaseData[] Parameters =>
    [
        Case("a new optional parameter", "", "{ name: q, in: query, schema: { type: string } }"),
        Case("a new required parameter", "", "{ name: tenant, in: header, required: true, schema: { type: string } }",
            "new required parameter 'tenant' in header"),
        Case("a parameter that becomes required", "{ name: q, in: query }", "{ name: q, in: query, required: true }",
            "parameter 'q' in query became required"),
        Case("a parameter that is no longer required", "{ name: q, in: query, required: true }", "{ name: q, in: query }"),
        Case("a parameter that is removed", "{ name: q, in: query }", ""),
        Case("a header in another case", "{ name: X-Tenant, in: header, required: true }",
            "{ name: x-tenant, in: header, required: true }"),
        Case("a narrowed type", "{ name: q, in: query, schema: { type: number } }", "{ name: q, in: query, schema: { type: integer } }",
            "parameter 'q' in query accepted number and now only integer"),
        Case("a widened type", "{ name: q, in: query, schema: { type: integer } }", "{ name: q, in: query, schema: { type: number } }"),
        Case("an enum that loses a value", "{ name: q, in: query, schema: { enum: [a, b] } }",
            "{ name: q, in: query, schema: { enum: [b, c] } }", "parameter 'q' in query no longer accepts \"a\""),
        Case("a new enum", "{ name: q, in: query, schema: { type: string } }",
            "{ name: q, in: query, schema: { type: string, enum: [a] } }", "parameter 'q' in query now accepts only \"a\""),
        Case("a lower maximum", "{ name: q, in: query, schema: { type: integer, maximum: 100 } }",
            "{ name: q, in: query, schema: { type: integer, maximum: 50 } }", "parameter 'q' in query: maximum is now 50"),
        Case("a minimum length of nothing", "{ name: q, in: query, schema: { type: string } }",
            "{ name: q, in: query, schema: { type: string, minLength: 0 } }"),
    ];

    private static TestCaseData[] Bodies =>
    [
        Case("a new optional field", "{ type: object }", "{ type: object, properties: { note: { type: string } } }"),
        Case("a new required field", "{ type: object }", "{ type: object, required: [note], properties: { note: { type: string } } }",
            "request body, new required 'note'"),
        Case("a new required field that only the server sets", "{ type: object }",
            "{ type: object, required: [id], properties: { id: { type: string, readOnly: true } } }"),
        Case("a field that becomes required", "{ properties: { note: {} } }", "{ required: [note], properties: { note: {} } }",
            "request body, 'note' became required"),
        Case("a nested field", "{ properties: { a: { properties: { b: { type: string } } } } }",
            "{ properties: { a: { properties: { b: { type: boolean } } } } }", "request body, 'a.b' accepted string and now only boolean"),
        Case("an item of a list", "{ type: array, items: { type: string } }", "{ type: array, items: { type: integer } }",
            "request body, '[]' accepted string and now only integer"),
        Case("null that is no longer accepted", "{ type: string, nullable: true }", "{ type: string }",
            "request body accepted null or string and now only string"),
        Case("a field of an object that is now closed", "{ properties: { a: {} } }", "{ properties: {}, additionalProperties: false }",
            "request body, 'a' is no longer accepted"),
        Case("a required field that comes in by allOf", "{ allOf: [{ properties: { a: {} } }] }",
            "{ allOf: [{ properties: { a: {} } }, { required: [a] }] }", "request body, 'a' became required"),
        Case("an alternative that is gone", "{ oneOf: [{ $ref: '#/components/schemas/Card' }, { $ref: '#/components/schemas/Cash' }] }",
            "{ oneOf: [{ $ref: '#/components/schemas/Card' }] }", "request body no longer accepts 'Cash'"),
        Case("a recursive type", "{ $ref: '#/components/schemas/Tree' }", "{ $ref: '#/components/schemas/Tree' }"),
    ];

    private static TestCaseData[] Answers =>
    [
        Case("a new field", "{ properties: { a: {} } }", "{ properties: { a: {}, b: {} } }"),
        Case("a field that is gone", "{ properties: { a: {}, b: {} } }", "{ properties: { a: {} } }", "response 200, 'b' was removed"),
        Case("a field that may be missing", "{ required: [a], properties: { a: {} } }", "{ properties: { a: {} } }",
            "response 200, 'a' may now be missing"),
        Case("another type", "{ properties: { a: { type: string } } }", "{ properties: { a: { type: integer } } }",
            "response 200, 'a' was string and is now integer"),
        Case("a narrower type", "{ type: number }", "{ type: integer }"),
        Case("a type that may now be null", "{ type: string }", "{ type: string, nullable: true }",
            "response 200 was string and is now null or string"),
        Case("another alternative", "{ oneOf: [{ $ref: '#/components/schemas/Card' }] }",
            "{ oneOf: [{ $ref: '#/components/schemas/Card' }, { $ref: '#/components/schemas/Cash' }] }", "response 200 may now be 'Cash'"),
    ];

    [TestCaseSource(nameof(Parameters))]
    public void A_parameter(string before, string after, string[] breaking) =>
        Check($"parameters: [{before}]\n      {Plain}", $"parameters: [{after}]\n      {Plain}", breaking);

    [TestCaseSource(nameof(Bodies))]
    public void A_request_body(string before, string after, string[] breaking) => Check(Body(before), Body(after), breaking);

    [TestCaseSource(nameof(Answers))]
    public void An_answer(string before, string after, string[] breaking) => Check(Answer(before), Answer(after), breaking);

    [Test]
    public void Operations_that_come_and_go_are_named_and_only_those_that_go_break()
    {
        var before = Read("/users/{id}: { get: { " + Plain + " }, delete: { " + Plain + " } }");
        var after = Read("/users/{user}: { get: { " + Plain + " }, put: { " + Plain + " } }");

        var comparison = Compare(before, after);

        Assert.That(comparison.Added, Is.EqualTo(new[] { "PUT /users/{user}" }));
        Assert.That(comparison.Removed, Is.EqualTo(new[] { "DELETE /users/{id}" }));
        Assert.That(comparison.Breaking, Is.EqualTo(new[] { "DELETE /users/{id}: the operation was removed" }));
    }

    [Test]
    public void Success_answers_and_media_types_that_go_break()
    {
        Check("responses: { '200': { description: ok }, '201': { description: ok }, '404': { description: no } }", Plain,
            ["the success response 201 was removed"]);
        Check("responses: { '200': { description: ok } }", "responses: { '2XX': { description: ok } }", []);
        Check("responses: { '200': { description: ok, content: { text/csv: {}, application/json: {} } } }",
            "responses: { '200': { description: ok, content: { application/json: {} } } }", ["response 200 no longer comes as 'text/csv'"]);
        Check(Plain, "requestBody: { required: true, content: { application/json: {} } }\n      " + Plain,
            ["a request body is now required"]);
        Check("requestBody: { content: { application/json: {}, text/csv: {} } }\n      " + Plain,
            "requestBody: { required: true, content: { application/json: {} } }\n      " + Plain,
            ["the request body became required", "the request body is no longer accepted as 'text/csv'"]);
    }

    private static void Check(string before, string after, string[] breaking)
    {
        var comparison = Compare(Read($"/orders:\n    post:\n      {before}"), Read($"/orders:\n    post:\n      {after}"));

        Assert.That(comparison.Breaking, Is.EqualTo(breaking.Select(change => $"POST /orders: {change}")));
        Assert.That(comparison.Added.Concat(comparison.Removed), Is.Empty);
    }

    private static ApiComparison Compare(ApiDocument before, ApiDocument after) =>
        new ApiComparer(new([], [], []), new Dictionary<string, ApiLevel>(), comparesHosts: true, new(2027, 1, 1)).Compare(before, after);

    private static TestCaseData Case(string name, string before, string after, params string[] breaking) =>
        new TestCaseData(before, after, breaking).SetArgDisplayNames(name);

    private static string Body(string schema) =>
        $"requestBody: {{ content: {{ application/json: {{ schema: {schema} }} }} }}\n      {Plain}";

    private static string Answer(string schema) =>
        $"responses: {{ '200': {{ description: ok, content: {{ application/json: {{ schema: {schema} }} }} }} }}";

    private static ApiDocument Read(string paths) => ApiReader.Read(
        $$"""
        openapi: 3.0.3
        info: { title: Shop, version: "1" }
        paths:
          {{paths}}
        components:
          schemas:
            Card: { type: object, required: [number], properties: { number: { type: string } } }
            Cash: { type: object, properties: { amount: { type: integer } } }
            Tree: { type: object, properties: { left: { $ref: '#/components/schemas/Tree' }, right: { $ref: '#/components/schemas/Tree' } } }
        """,
        "the document");
}
