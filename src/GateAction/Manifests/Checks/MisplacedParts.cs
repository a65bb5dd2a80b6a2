using GateAction.Sources;
using GateAction.Syntax;

namespace GateAction.Manifests.Checks;

/// <summary>Parts of a manifest that stand outside of their section, as when an example is copied without it.</summary>
internal static class MisplacedParts
{
    private static readonly string[] OfResults = ["require", "include", "exclude", "newer-than", "flaky"];

    public static string? Describe(string mapping, ScalarNode key, Node value) => (mapping, value) switch
    {
        ("manifest", MappingNode part) when SourceKinds.In(SourceSection.Probes).Any(kind => part.Find(kind.Name) is not null) =>
            $"'{key.Text}' is a probe; put it under 'probes:'",
        ("manifest", MappingNode part) when part.Find("pass") is not null => $"'{key.Text}' is a criterion; put it under 'criteria:'",
        ("manifest", MappingNode part) when part.Find("files") is not null && OfResults.Any(field => part.Find(field) is not null) =>
            $"'{key.Text}' is a result set; put it under 'results:'",
        ("manifest", MappingNode part) when part.Find("files") is not null =>
            $"'{key.Text}' is a result or coverage set; put it under 'results:' or 'coverage:'",
        _ => null,
    };
}
