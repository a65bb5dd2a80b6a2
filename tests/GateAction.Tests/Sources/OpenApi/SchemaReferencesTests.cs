using GateAction.Sources.OpenApi;

namespace GateAction.Tests.Sources.OpenApi;

/// <summary>Schemas that refer to others, to themselves, and to very many.</summary>
internal sealed class SchemaReferencesTests
{
    private const string Components =
        """
        components:
          schemas:
            Text: { type: string }
            Pay: { type: object, required: [kind], discriminator: { propertyName: kind }, properties: { kind: { type: string } } }
            Voucher: { allOf: [{ $ref: '#/components/schemas/Pay' }, { properties: { code: { type: string } } }] }
        """;

    [Test]
    public void An_anchor_that_two_schemas_have_was_not_compared()
    {
        const string Two = "components: { schemas: { A: { $dynamicAnchor: node, type: string }, B: { $dynamicAnchor: node } } }";
        var document = ApiPair.Read(ApiPair.Request("{ $dynamicRef: '#node' }"), "3.1.0", Two);

        Assert.That(ApiPair.Compare(document, document).Unread, Has.Some.Contains("'#node'"));
    }

    [Test]
    public void A_subtype_that_nothing_but_its_parent_names_is_compared_too()
    {
        var before = ApiPair.Read(ApiPair.Response("{ $ref: '#/components/schemas/Pay' }"), "3.1.0", Components);
        var after = ApiPair.Read(ApiPair.Response("{ $ref: '#/components/schemas/Pay' }"), "3.1.0",
            Components.Replace("code: { type: string }", "code: { type: integer }"));

        var comparison = ApiPair.Compare(before, after);

        Assert.That(comparison.Breaking, Is.EqualTo(new[] { "GET /orders: response 200, 'code' was string and is now integer" }));
    }

    [Test]
    public void Beside_a_reference_nothing_counts_before_OpenAPI_3_1()
    {
        var (plain, narrow) =
            (ApiPair.Request("{ $ref: '#/components/schemas/Text' }"),
            ApiPair.Request("{ $ref: '#/components/schemas/Text', maxLength: 4 }"));

        Assert.That(ApiPair.Compare(ApiPair.Read(plain, "3.0.3", Components), ApiPair.Read(narrow, "3.0.3", Components)).Breaking,
            Is.Empty);
        Assert.That(ApiPair.Compare(ApiPair.Read(plain, "3.1.0", Components), ApiPair.Read(narrow, "3.1.0", Components)).Breaking,
            Has.Exactly(1).Items);
    }

    [Test]
    public void A_change_in_a_recursive_type_is_said_once_and_what_refers_round_and_round_comes_to_an_end()
    {
        const string Before =
            "components: { schemas: { Tree: { type: object, properties: { value: { type: integer }, left: { $ref: "
            + "'#/components/schemas/Tree' }, list: { type: array, items: { $ref: '#/components/schemas/Tree' } } } } } }";
        var after = Before.Replace("integer", "string");
        var body = ApiPair.Response("{ $ref: '#/components/schemas/Tree' }");

        var comparison = ApiPair.Compare(ApiPair.Read(body, "3.1.0", Before), ApiPair.Read(body, "3.1.0", after));

        Assert.That(comparison.Breaking, Is.EqualTo(new[] { "GET /orders: response 200, 'value' was integer and is now string" }));
        Assert.That(comparison.Unread, Is.Empty);
    }

    [Test]
    public void The_same_change_below_many_operations_is_said_of_each()
    {
        static string Paths(string type)
        {
            var path = ApiPair.Response($"{{ properties: {{ a: {{ type: {type} }} }} }}")[11..^2];
            return $"{{ {string.Join(", ", Enumerable.Range(1, 3).Select(number => $"/p{number}: {path}"))} }}";
        }

        var comparison = ApiPair.Compare(ApiPair.Read(Paths("string")), ApiPair.Read(Paths("integer")));

        Assert.That(comparison.Breaking.Count(), Is.EqualTo(3));
    }

    [Test]
    public void Alternatives_that_multiply_and_chains_that_do_not_end_are_said_to_be_compared_in_part()
    {
        var many = string.Join(", ",
            Enumerable.Range(0, 12)
            .Select(number => $"{{ oneOf: [{{ properties: {{ a{number}: {{}} }} }}, {{ properties: {{ b{number}: {{}} }} }}] }}"));
        var chain = "components: { schemas: { "
            + string.Join(", ",
            Enumerable.Range(0, 400)
            .Select(number => $"N{number}: {{ properties: {{ n: {{ $ref: '#/components/schemas/N{number + 1}' }} }} }}"))
            + ", N400: { type: string } } }";

        var multiplied = Compare(ApiPair.Request, $"{{ allOf: [{many}] }}", $"{{ allOf: [{many}] }}");
        var chained = ApiPair.Compare(ApiPair.Read(ApiPair.Request("{ $ref: '#/components/schemas/N0' }"), "3.1.0", chain),
            ApiPair.Read(ApiPair.Request("{ $ref: '#/components/schemas/N0' }"), "3.1.0", chain));

        Assert.That(multiplied.Unread, Has.Some.Contains("combinations of its alternatives"));
        Assert.That(chained.Unread, Has.Some.Contains("nested more than"));
    }

    private static ApiComparison Compare(Func<string, string> place, string before, string after) =>
        ApiPair.Compare(ApiPair.Read(place(before), "3.1.0", Components), ApiPair.Read(place(after), "3.1.0", Components));
}
