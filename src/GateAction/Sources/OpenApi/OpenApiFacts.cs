using System.Globalization;
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
        ("count", FactType.Int(
        "operations that `path`, `tag` and `method` leave; this and what is said of them is absent where they leave none")),
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
        ("breaking", FactType.List(
            $"changes since `compare` that can break a client, one line each, at most {ShownChanges}; absent without `compare`, and where "
            + "the baseline knows the names only",
            FactType.String("what changed"))),
        ("warnings", FactType.List("changes that may disturb a client, likewise", FactType.String("what changed"))),
        ("changes", FactType.List("both, each with its rule", FactType.Object(
            "one change",
            ("rule", FactType.String("the id of the rule: docs/probes/openapi-rules.md")),
            ("level", FactType.String("breaking or warning")),
            ("text", FactType.String("what changed"))))),
        ("document", FactType.String(
        "the document without what is written for people, packed (gzip, Base64), for the next `compare: baseline`; absent without it, and "
        + "above 1 MiB")),
        ("safe", FactType.Int("GETs without required parameters; absent without `call-gets`")),
        ("called", FactType.Int("those of them that were called; absent without `call-gets`")),
        ("answered", FactType.Int("those that answered with a status below 500; absent without `call-gets`")),
        ("statuses", FactType.Map("how many answered with each status: `statuses[\"200\"]`; absent without `call-gets`",
        FactType.Int("answers"))),
        ("failing", FactType.List("names of those that did not, with the reason; absent without `call-gets`",
        FactType.String("name and reason"))));

    public static IEnumerable<(string, Value)> Of(ApiDocument document, IReadOnlyList<ApiOperation> operations) =>
    [
        ("openapi", Value.String(document.Format)),
        ("title", Value.String(document.Title)),
        ("version", Value.String(document.Version)),
        .. operations.Count == 0 ? [] : Of(operations),
    ];

    private static IEnumerable<(string, Value)> Of(IReadOnlyList<ApiOperation> operations) =>
    [
        ("count", Value.Int(operations.Count)),
        ("deprecated", Value.Int(operations.Count(operation => operation.IsDeprecated))),
        ("names", Value.List(operations.Select(operation => operation.Name))),
        ("operations", Value.List(operations.Select(Of).ToArray())),
    ];

    public static IEnumerable<(string, Value)> Of(ApiComparison comparison) =>
    [
        ("added", Value.List(comparison.Added)),
        ("removed", Value.List(comparison.Removed)),
        ("breaking", Value.List(comparison.Breaking.Take(ShownChanges))),
        ("warnings", Value.List(comparison.Warnings.Take(ShownChanges))),
        ("changes", Value.List(comparison.InOrder.Take(ShownChanges).Select(change => Of(change, comparison.Changes.LevelOf(change.Rule)))
            .ToArray())),
    ];

    public static IEnumerable<(string, Value)> Of(SafeGetResult result) =>
    [
        ("safe", Value.Int(result.Safe)),
        ("called", Value.Int(result.Called)),
        ("answered", Value.Int(result.Called - result.Failing.Count)),
        ("statuses", Value.Map(result.Statuses.Select(status =>
            (status.Status.ToString(CultureInfo.InvariantCulture), Value.Int(status.Count))))),
        ("failing", Value.List(result.Failing)),
    ];

    private static Value Of(ApiChange change, ApiLevel level) => Value.Map(
    [
        ("rule", Value.String(change.Rule.Id)),
        ("level", Value.String(level == ApiLevel.Breaking ? "breaking" : "warning")),
        ("text", Value.String(change.Text)),
    ]);

    private static Value Of(ApiOperation operation) => Value.Map(
    [
        ("name", Value.String(operation.Name)),
        ("method", Value.String(operation.Method)),
        ("path", Value.String(operation.Path)),
        .. operation.OperationId.Length > 0 ? [("operation_id", Value.String(operation.OperationId))] : Array.Empty<(string, Value)>(),
        ("tags", Value.List(operation.Tags)),
        ("deprecated", Value.Bool(operation.IsDeprecated)),
    ]);
}
