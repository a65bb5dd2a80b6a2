using GateAction.Core.Model;
using GateAction.Syntax;

namespace GateAction.Sources.OpenApi;

/// <summary>Which operations are looked at; an empty list leaves all.</summary>
internal sealed record ApiFilter(IReadOnlyList<string> Paths, IReadOnlyList<string> Tags, IReadOnlyList<string> Methods)
{
    private const int ShownOperations = 10;

    private static readonly string[] AllMethods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY"];

    public static ApiFilter Read(Fields fields) => new(
        fields.Optional("path", Syntaxes.OneOrMany(Syntaxes.Glob), [],
        "patterns for the paths to look at, such as /v2/**; '!' before one excludes"),
        fields.Optional("tag", Syntaxes.OneOrMany(Syntaxes.Text), [], "looks only at operations with one of these tags"),
        fields.Optional("method", Syntaxes.OneOrMany(Syntaxes.EnumOf<string>([.. AllMethods.Select(method => (method, method))])), [],
        "looks only at operations of these methods"));

    /// <summary>True where every operation is looked at.</summary>
    public bool IsEmpty => Paths.Count + Tags.Count + Methods.Count == 0;

    /// <summary>What matches nothing, and what there was to match; where there is no filter, that there was nothing at all.</summary>
    public string WhyNone(ApiDocument document)
    {
        if (document.Operations.Count == 0)
            return "the document has no operation";
        string[] fields = [.. Paths.Count > 0 ? ["'path'"] : Array.Empty<string>(), .. Tags.Count > 0
            ? ["'tag'"]
            : Array.Empty<string>(), .. Methods.Count > 0 ? ["'method'"] : Array.Empty<string>()];
        string[] names = [.. document.Operations.Select(operation => operation.Tags.Count == 0 || Tags.Count == 0
            ? operation.Name
            : $"{operation.Name} [{string.Join(", ", operation.Tags)}]")];
        var rest = names.Length > ShownOperations ? $" and {names.Length - ShownOperations} more" : "";
        return $"{string.Join(" and ", fields)} {(fields.Length == 1 ? "fits" : "fit")} none of the operations: "
            + $"{string.Join(", ", names.Take(ShownOperations))}{rest}";
    }

    public IReadOnlyList<ApiOperation> Of(ApiDocument document) =>
    [
        .. document.Operations.Where(operation =>
            (Paths.Count == 0 || Glob.AnyMatch(Paths, operation.Path))
            && (Tags.Count == 0 || operation.Tags.Any(tag => Tags.Contains(tag)))
            && (Methods.Count == 0 || Methods.Contains(operation.Method))),
    ];
}
