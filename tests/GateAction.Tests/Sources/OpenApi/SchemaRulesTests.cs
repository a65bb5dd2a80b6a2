using GateAction.Sources.OpenApi;

namespace GateAction.Tests.Sources.OpenApi;

/// <summary>
/// Pairs of schemas of which the second accepts less. Whoever sends breaks where a schema accepts less, whoever reads where it holds more;
/// never the other way round, and wherever in a document the schema stands.
/// </summary>
internal sealed class SchemaRulesTests
{
    private const string Components =
        """
        components:
          schemas:
            Text: { type: string }
            Any: { $anchor: any, type: [string, integer] }
            Word: { $anchor: word, type: string }
            Moving: { $dynamicAnchor: moving, type: string }
            Code: { type: string, pattern: '^[a-z]+$' }
            Card: { type: object, required: [number], properties: { number: { type: string } } }
            Cash: { type: object, required: [amount], properties: { amount: { type: integer } } }
            Tree: { type: object, properties: { left: { $ref: '#/components/schemas/Tree' } } }
        """;

    private static readonly (string Name, string Loose, string Tight, SchemaRule Rule)[] Pairs =
    [
        ("one type of two", "{ type: [string, integer] }", "{ type: string }", ApiRules.Type),
        ("null", "{ type: [string, 'null'] }", "{ type: string }", ApiRules.Type),
        ("null in the spelling of 3.0", "{ type: string, nullable: true }", "{ type: string }", ApiRules.Type),
        ("null by an alternative", "{ anyOf: [{ type: string }, { type: 'null' }] }", "{ type: string }", ApiRules.Type),
        ("number and integer", "{ type: number }", "{ type: integer }", ApiRules.Type),
        ("anything and a type", "{ }", "{ type: string }", ApiRules.Type),
        ("a schema of true", "true", "{ type: string }", ApiRules.Type),
        ("oneOf of types", "{ oneOf: [{ type: string }, { type: boolean }] }", "{ type: boolean }", ApiRules.Type),
        ("minimum", "{ type: integer, minimum: 1 }", "{ type: integer, minimum: 2 }", ApiRules.Bound),
        ("maximum where there was none", "{ type: integer }", "{ type: integer, maximum: 9 }", ApiRules.Bound),
        ("maximum beyond 64 bits", "{ type: number, maximum: 1e300 }", "{ type: number, maximum: 1e20 }", ApiRules.Bound),
        ("exclusiveMaximum of 3.0", "{ type: number, maximum: 9 }", "{ type: number, maximum: 9, exclusiveMaximum: true }", ApiRules.Bound),
        ("exclusiveMinimum", "{ type: number, exclusiveMinimum: 0 }", "{ type: number, exclusiveMinimum: 1 }", ApiRules.Bound),
        ("maximum that becomes exclusive", "{ type: number, maximum: 9 }", "{ type: number, exclusiveMaximum: 9 }", ApiRules.Bound),
        ("multipleOf", "{ type: integer, multipleOf: 5 }", "{ type: integer, multipleOf: 10 }", ApiRules.Bound),
        ("multipleOf of a fraction", "{ type: number }", "{ type: number, multipleOf: 0.01 }", ApiRules.Bound),
        ("maxLength", "{ type: string, maxLength: 9 }", "{ type: string, maxLength: 8 }", ApiRules.Bound),
        ("minLength", "{ type: string }", "{ type: string, minLength: 1 }", ApiRules.Bound),
        ("maxItems", "{ type: array, items: {}, maxItems: 9 }", "{ type: array, items: {}, maxItems: 8 }", ApiRules.Bound),
        ("minItems", "{ type: array, items: {} }", "{ type: array, items: {}, minItems: 1 }", ApiRules.Bound),
        ("maxProperties", "{ type: object }", "{ type: object, maxProperties: 3 }", ApiRules.Bound),
        ("minProperties", "{ type: object }", "{ type: object, minProperties: 1 }", ApiRules.Bound),
        ("a bound beside a type", "{ allOf: [{ type: string }] }", "{ allOf: [{ type: string }, { maxLength: 4 }] }", ApiRules.Bound),
        ("a bound beside a reference", "{ $ref: '#/components/schemas/Text' }", "{ $ref: '#/components/schemas/Text', maxLength: 4 }",
            ApiRules.Bound),
        ("pattern", "{ type: string }", "{ type: string, pattern: '^a' }", ApiRules.Pattern),
        ("another reference", "{ $ref: '#/components/schemas/Text' }", "{ $ref: '#/components/schemas/Code' }", ApiRules.Pattern),
        ("enum", "{ type: string }", "{ type: string, enum: [a] }", ApiRules.AllValues),
        ("const", "{ type: string }", "{ const: a }", ApiRules.AllValues),
        ("contentSchema", "{ type: string, contentSchema: { type: number } }", "{ type: string, contentSchema: { type: integer } }",
            ApiRules.Type),
        ("contentSchema where there was none", "{ type: string }",
            "{ type: string, contentMediaType: application/json, contentSchema: { type: object } }", ApiRules.Type),
        ("uniqueItems", "{ type: array, items: {} }", "{ type: array, items: {}, uniqueItems: true }", ApiRules.Unique),
        ("items", "{ type: array }", "{ type: array, items: { type: string } }", ApiRules.Type),
        ("items of items", "{ type: array, items: { type: array, items: { type: number } } }",
            "{ type: array, items: { type: array, items: { type: integer } } }", ApiRules.Type),
        ("prefixItems", "{ type: array, prefixItems: [{}, { type: number }] }", "{ type: array, prefixItems: [{}, { type: integer }] }",
            ApiRules.Type),
        ("prefixItems before items", "{ type: array, items: { type: [string, integer] } }",
            "{ type: array, prefixItems: [{ type: string }], items: { type: [string, integer] } }", ApiRules.Type),
        ("contains", "{ type: array, items: {} }", "{ type: array, items: {}, contains: { const: a } }", ApiRules.Contains),
        ("minContains", "{ type: array, contains: { const: a } }", "{ type: array, contains: { const: a }, minContains: 2 }",
            ApiRules.Bound),
        ("maxContains", "{ type: array, contains: { const: a } }", "{ type: array, contains: { const: a }, maxContains: 2 }",
            ApiRules.Bound),
        ("values of a map", "{ type: object, additionalProperties: { type: number } }",
            "{ type: object, additionalProperties: { type: integer } }", ApiRules.Type),
        ("values of a map of anything", "{ type: object, additionalProperties: true }",
            "{ type: object, additionalProperties: { type: integer } }", ApiRules.Type),
        ("values by pattern", "{ type: object, patternProperties: { '^x-': { type: number } } }",
            "{ type: object, patternProperties: { '^x-': { type: integer } } }", ApiRules.Type),
        ("names", "{ type: object, additionalProperties: { type: string } }",
            "{ type: object, additionalProperties: { type: string }, propertyNames: { pattern: '^a' } }", ApiRules.Pattern),
        ("names of some length", "{ type: object, propertyNames: { maxLength: 9 } }", "{ type: object, propertyNames: { maxLength: 8 } }",
            ApiRules.Bound),
        ("required", "{ type: object, properties: { a: {} } }", "{ type: object, required: [a], properties: { a: {} } }",
            ApiRules.Required),
        ("required by allOf", "{ allOf: [{ properties: { a: {} } }] }", "{ allOf: [{ properties: { a: {} } }, { required: [a] }] }",
            ApiRules.Required),
        ("dependentRequired", "{ type: object, properties: { a: {}, b: {} } }",
            "{ type: object, properties: { a: {}, b: {} }, dependentRequired: { a: [b] } }", ApiRules.Condition),
        ("dependentSchemas", "{ type: object }", "{ type: object, dependentSchemas: { a: { required: [b] } } }", ApiRules.Condition),
        ("dependentSchemas that ask more", "{ type: object, dependentSchemas: { a: { required: [b] } } }",
            "{ type: object, dependentSchemas: { a: { required: [b, c] } } }", ApiRules.Required),
        ("if and then", "{ type: object }", "{ type: object, if: { required: [a] }, then: { required: [b] } }", ApiRules.Condition),
        ("then", "{ type: object, if: { required: [a] }, then: { required: [b] } }",
            "{ type: object, if: { required: [a] }, then: { required: [b, c] } }", ApiRules.Required),
        ("else", "{ type: object, if: { required: [a] }, else: { } }", "{ type: object, if: { required: [a] }, else: { required: [c] } }",
            ApiRules.Required),
        ("not", "{ type: string }", "{ type: string, not: { const: root } }", ApiRules.Not),
        ("a wider not", "{ type: string, not: { enum: [root] } }", "{ type: string, not: { enum: [root, admin] } }", ApiRules.Not),
        ("an alternative by name", "{ oneOf: [{ $ref: '#/components/schemas/Card' }, { $ref: '#/components/schemas/Cash' }] }",
            "{ oneOf: [{ $ref: '#/components/schemas/Card' }] }", ApiRules.Alternative),
        ("an alternative of anyOf", "{ anyOf: [{ $ref: '#/components/schemas/Cash' }, { $ref: '#/components/schemas/Card' }] }",
            "{ anyOf: [{ $ref: '#/components/schemas/Card' }] }", ApiRules.Alternative),
        ("within an alternative", "{ oneOf: [{ type: string }, { type: integer }] }",
            "{ oneOf: [{ type: string, maxLength: 2 }, { type: integer }] }", ApiRules.Bound),
        ("contentEncoding", "{ type: string }", "{ type: string, contentEncoding: base64 }", ApiRules.Encoding),
        ("another format", "{ type: integer, format: int64 }", "{ type: integer, format: int32 }", ApiRules.Format),
        ("null that YAML reads without quotes", "{ type: [string, null] }", "{ type: string }", ApiRules.Type),
        ("minContains of nothing", "{ type: array, contains: { const: a }, minContains: 0 }", "{ type: array, contains: { const: a } }",
            ApiRules.Bound),
        ("items before unevaluatedItems", "{ type: array, items: { type: number }, unevaluatedItems: false }",
            "{ type: array, items: { type: integer }, unevaluatedItems: false }", ApiRules.Type),
        ("items that come in by allOf", "{ allOf: [{ items: { type: number } }], type: array, unevaluatedItems: false }",
            "{ allOf: [{ items: { type: integer } }], type: array, unevaluatedItems: false }", ApiRules.Type),
        ("unevaluatedItems alone", "{ type: array, prefixItems: [{}], unevaluatedItems: { type: number } }",
            "{ type: array, prefixItems: [{}], unevaluatedItems: { type: integer } }", ApiRules.Type),
        ("values before unevaluatedProperties", "{ type: object, additionalProperties: { type: number }, unevaluatedProperties: false }",
            "{ type: object, additionalProperties: { type: integer }, unevaluatedProperties: false }", ApiRules.Type),
        ("unevaluatedProperties alone", "{ type: object, unevaluatedProperties: { type: number } }",
            "{ type: object, unevaluatedProperties: { type: integer } }", ApiRules.Type),
        ("a schema by its $anchor", "{ $ref: '#any' }", "{ $ref: '#word' }", ApiRules.Type),
        ("a schema by its $dynamicAnchor", "{ $dynamicRef: '#moving' }", "{ allOf: [{ $dynamicRef: '#moving' }, { maxLength: 4 }] }",
            ApiRules.Bound),
    ];

    private static readonly (string Name, string Template)[] Places =
    [
        ("itself", "S"),
        ("a property", "{ type: object, properties: { p: S } }"),
        ("a property of items", "{ type: array, items: { type: object, properties: { p: { type: object, properties: { q: S } } } } }"),
        ("values of a map", "{ type: object, additionalProperties: S }"),
        ("one of allOf", "{ allOf: [{ properties: { p: S } }, { properties: { other: { type: string } } }] }"),
        ("a property of an alternative",
            "{ oneOf: [{ type: object, required: [k], properties: { k: { const: 1 }, p: S } }, { type: object, required: [k], properties: "
            + "{ k: { const: 2 } } }] }"),
        ("beside a recursion", "{ type: object, properties: { tree: { $ref: '#/components/schemas/Tree' }, p: S } }"),
    ];

    private static IEnumerable<TestCaseData> Cells =>
        Pairs.SelectMany(pair =>
        Places.Select(place =>
        new TestCaseData(place.Template.Replace("S", pair.Loose), place.Template.Replace("S", pair.Tight),
        pair.Rule).SetArgDisplayNames(pair.Name, place.Name)));

    private static (string Name, string One, string Other)[] Synonyms =>
    [
        ("both spellings of null", "{ type: string, nullable: true }", "{ type: [string, 'null'] }"),
        ("null beside an alternative", "{ anyOf: [{ type: string }, { type: 'null' }] }", "{ type: ['null', string] }"),
        ("null around a reference", "{ nullable: true, allOf: [{ $ref: '#/components/schemas/Card' }] }",
            "{ oneOf: [{ $ref: '#/components/schemas/Card' }, { type: 'null' }] }"),
        ("a reference and what it names", "{ $ref: '#/components/schemas/Card' }",
            "{ type: object, required: [number], properties: { number: { $ref: '#/components/schemas/Text' } } }"),
        ("allOf of one", "{ allOf: [{ $ref: '#/components/schemas/Card' }] }", "{ $ref: '#/components/schemas/Card' }"),
        ("enum of one and const", "{ type: string, enum: [a] }", "{ const: a }"),
        ("enum and oneOf of const", "{ enum: [a, b] }", "{ oneOf: [{ const: a }, { const: b }] }"),
        ("types and alternatives", "{ type: [integer, string] }", "{ oneOf: [{ type: string }, { type: integer }] }"),
        ("alternatives in another order", "{ oneOf: [{ $ref: '#/components/schemas/Card' }, { $ref: '#/components/schemas/Cash' }] }",
            "{ oneOf: [{ $ref: '#/components/schemas/Cash' }, { $ref: '#/components/schemas/Card' }] }"),
        ("bounds of whole numbers", "{ type: integer, exclusiveMinimum: 0, exclusiveMaximum: 10 }",
            "{ type: integer, minimum: 1, maximum: 9 }"),
        ("equal numbers", "{ type: number, enum: [1, 2.50], maximum: 9.0 }", "{ type: number, enum: [1.0, 2.5], maximum: 9 }"),
        ("both spellings of exclusive", "{ type: number, maximum: 9, exclusiveMaximum: true }", "{ type: number, exclusiveMaximum: 9 }"),
        ("what says nothing", "{ type: string, minLength: 0 }",
            "{ type: string, pattern: '.*', title: t, description: d, example: x, x-note: n }"),
        ("items of anything", "{ type: array }", "{ type: array, items: {} }"),
        ("true and false", "{ type: boolean }", "{ type: boolean, enum: [true, false] }"),
        ("both spellings of base64", "{ type: string, format: byte }", "{ type: string, contentEncoding: base64 }"),
        ("an open object", "{ type: object }", "{ type: object, additionalProperties: true }"),
    ];

    [TestCaseSource(nameof(Cells))]
    public void What_accepts_less_breaks_who_sends_and_what_holds_more_breaks_who_reads(string loose, string tight, object rule)
    {
        var expected = (SchemaRule)rule;

        Assert.That(Compare(ApiPair.Request, loose, tight).BreakingRules(), Does.Contain(expected.Request.Id));
        Assert.That(Compare(ApiPair.Response, tight, loose).BreakingRules(), Does.Contain(expected.Response.Id));
        Assert.That(Compare(ApiPair.Request, tight, loose).Breaking, Is.Empty);
        Assert.That(Compare(ApiPair.Response, loose, tight).Breaking, Is.Empty);
    }

    [Test]
    public void Schemas_that_mean_the_same_differ_in_nothing()
    {
        Assert.Multiple(() =>
        {
            foreach (var (name, one, other) in Synonyms)
            {
                foreach (var (before, after) in new[] { (one, other), (other, one), (one, one) })
                {
                    foreach (var place in new Func<string, string>[] { ApiPair.Request, ApiPair.Response })
                    {
                        var comparison = Compare(place, before, after);
                        Assert.That(comparison.Breaking.Concat(comparison.Warnings).Concat(comparison.Unread), Is.Empty,
                            $"{name}: {before} → {after}");
                    }
                }
            }
        });
    }

    [TestCase("{ type: object, properties: { a: {} } }", "{ type: object }", new string[0], new[] { "response-property-removed" },
        TestName = "A property that is gone")]
    [TestCase("{ type: object }", "{ type: object, properties: { a: {} } }", new string[0], new string[0],
        TestName = "A property that is new")]
    [TestCase("{ type: object, properties: { a: {} } }", "{ type: object, additionalProperties: false }",
        new[] { "request-property-refused" }, new[] { "response-property-removed" },
        TestName = "A property of an object that is closed now")]
    [TestCase("{ type: object, additionalProperties: { type: integer } }", "{ type: object, additionalProperties: false }",
        new[] { "request-map-closed" }, new[] { "response-map-closed" }, TestName = "A map that is closed")]
    [TestCase("{ type: object, properties: { a: { type: string } } }",
        "{ type: object, properties: { a: { type: string, readOnly: true } } }", new string[0], new string[0],
        TestName = "A property that becomes readOnly")]
    [TestCase("{ type: object, properties: { a: { type: string } } }",
        "{ type: object, properties: { a: { type: string, writeOnly: true } } }", new string[0], new[] { "response-property-removed" },
        TestName = "A property that becomes writeOnly")]
    [TestCase("{ required: [a], properties: { a: { readOnly: true } } }", "{ required: [a], properties: { a: {} } }",
        new[] { "request-property-required" }, new string[0], TestName = "A required property that the server no longer sets")]
    [TestCase("{ required: [a], properties: { a: { writeOnly: true } } }", "{ required: [a], properties: { } }", new string[0],
        new string[0], TestName = "A property that was never read")]
    [TestCase("{ enum: [a, b] }", "{ enum: [a, b, c] }", new string[0], new string[0], TestName = "A new value of a list")]
    [TestCase("{ const: a }", "{ const: b }", new[] { "request-enum-value-removed" }, new[] { "response-enum-removed" },
        TestName = "Another constant")]
    [TestCase("{ type: string, format: date-time }", "{ type: string, format: date }", new[] { "request-format-changed" },
        new[] { "response-format-changed" }, TestName = "Another format")]
    [TestCase("{ type: string, format: date-time }", "{ type: string }", new string[0], new[] { "response-format-changed" },
        TestName = "A format that is gone")]
    [TestCase("{ type: string }", "{ oneOf: [{ type: integer }, { type: boolean }] }", new[] { "request-type-narrowed" },
        new[] { "response-type-widened" }, TestName = "Alternatives without the type before")]
    [TestCase("{ discriminator: { propertyName: kind }, oneOf: [{ $ref: '#/components/schemas/Card' }] }",
        "{ discriminator: { propertyName: type }, oneOf: [{ $ref: '#/components/schemas/Card' }] }",
        new[] { "request-discriminator-changed" }, new[] { "response-discriminator-changed" }, TestName = "Another discriminator")]
    [TestCase(
        "{ discriminator: { propertyName: kind, mapping: { a: '#/components/schemas/Card', b: '#/components/schemas/Card' } }, oneOf: [{ "
        + "$ref: '#/components/schemas/Card' }] }",
        "{ discriminator: { propertyName: kind, mapping: { a: '#/components/schemas/Card' } }, oneOf: [{ $ref: "
        + "'#/components/schemas/Card' }] }", new[] { "request-discriminator-value-removed" }, new string[0],
        TestName = "A value of the discriminator")]
    public void A_change_that_is_no_matter_of_more_or_less(string before, string after, string[] request, string[] response)
    {
        Assert.That(Compare(ApiPair.Request, before, after).BreakingRules(), Is.EquivalentTo(request));
        Assert.That(Compare(ApiPair.Response, before, after).BreakingRules(), Is.EquivalentTo(response));
    }

    private static readonly string[] Mappings =
    [
        "{ a: '#/components/schemas/Card', b: '#/components/schemas/Cash' }", "{ a: Card, b: Cash }",
        "{ a: '#/components/schemas/Cash', b: '#/components/schemas/Card' }",
    ];

    [TestCase(0, 2, true)]
    [TestCase(1, 2, true)]
    [TestCase(2, 0, true)]
    [TestCase(0, 1, false)]
    [TestCase(1, 0, false)]
    public void A_value_of_the_discriminator_that_means_another_schema_breaks_both(int before, int after, bool breaks)
    {
        static string Schema(string mapping) =>
            "{ oneOf: [{ $ref: '#/components/schemas/Card' }, { $ref: '#/components/schemas/Cash' }], discriminator: { propertyName: kind, "
            + $"mapping: {mapping} }} }}";

        var request = Compare(ApiPair.Request, Schema(Mappings[before]), Schema(Mappings[after]));
        var response = Compare(ApiPair.Response, Schema(Mappings[before]), Schema(Mappings[after]));

        Assert.That(request.BreakingRules(), Is.EqualTo(breaks ? [ApiRules.Discriminator.Request.Id] : Array.Empty<string>()));
        Assert.That(response.BreakingRules(), Is.EqualTo(breaks ? [ApiRules.Discriminator.Response.Id] : Array.Empty<string>()));
    }

    [TestCase("{ type: string, x-extensible-enum: [a, b] }", "{ type: string, x-extensible-enum: [a] }", "request-enum-value-removed")]
    [TestCase("{ type: string, x-extensible-enum: [a] }", "{ type: string, x-extensible-enum: [a, b] }", "")]
    [TestCase("{ type: string, x-extensible-enum: [a] }", "{ type: string }", "")]
    public void Values_of_a_list_that_may_grow_are_missed_by_who_sends_them_alone(string before, string after, string rule)
    {
        Assert.That(string.Concat(Compare(ApiPair.Request, before, after).BreakingRules()), Is.EqualTo(rule));
        Assert.That(Compare(ApiPair.Response, before, after).Breaking, Is.Empty);
    }

    [TestCase("{ type: strng }")]
    [TestCase("{ type: [string, integr] }")]
    [TestCase("{ type: 5 }")]
    [TestCase("{ properties: { a: { type: object, properties: { b: { type: text } } } } }")]
    public void A_word_that_is_no_type_was_not_compared(string schema)
    {
        Assert.That(Compare(ApiPair.Request, schema, schema).Unread, Has.Some.Contains("is no type of a schema"));
        Assert.That(Compare(ApiPair.Response, schema, schema).Unread, Has.Some.Contains("is no type of a schema"));
    }

    private static ApiComparison Compare(Func<string, string> place, string before, string after) =>
        ApiPair.Compare(ApiPair.Read(place(before), "3.1.0", Components), ApiPair.Read(place(after), "3.1.0", Components));
}
