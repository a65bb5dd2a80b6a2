namespace GateAction.Sources.OpenApi;

/// <summary>Which keys of a document hold no structure: what is written for people, values as such, and maps whose keys the author
/// chose.</summary>
internal static class ApiKeywords
{
    private static readonly HashSet<string> ForPeople = ["description", "summary", "title", "example", "examples", "externalDocs"];
    private static readonly HashSet<string> Values = ["enum", "const", "default"];

    // The extensions that a comparison reads.
    private static readonly HashSet<string> Extensions = ["x-nullable", "x-sunset"];

    /// <summary>Their keys are names that the document's author chose, such as <c>description</c> for a property.</summary>
    private static readonly HashSet<string> Named =
    [
        "properties", "patternProperties", "dependentSchemas", "dependentRequired", "$defs", "definitions", "schemas", "parameters",
        "responses",
        "requestBodies", "headers", "pathItems", "securitySchemes", "securityDefinitions", "scopes", "mapping", "variables", "links",
        "callbacks",
        "paths", "webhooks", "content", "encoding",
    ];

    /// <param name="parent">The key under which the map stands that holds <paramref name="key"/>.</param>
    public static bool IsForPeople(string parent, string key) =>
        !Named.Contains(parent)
        && (ForPeople.Contains(key) || (key.StartsWith("x-", StringComparison.Ordinal) && !Extensions.Contains(key)));

    /// <inheritdoc cref="IsForPeople"/>
    public static bool IsValue(string parent, string key) => !Named.Contains(parent) && Values.Contains(key);

    /// <summary>What stands for <paramref name="key"/> as the parent of what is below it: a name that the author chose means
    /// nothing.</summary>
    public static string Below(string parent, string key) => Named.Contains(parent) ? "" : key;
}
