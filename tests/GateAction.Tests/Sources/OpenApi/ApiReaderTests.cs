using GateAction.Sources;
using GateAction.Sources.OpenApi;

namespace GateAction.Tests.Sources.OpenApi;

internal sealed class ApiReaderTests
{
    [Test]
    public void Swagger_2_is_read_as_what_it_means_today()
    {
        var document = ApiReader.Read(
            """
            swagger: 2.0
            info: { title: Old shop, version: 1.2 }
            basePath: /api
            consumes: [application/json]
            paths:
              /orders:
                post:
                  parameters:
                    - { name: order, in: body, required: true, schema: { type: object, required: [id], properties: { id: { type: string } } } }
                    - { name: q, in: query, required: true, type: string, enum: [a, b] }
                  responses: { 200: { description: ok, schema: { type: object } } }
            """,
            "the document");

        var operation = document.Operations.Single();
        Assert.That(document.Format, Is.EqualTo("2.0"));
        Assert.That(document.BasePath, Is.EqualTo("/api"));
        Assert.That(operation.Name, Is.EqualTo("POST /orders"));
        Assert.That(operation.Parameters.Select(parameter => parameter.Name), Is.EqualTo(new[] { "q" }));
        Assert.That(operation.Body!.IsRequired);
        Assert.That(operation.Responses.Single().Content.Select(media => media.Type), Is.EqualTo(new[] { "application/json" }));
    }

    [TestCase("openapi: 3.0.3\ninfo: {title: t, version: v}\npaths: {}", "3.0.3")]
    [TestCase("{\"openapi\": \"3.1.1\", \"info\": {\"title\": \"t\", \"version\": \"v\"}, \"paths\": {}}", "3.1.1")]
    [TestCase("{openapi: 3.0.3, info: {title: t, version: v}, paths: {}}", "3.0.3")]
    [TestCase("\ufeff{\"openapi\": \"3.1.1\", \"info\": {\"title\": \"t\", \"version\": \"v\"}, \"paths\": {}}", "3.1.1")]
    [TestCase("{\"swagger\": \"2.0\", \"info\": {\"title\": \"t\", \"version\": \"v\"}, \"paths\": {}}", "2.0")]
    public void Every_version_is_read(string text, string format)
    {
        var document = ApiReader.Read(text, "the document");

        Assert.That((document.Format, document.Title, document.Version), Is.EqualTo((format, "t", "v")));
        Assert.That(document.Operations, Is.Empty);
    }

    [TestCase("", "it is empty")]
    [TestCase("just text", "it is no object")]
    [TestCase("{\"openapi\": \"3.0.0\", \"paths\": {", "it is no JSON (line 1, byte 32)")]
    [TestCase("{\"openapi\": \"3.0.0\", \"openapi\": \"3.1.0\"}", "it is no JSON (a key stands twice)")]
    [TestCase("info: {}\npaths: {}", "it has neither 'openapi' nor 'swagger'")]
    [TestCase("openapi: 3.0.0\npaths: [a]", "it has no 'paths'")]
    [TestCase("openapi: 9.9.9\npaths: {}", "is OpenAPI '9.9.9'; accepted: 2.0, 3.0, 3.1, 3.2")]
    [TestCase("openapi: 3.0.0\ninfo: {title: t, version: v}", "it has no 'paths'")]
    [TestCase("a: [1", "it is no YAML that can be read (line 1")]
    [TestCase("a: 1\na: 2", "(line 2: key 'a' stands here a second time")]
    [TestCase("a: *b", "(line 1: alias '*b' names no anchor that is complete before it)")]
    [TestCase("a: 1\n---\nb: 2", "(line 2: a second document begins here; a document is one YAML document)")]
    [TestCase(
        "openapi: 3.0.0\npaths: {}\ncomponents: { schemas: { A: { $ref: '#/components/schemas/B' }, B: { $ref: '#/components/schemas/A' } "
        + "} }", "leads back to itself")]
    public void What_is_no_document_is_said_in_one_sentence(string text, string message) =>
        Assert.That(() => ApiReader.Read(text, "the answer of '/openapi.json'"),
        Throws.TypeOf<NoEvidenceException>().With.Message.Contains(message).And.Message.StartsWith(
        "the answer of '/openapi.json'").And.Message.Not.Contains("\n"));

    [Test]
    public void Deep_nesting_and_aliases_that_multiply_end_in_a_message()
    {
        var deep = new string('[', 5000);
        var laughs = "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
            + string.Concat("bcdefghij".Select(letter =>
            $"{letter}: &{letter} [{string.Join(", ", Enumerable.Repeat($"*{(char)(letter - 1)}", 10))}]\n"));

        Assert.That(() => ApiReader.Read(deep, "it"),
            Throws.TypeOf<NoEvidenceException>().With.Message.Contains("nested more than 64 deep"));
        Assert.That(() => ApiReader.Read("{\"a\":" + deep, "it"), Throws.TypeOf<NoEvidenceException>());
        Assert.That(() => ApiReader.Read(laughs, "it"),
            Throws.TypeOf<NoEvidenceException>().With.Message.Contains("once its aliases are written out"));
    }

    [TestCase("/a: { get: *common }", "common")]
    [TestCase("/a: { get: { <<: *common } }", "common")]
    [TestCase("/a: { get: { <<: *common, operationId: own } }", "own")]
    [TestCase("/a: { get: { operationId: own, <<: [*other, *common] } }", "own")]
    [TestCase("/a: { get: { <<: [*common, *other] } }", "common")]
    [TestCase("/a: !path { get: !!map { <<: *common } }", "common")]
    public void What_an_operation_takes_from_elsewhere_in_YAML_belongs_to_it(string path, string id)
    {
        var document = ApiReader.Read(
            $$"""
            openapi: 3.0.0
            info: { title: "caf\u00e9 �", version: v }
            x-common: &common { operationId: common, tags: [t], responses: { 200: { description: ok } } }
            x-other: &other { operationId: other, tags: [o] }
            paths:
              {{path}}
            """,
            "the document");

        var operation = document.Operations.Single();
        Assert.That(operation.OperationId, Is.EqualTo(id));
        Assert.That(operation.Responses, Has.Count.EqualTo(1));
    }

    [TestCase("<<: 1")]
    [TestCase("<<: [1]")]
    public void What_cannot_be_merged_is_no_reading(string merge) =>
        Assert.That(() => ApiReader.Read($"openapi: 3.0.0\n{merge}\npaths: {{}}", "it"),
            Throws.TypeOf<NoEvidenceException>().With.Message.Contains("a merge key takes a mapping or a list of mappings"));

    [Test]
    public void References_that_lead_nowhere_are_known()
    {
        var document = ApiReader.Read(
            """
            openapi: 3.0.0
            info: { title: t, version: v }
            paths:
              /a: { get: { responses: { "200": { description: ok, content: { application/json: { schema: { $ref: "common.yaml#/Order" } } } } } } }
              /b: { get: { responses: { "200": { $ref: "#/components/responses/Gone" } } } }
            """,
            "the document");

        Assert.That(document.Unread, Is.EquivalentTo(new[]
        {
            "the $ref 'common.yaml#/Order' leads out of the document or nowhere",
            "the $ref '#/components/responses/Gone' leads out of the document or nowhere",
        }));
        Assert.That(document.Operations, Has.Count.EqualTo(2));
    }
}
