using GateAction.Cel.Values;

namespace GateAction.Sources.OpenApi;

/// <summary>The facts of an API.</summary>
internal static class OpenApiFacts
{
    private const int ShownChanges = 500;

    private static readonly FactType Names = FactType.String("such as GET /v1/orders/{id}");

    public static FactType Type { get; } = ProbeOptions.FactsWith(
        ("openapi", FactType.String("the version of OpenAPI or Swagger that the document is written in")),
        ("title", FactType.String("the title of the API")),
        ("version", FactType.String("the version of the API, as the document says")),
        ("count", FactType.Int("operations that `path`, `tag` and `method` leave")),
        ("deprecated", FactType.Int("those of them that are deprecated")),
        ("names", FactType.List("their names", Names)),
        ("operations", FactType.List("the operations", FactType.Object(
            "one operation",
            ("name", Names),
            ("method", FactType.String("in upper case")),
            ("path", FactType.String("as the document writes it")),
            ("operation_id", FactType.String("its id; absent where it has none")),
            ("tags", FactType.List("its tags", FactType.String("one tag"))),
            ("deprecated", FactType.Bool("true where it is deprecated"))))),
        ("added", FactType.List("names of operations that `compare` does not have; absent without `compare`", Names)),
        ("removed", FactType.List("names of operations that only `compare` has; absent without `compare`", Names)),
        ("breaking", FactType.List($"changes since `compare` that can break a client, one line each, at most {ShownChanges}; absent without `compare`, and where the baseline knows the names only", FactType.String("what changed"))),
        ("document", FactType.String("the document without what is written for people, packed (gzip, Base64), for the next `compare: baseline`; absent without it, and above 1 MiB")),
        ("safe", FactType.Int("GETs without required parameters; absent without `call-gets`")),
        ("called", FactType.Int("those of them that were called; absent without `call-gets`")),
        ("answered", FactType.Int("those that answered with a status below 500; absent without `call-gets`")),
        ("failing", FactType.List("names of those that did not, with the reason; absent without `call-gets`", FactType.String("name and reason"))));

    public static IEnumerable<(string, Value)> Of(ApiDocument document, IReadOnlyList<ApiOperation> operations) =>
    [
        ("openapi", Value.String(document.Format)),
        ("title", Value.String(document.Title)),
        ("version", Value.String(document.Version)),
        ("count", Value.Int(operations.Count)),
        ("deprecated", Value.Int(operations.Count(operation => operation.Source.Deprecated))),
        ("names", Value.List(operations.Select(operation => operation.Name))),
        ("operations", Value.List(operations.Select(Of).ToArray())),
    ];

    public static IEnumerable<(string, Value)> Of(ApiComparison comparison) =>
    [
        ("added", Value.List(comparison.Added)),
        ("removed", Value.List(comparison.Removed)),
        ("breaking", Value.List(comparison.Breaking.Take(ShownChanges))),
    ];

    public static IEnumerable<(string, Value)> Of(SafeGetResult result) =>
    [
        ("safe", Value.Int(result.Safe)),
        ("called", Value.Int(result.Called)),
        ("answered", Value.Int(result.Called - result.Failing.Count)),
        ("failing", Value.List(result.Failing)),
    ];

    private static Value Of(ApiOperation operation) => Value.Map(
    [
        ("name", Value.String(operation.Name)),
        ("method", Value.String(operation.Method)),
        ("path", Value.String(operation.Path)),
        .. operation.Source.OperationId is { Length: > 0 } id ? [("operation_id", Value.String(id))] : Array.Empty<(string, Value)>(),
        ("tags", Value.List(operation.Tags)),
        ("deprecated", Value.Bool(operation.Source.Deprecated)),
    ]);
}
