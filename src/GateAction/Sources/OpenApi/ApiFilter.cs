using GateAction.Core.Decisions;
using GateAction.Syntax;

namespace GateAction.Sources.OpenApi;

/// <summary>Which operations are looked at; an empty list leaves all.</summary>
internal sealed record ApiFilter(IReadOnlyList<string> Paths, IReadOnlyList<string> Tags, IReadOnlyList<string> Methods)
{
    private static readonly string[] AllMethods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY"];

    public static ApiFilter Read(Fields fields) => new(
        fields.Optional("path", Syntaxes.OneOrMany(Syntaxes.Glob), [], "patterns for the paths to look at, such as /v2/**; '!' before one excludes"),
        fields.Optional("tag", Syntaxes.OneOrMany(Syntaxes.Text), [], "looks only at operations with one of these tags"),
        fields.Optional("method", Syntaxes.OneOrMany(Syntaxes.EnumOf<string>([.. AllMethods.Select(method => (method, method))])), [], "looks only at operations of these methods"));

    public IReadOnlyList<ApiOperation> Of(ApiDocument document) =>
    [
        .. document.Operations.Where(operation =>
            (Paths.Count == 0 || Glob.AnyMatch(Paths, operation.Path))
            && (Tags.Count == 0 || operation.Tags.Any(tag => Tags.Contains(tag)))
            && (Methods.Count == 0 || Methods.Contains(operation.Method))),
    ];
}
