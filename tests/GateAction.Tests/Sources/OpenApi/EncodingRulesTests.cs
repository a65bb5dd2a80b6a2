using GateAction.Sources.OpenApi;

namespace GateAction.Tests.Sources.OpenApi;

/// <summary>How the properties of a form, the parts of a body and elements of XML are written: each row a change, what it breaks where a
/// client sends it, and what where a client reads it.</summary>
internal sealed class EncodingRulesTests
{
    private const string Request = "request-encoding-changed";
    private const string Response = "response-encoding-changed";

    private static TestCaseData[] Parts =>
    [
        Row("fewer media types", File, File, "{ f: { contentType: 'image/png, image/gif' } }", "{ f: { contentType: image/png } }",
            Request),
        Row("more media types", File, File, "{ f: { contentType: image/png } }", "{ f: { contentType: 'image/gif, image/png' } }", "",
            Response),
        Row("one of a range", File, File, "{ f: { contentType: image/* } }", "{ f: { contentType: image/png } }", Request),
        Row("another media type", File, File, "{ f: { contentType: image/png } }", "{ f: { contentType: image/gif } }", Request, Response),
        Row("a media type where any bytes were", File, File, "{}", "{ f: { contentType: image/png } }", Request),
        Row("an object as XML", Object, Object, "{}", "{ f: { contentType: application/xml } }", Request, Response),
        Row("an object as what it always was", Object, Object, "{}", "{ f: { contentType: application/json } }"),
        Row("a text as what it always was", Text, Text, "{}", "{ f: { contentType: text/plain; charset=utf-8 } }"),
        Row("items as what they always were", "{ type: array, items: { type: object } }", "{ type: array, items: { type: object } }", "{}",
            "{ f: { contentType: application/json } }"),
        Row("items as another type", "{ type: array, items: { type: object } }", "{ type: array, items: { type: object } }", "{}",
            "{ f: { contentType: text/plain } }", Request, Response),
        Row("a property that is not there", File, File, "{}", "{ other: { contentType: image/png } }"),
        Row("a header that is required", Text, Text, "{}", "{ f: { headers: { X-Id: { required: true } } } }", "parameter-required-added"),
        Row("a header that became required", Text, Text, "{ f: { headers: { X-Id: {} } } }",
            "{ f: { headers: { x-id: { required: true } } } }", "parameter-became-required"),
        Row("a header that may be missing", Text, Text, "{ f: { headers: { X-Id: { required: true } } } }",
            "{ f: { headers: { X-Id: {} } } }", "", "response-header-optional"),
        Row("a header that is gone", Text, Text, "{ f: { headers: { X-Id: {} } } }", "{}", "", "response-header-removed"),
        Row("a header that may be given", Text, Text, "{}", "{ f: { headers: { X-Id: {} } } }"),
        Row("what a header may be", Text, Text, "{ f: { headers: { X-Id: { schema: { maxLength: 9 } } } } }",
            "{ f: { headers: { X-Id: { schema: { maxLength: 8 } } } } }", "request-bound-tightened"),
        Row("a number in a part is a text", "{ type: integer }", "{ type: string }", "{}", "{}", "", "response-type-widened"),
        Row("a number in a part of JSON is none", "{ type: integer }", "{ type: string }", "{ f: { contentType: application/json } }",
            "{ f: { contentType: application/json } }", "request-type-narrowed", "response-type-widened"),
        Row("a number in an object in a part is none", "{ type: object, properties: { n: { type: integer } } }",
            "{ type: object, properties: { n: { type: string } } }", "{}", "{}", "request-type-narrowed", "response-type-widened"),
        Row("a number in an object in a list of parts is none",
            "{ type: array, items: { type: object, properties: { n: { type: integer } } } }",
            "{ type: array, items: { type: object, properties: { n: { type: string } } } }", "{}", "{}", "request-type-narrowed",
            "response-type-widened"),
    ];

    private static TestCaseData[] Forms =>
    [
        Row("a list in another style", List, List, "{}", "{ f: { style: pipeDelimited } }", Request, Response),
        Row("a list no longer exploded", List, List, "{}", "{ f: { explode: false } }", Request, Response),
        Row("a list as it always was", List, List, "{}", "{ f: { style: form, explode: true } }"),
        Row("an object in another style", Object, Object, "{}", "{ f: { style: deepObject } }", Request, Response),
        Row("an object as JSON", Object, Object, "{}", "{ f: { contentType: application/json } }", Request, Response),
        Row("a text in another style", Text, Text, "{}", "{ f: { style: pipeDelimited, explode: true } }"),
        Row("a number as a text", "{ type: integer }", "{ type: string }", "{}", "{}", "", "response-type-widened"),
    ];

    private static string File => "{ type: string, format: binary }";

    private static string Object => "{ type: object, properties: { a: { type: string } } }";

    private static string Text => "{ type: string }";

    private static string List => "{ type: array, items: { type: string } }";

    [TestCaseSource(nameof(Parts))]
    public void Parts_of_a_body(string before, string after, string encodingBefore, string encodingAfter, string request,
    string response) =>
        Check("multipart/form-data", (before, encodingBefore), (after, encodingAfter), request, response);

    [TestCaseSource(nameof(Forms))]
    public void Fields_of_a_form(string before, string after, string encodingBefore, string encodingAfter, string request,
    string response) =>
        Check("application/x-www-form-urlencoded", (before, encodingBefore), (after, encodingAfter), request, response);

    [TestCaseSource(nameof(Parts))]
    [TestCaseSource(nameof(Forms))]
    public void Where_nothing_changes_nothing_is_said(string before, string after, string encodingBefore, string encodingAfter,
        string request, string response)
    {
        _ = (after, encodingBefore, request, response);
        foreach (var media in (string[])["multipart/form-data", "application/x-www-form-urlencoded", "application/json"])
            Check(media, (before, encodingAfter), (before, encodingAfter), "", "");
    }

    [Test]
    public void What_OpenAPI_3_2_says_of_parts_by_their_place_is_not_compared_where_it_changed()
    {
        static ApiDocument Read(string type) => ApiPair.Read(
            $"{{ /a: {{ post: {{ requestBody: {{ content: {{ multipart/mixed: {{ itemSchema: {{ type: string }}, itemEncoding: {{ "
            + "contentType: "
            + $"{type} }} }} }} }}, responses: {{}} }} }} }}", "3.2.0");

        Assert.That(ApiPair.Compare(Read("image/png"), Read("image/gif")).Unread, Has.Some.Contains("'itemEncoding' changed"));
        Assert.That(ApiPair.Compare(Read("image/png"), Read("image/png")).Unread, Is.Empty);
    }

    [TestCase("{}", "{ name: b }", true)]
    [TestCase("{ name: a }", "{ name: b }", true)]
    [TestCase("{}", "{ attribute: true }", true)]
    [TestCase("{}", "{ wrapped: true }", true)]
    [TestCase("{ namespace: 'urn:a' }", "{ namespace: 'urn:b' }", true)]
    [TestCase("{}", "{ name: f }", false)]
    [TestCase("{ namespace: 'urn:a', prefix: a }", "{ namespace: 'urn:a', prefix: b }", false)]
    public void How_a_value_is_written_in_XML_breaks_both_where_it_is_XML(string before, string after, bool breaks)
    {
        var (old, now) = ($"{{ type: array, items: {{}}, xml: {before} }}", $"{{ type: array, items: {{}}, xml: {after} }}");

        foreach (var media in (string[])["application/xml", "text/xml", "application/atom+xml"])
        {
            Check(media, (old, "{}"), (now, "{}"), breaks ? "request-xml-changed" : "", breaks ? "response-xml-changed" : "");
            Check(media, (now, "{}"), (old, "{}"), breaks ? "request-xml-changed" : "", breaks ? "response-xml-changed" : "");
        }
        Check("application/json", (old, "{}"), (now, "{}"), "", "");
    }

    [TestCase("parameters: [{ name: f, in: formData, type: array, items: { type: string }, collectionFormat: multi }]", Request)]
    [TestCase("parameters: [{ name: f, in: query, type: array, items: { type: string }, collectionFormat: multi }]",
        "parameter-style-changed")]
    [TestCase(
        "parameters: [{ name: f, in: query, type: array, items: { type: array, items: { type: string }, collectionFormat: multi } }]",
        Request)]
    [TestCase("responses: { '200': { headers: { X: { type: array, items: { type: string }, collectionFormat: multi } } } }", Response)]
    public void How_OpenAPI_2_writes_lists_is_compared_wherever_they_stand(string operation, string rule)
    {
        ApiDocument Read(string format) => ApiReader.Read(
            "swagger: '2.0'\ninfo: { title: Shop, version: '1' }\nconsumes: [application/x-www-form-urlencoded]\npaths: { /a: { post: { "
            + $"{operation.Replace("multi", format)} }} }} }}", "the document");

        Assert.That(ApiPair.Compare(Read("csv"), Read("pipes")).BreakingRules(), Is.EqualTo(new[] { rule }));
        Assert.That(ApiPair.Compare(Read("pipes"), Read("csv")).BreakingRules(), Is.EqualTo(new[] { rule }));
        Assert.That(ApiPair.Compare(Read("csv"), Read("csv")).Breaking, Is.Empty);
    }

    private static void Check(string media, (string Schema, string Encoding) before, (string Schema, string Encoding) after, string request,
        string response)
    {
        string Content((string Schema, string Encoding) of) =>
            $"content: {{ {media}: {{ schema: {{ type: object, properties: {{ f: {of.Schema} }} }}, encoding: {of.Encoding} }} }}";
        string Sent((string Schema, string Encoding) of) =>
            $"{{ /a: {{ post: {{ requestBody: {{ {Content(of)} }}, responses: {{}} }} }} }}";
        string Read((string Schema, string Encoding) of) => $"{{ /a: {{ get: {{ responses: {{ '200': {{ {Content(of)} }} }} }} }} }}";

        Assert.That(string.Concat(ApiPair.Compare(ApiPair.Read(Sent(before)), ApiPair.Read(Sent(after))).BreakingRules()),
            Is.EqualTo(request), "as a request");
        Assert.That(string.Concat(ApiPair.Compare(ApiPair.Read(Read(before)), ApiPair.Read(Read(after))).BreakingRules()),
            Is.EqualTo(response), "as a response");
    }

    private static TestCaseData Row(string name, string before, string after, string encodingBefore, string encodingAfter,
        string request = "", string response = "") =>
        new TestCaseData(before, after, encodingBefore, encodingAfter, request, response).SetArgDisplayNames(name);
}
