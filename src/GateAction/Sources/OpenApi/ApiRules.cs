namespace GateAction.Sources.OpenApi;

/// <summary>How grave a change is: <see cref="Breaking"/> ones are the fact <c>breaking</c>, <see cref="Warning"/> ones the fact
/// <c>warnings</c>.</summary>
internal enum ApiLevel
{
    Off,
    Warning,
    Breaking,
}

/// <summary>A kind of change of an API.</summary>
/// <param name="Id">Its name in the manifest's <c>rules</c> and in the fact <c>changes</c>.</param>
/// <param name="Level">What it is where the manifest does not say otherwise.</param>
internal sealed record ApiRule(string Id, ApiLevel Level, string What);

/// <summary>
/// Every kind of change that is looked for. A client must be able to go on sending what it sent and go on reading what it read; what only
/// may disturb it, or what documents often leave unsaid, is a warning.
/// </summary>
internal static class ApiRules
{
    // Before all rules: static fields are set in the order of the text, and each rule adds itself here.
    private static readonly List<ApiRule> Rules = [];

    public static readonly ApiRule OperationRemoved = Breaking("operation-removed", "an operation is gone");
    public static readonly ApiRule OperationSunset =
        Warning("operation-removed-after-sunset", "a deprecated operation is gone, after the day its `x-sunset` named");
    public static readonly ApiRule WebhookRemoved = Breaking("webhook-removed", "a webhook, or a method of one, is gone");
    public static readonly ApiRule CallbackRemoved = Breaking("callback-removed", "a callback of an operation is gone");
    public static readonly ApiRule ServerRemoved =
        Breaking("server-removed",
        "a server, or the path it begins with, is gone; hosts are compared where both documents come from the same place");
    public static readonly ApiRule ServerHost =
        Warning("server-host-changed", "a server's host is gone, where the documents come from two places");
    public static readonly ApiRule ServerVariable = Breaking("server-variable-narrowed", "a variable of a server lost a value");
    public static readonly ApiRule SecurityAdded = Breaking("security-added", "an operation that anyone could call asks for credentials");
    public static readonly ApiRule SecurityChanged =
        Breaking("security-changed",
        "credentials that were enough are not any more: another scheme, one more, or another place for the key");
    public static readonly ApiRule SecurityScope = Breaking("security-scope-added", "credentials need a scope that they did not need");
    public static readonly ApiRule SecurityUrl =
        Warning("security-url-changed",
        "another address of the OAuth 2 or OpenID Connect server; by nature where the documents come from two "
        + "places");

    public static readonly ApiRule ParameterRemoved =
        Warning("parameter-removed", "a parameter is gone; what a client sends for it does nothing now");
    public static readonly ApiRule ParameterMoved =
        Breaking("parameter-moved", "a parameter is sent elsewhere: from the query to a header");
    public static readonly ApiRule ParameterAdded = Breaking("parameter-required-added", "a new parameter that is required");
    public static readonly ApiRule ParameterRequired = Breaking("parameter-became-required", "a parameter became required");
    public static readonly ApiRule ParameterStyle =
        Breaking("parameter-style-changed", "a parameter is written in another way: `style`, `explode`, a media type of its own");
    public static readonly ApiRule ParameterDefault = Breaking("parameter-default-changed", "what a parameter means where it is left out");
    public static readonly ApiRule ParameterDefaultSet =
        Warning("parameter-default-set", "the default of a parameter is new or no longer given");
    public static readonly ApiRule ParameterCharacters =
        Warning("parameter-characters-narrowed", "`allowReserved` or `allowEmptyValue` is no longer true");

    public static readonly ApiRule BodyAdded = Breaking("body-required-added", "a new request body that is required");
    public static readonly ApiRule BodyRequired = Breaking("body-became-required", "the request body became required");
    public static readonly ApiRule BodyRemoved = Breaking("body-removed", "the request body is gone");
    public static readonly ApiRule BodyMedia =
        Breaking("body-media-type-removed", "the request body is no longer accepted in a media type");

    public static readonly ApiRule ResponseRemoved = Breaking("response-removed", "a success response is gone");
    public static readonly ApiRule ResponseErrorRemoved = Warning("response-error-removed", "another response is gone");
    public static readonly ApiRule ResponseMedia =
        Breaking("response-media-type-removed", "a response no longer comes in a media type, or without a body");
    public static readonly ApiRule ResponseHeader = Breaking("response-header-removed", "a header of a response is gone");
    public static readonly ApiRule ResponseHeaderOptional =
        Breaking("response-header-optional", "a header of a response may now be missing");
    public static readonly ApiRule ResponseHeaderStyle =
        Breaking("response-header-style-changed", "a header of a response is written in another way: `explode`, a media type of its own");
    public static readonly ApiRule ResponseLink =
        Warning("response-link-removed", "a link of a response is gone, or leads to another operation");

    public static readonly SchemaRule Type = new(
        Breaking("request-type-narrowed", "a type is no longer accepted, `null` included"),
        Breaking("response-type-widened", "a type may come that did not, `null` included"));

    public static readonly SchemaRule Values = new(
        Breaking("request-enum-value-removed", "a listed value is no longer accepted (`enum`, `const`, `x-extensible-enum`)"),
        Warning("response-enum-value-added", "a value that was not listed may come"));

    public static readonly SchemaRule AllValues = new(
        Breaking("request-enum-set", "only listed values are accepted now"),
        Breaking("response-enum-removed", "the values are no longer listed, or none of those listed before may come"));

    public static readonly SchemaRule Bound = new(
        Breaking("request-bound-tightened", "`minimum`, `maximum`, `multipleOf`, a length, a number of items or properties is tighter"),
        Breaking("response-bound-loosened", "such a bound is looser or gone"));

    public static readonly SchemaRule Pattern = new(
        Breaking("request-pattern-set", "a text must fit a `pattern` that it did not need to fit"),
        Breaking("response-pattern-removed", "a text need not fit the `pattern` that it fitted"));

    public static readonly SchemaRule Format = new(
        Breaking("request-format-changed", "another `format`, which does not hold all of the one before"),
        Breaking("response-format-changed", "another `format`, or none"));

    public static readonly SchemaRule FormatSet = new(
        Warning("request-format-set", "a `format` where there was none"),
        Warning("response-format-loosened", "a number's `format` is gone"));

    public static readonly SchemaRule Encoding = new(
        Breaking("request-encoding-changed",
        "another `contentEncoding` or `contentMediaType`, or another `encoding` of a part of the body: fewer `contentType`s, `style`, "
        + "`explode`"),
        Breaking("response-encoding-changed", "the same of a response, where another `contentType` may come"));

    public static readonly SchemaRule Xml = new(
        Breaking("request-xml-changed", "another `xml`: name, namespace, attribute or wrapper; where the media type is XML"),
        Breaking("response-xml-changed", "the same of a response"));

    public static readonly SchemaRule Unique = new(
        Breaking("request-unique-items", "the items of a list must be unique now"),
        Breaking("response-items-not-unique", "the items of a list need not be unique any more"));

    public static readonly SchemaRule Contains = new(
        Breaking("request-contains-set", "a list must now `contains` something"),
        Breaking("response-contains-removed", "a list need not `contains` something any more"));

    public static readonly SchemaRule Required = new(
        Breaking("request-property-required", "a property became required, or a new one is"),
        Breaking("response-property-optional", "a property may now be missing"));

    public static readonly SchemaRule Property = new(
        Warning("request-property-removed", "a property is gone from an open object: what a client sends for it does nothing now"),
        Breaking("response-property-removed", "a property is gone"));

    public static readonly ApiRule PropertyRefused =
        Breaking("request-property-refused", "a property is no longer accepted: the object has no others than those named");
    public static readonly ApiRule PropertyReadOnly = Warning("request-property-read-only", "a property became `readOnly`");
    public static readonly ApiRule ObjectClosed =
        Warning("request-object-closed", "`additionalProperties` says now what other properties may be, where nothing was said");

    public static readonly SchemaRule Others = new(
        Breaking("request-map-closed", "a map accepts no names of the client's own any more"),
        Breaking("response-map-closed", "a map no longer holds names of the service's own"));

    public static readonly SchemaRule Alternative = new(
        Breaking("request-alternative-removed", "an alternative of `oneOf` or `anyOf` is no longer accepted"),
        Breaking("response-alternative-added", "an alternative may come that did not"));

    public static readonly SchemaRule Not = new(
        Breaking("request-not-added", "what `not` describes is no longer accepted"),
        Breaking("response-not-removed", "what `not` excluded may come"));

    public static readonly SchemaRule Condition = new(
        Breaking("request-condition-added", "a condition more (`if`, `dependentRequired`, `dependentSchemas`)"),
        Breaking("response-condition-removed", "a condition less"));

    public static readonly SchemaRule Discriminator = new(
        Breaking("request-discriminator-changed", "another `discriminator`, or a value of it that means another schema"),
        Breaking("response-discriminator-changed", "the same of a response"));

    public static readonly SchemaRule DiscriminatorValue = new(
        Breaking("request-discriminator-value-removed", "a value of the `discriminator` is no longer known"),
        Warning("response-discriminator-value-added", "a new value of the `discriminator`"));

    /// <summary>In the order of the page.</summary>
    public static IReadOnlyList<ApiRule> All => Rules;

    private static ApiRule Breaking(string id, string what) => Add(new(id, ApiLevel.Breaking, what));

    private static ApiRule Warning(string id, string what) => Add(new(id, ApiLevel.Warning, what));

    private static ApiRule Add(ApiRule rule)
    {
        Rules.Add(rule);
        return rule;
    }
}

/// <summary>A change of a schema: what it is where a client sends the values, and where it reads them.</summary>
internal sealed record SchemaRule(ApiRule Request, ApiRule Response);
