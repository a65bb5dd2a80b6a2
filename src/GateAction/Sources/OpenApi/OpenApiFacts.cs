using System.Globalization;
using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Sources.OpenApi;

/// <summary>What the facts of an <c>openapi</c> probe are made of.</summary>
internal sealed record OpenApiFacts(ApiDocument Document, IReadOnlyList<ApiOperation> Operations)
{
    private const int ShownChanges = 500;
    private const string Name = "such as GET /v1/orders/{id}";

    private static readonly Facts<ApiOperation> OperationFacts = new Facts<ApiOperation>("one operation")
        .Text("name", Name, operation => operation.Name)
        .Text("method", "in upper case", operation => operation.Method)
        .Text("path", "as the document writes it", operation => operation.Path)
        .Text("operation_id", "its id; absent if it has none", operation => operation.OperationId.Length > 0
        ? operation.OperationId
        : null)
        .Texts("tags", "its tags", "one tag", operation => operation.Tags)
        .Bool("deprecated", "true if it is deprecated", operation => operation.IsDeprecated);

    private static readonly Facts<(ApiChange Change, ApiLevel Level)> ChangeFacts =
        new Facts<(ApiChange Change, ApiLevel Level)>("one change")
        .Text("rule", "the id of the rule: docs/probes/openapi-rules.md", found => found.Change.Rule.Id)
        .Text("level", "breaking or warning", found => found.Level == ApiLevel.Breaking ? "breaking" : "warning")
        .Text("text", "what changed", found => found.Change.Text);

    /// <summary>Those that need another document to compare with.</summary>
    public static readonly Facts<OpenApiFacts> Compared = new Facts<OpenApiFacts>()
        .Texts("added", "names of operations that `compare` does not have; absent without `compare`", Name, api => api.Added)
        .Texts("removed", "names of operations that only `compare` has; absent without `compare`", Name, api => api.Removed)
        .Texts(
            "breaking",
            $"changes since `compare` that can break a client, one line each, at most {ShownChanges}; absent without `compare`, and where "
            + "the baseline knows the names only",
            "what changed",
            api => api.Comparison?.Breaking.Take(ShownChanges))
        .AsFigure()
        .Texts("warnings", "changes that may disturb a client, likewise", "what changed", api =>
        api.Comparison?.Warnings.Take(ShownChanges))
        .AsFigure(hidesZero: true)
        .List("changes", "both, each with its rule", ChangeFacts, api => api.Comparison?.Graded.Take(ShownChanges));

    public static readonly Facts<OpenApiFacts> Facts = new Facts<OpenApiFacts>()
        .Text("openapi", "the version of OpenAPI or Swagger that the document is written in", api => api.Document.Format)
        .Text("title", "the title of the API", api => api.Document.Title)
        .Text("version", "the version of the API, as the document says", api => api.Document.Version)
        .Int(
            "count",
            "operations that `path`, `tag` and `method` leave; this and what is said of them is absent if they leave none",
            api => api.Any?.Count).AsFigure("operations")
        .Int("deprecated", "those of them that are deprecated", api => api.Any?.Count(operation => operation.IsDeprecated))
        .Texts(ApiBaseline.Names, "their names", Name, api => api.Any?.Select(operation => operation.Name))
        .List("operations", "the operations", OperationFacts, api => api.Any)
        .Include(Compared, api => api)
        .Text(
            ApiBaseline.Document,
            "the document without what is written for people, packed (gzip, Base64), for the next `compare: baseline`; absent without it, "
            + "and above 1 MiB",
            api => api.Packed)
        .Int("safe", "GETs without required parameters; absent without `call-gets`", api => api.Called?.Safe)
        .Int("called", "those of them that were called; absent without `call-gets`", api => api.Called?.Called)
        .Int(
            "answered",
            "those that answered with a status below 500; absent without `call-gets`",
            api => api.Called is { } called ? called.Called - called.Failing.Count : null)
        .Map(
            "statuses",
            "how many answered with each status: `statuses[\"200\"]`; absent without `call-gets`",
            FactType.Int("answers"),
            api => api.Called?.Statuses.Select(status => (status.Status.ToString(CultureInfo.InvariantCulture), Value.Int(status.Count))))
        .Texts("failing", "names of those that did not, with the reason; absent without `call-gets`", "name and reason", api =>
        api.Called?.Failing);

    /// <summary>Null where nothing was compared.</summary>
    public IReadOnlyList<string>? Added { get; init; }

    public IReadOnlyList<string>? Removed { get; init; }

    /// <summary>Null where nothing was compared, or names only.</summary>
    public ApiComparison? Comparison { get; init; }

    public string? Packed { get; init; }

    public SafeGetResult? Called { get; init; }

    private IReadOnlyList<ApiOperation>? Any => Operations.Count > 0 ? Operations : null;
}
