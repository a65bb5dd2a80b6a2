using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Octokit.Internal;

namespace GateAction.GitHub.Api;

/// <summary>
/// Documents of GitHub that Octokit has no model for, or none that fits; a member that a record requires and an answer lacks is a
/// JsonException.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(RepositoryContent))]
[JsonSerializable(typeof(Branch))]
[JsonSerializable(typeof(GitCommit))]
[JsonSerializable(typeof(CommitComparison))]
[JsonSerializable(typeof(WorkflowRunList))]
[JsonSerializable(typeof(RunState))]
[JsonSerializable(typeof(ViewerAnswer))]
[JsonSerializable(typeof(User))]
[JsonSerializable(typeof(GraphQuery))]
[JsonSerializable(typeof(ArtifactList))]
[JsonSerializable(typeof(List<Deployment>))]
[JsonSerializable(typeof(List<BranchRule>))]
[JsonSerializable(typeof(RequiredStatusChecks))]
[JsonSerializable(typeof(NewRuleset))]
[JsonSerializable(typeof(Nothing))]
[JsonSerializable(typeof(ListedComment))]
[JsonSerializable(typeof(List<ListedComment>))]
[JsonSerializable(typeof(NodesAnswer))]
[JsonSerializable(typeof(NodesQuestion))]
[JsonSerializable(typeof(NewReaction))]
[JsonSerializable(typeof(CreatedReaction))]
[JsonSerializable(typeof(CollaboratorPermission))]
[JsonSerializable(typeof(List<Ruleset>))]
[JsonSerializable(typeof(List<BranchName>))]
internal sealed partial class GitHubJson : JsonSerializerContext;

/// <summary>
/// Octokit's serializer, and ours for our records. Octokit's models get only the members that the gate reads, and none that is null:
/// SimpleJson throws a NullReferenceException for a null in a number and an ArgumentException for an account of a type that it does not
/// know.
/// </summary>
internal sealed class AnswerSerializer : IJsonSerializer
{
    public static readonly AnswerSerializer Instance = new();

    private readonly SimpleJsonSerializer _octokit = new();

    private AnswerSerializer() => OctokitModels.Keep();

    public string Serialize(object item) =>
        GitHubJson.Default.GetTypeInfo(item.GetType()) is { } own ? JsonSerializer.Serialize(item, own) : _octokit.Serialize(item);

    /// <summary>Throws a <see cref="JsonException"/> for JSON of another shape.</summary>
    public T Deserialize<T>(string json)
    {
        if (GitHubJson.Default.GetTypeInfo(typeof(T)) is JsonTypeInfo<T> own)
            return JsonSerializer.Deserialize(json, own)!;
        using var document = JsonDocument.Parse(json);
        var text = new StringBuilder(json.Length / 4);
        AppendRead(text, document.RootElement);
        try
        {
            return _octokit.Deserialize<T>(text.ToString());
        }
        catch (Exception exception) when (exception is not JsonException)
        {
            // Whatever its reflection meets: casts, overflows, dates, missing constructors.
            throw new JsonException(exception.Message, exception);
        }
    }

    private static void AppendRead(StringBuilder text, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                text.Append('{');
                foreach (var member in element.EnumerateObject().Where(IsRead))
                {
                    text.Append(text[^1] == '{' ? "" : ",").Append('"').Append(member.Name).Append("\":");
                    AppendRead(text, member.Value);
                }
                text.Append('}');
                break;
            case JsonValueKind.Array:
                text.Append('[');
                foreach (var item in element.EnumerateArray())
                {
                    text.Append(text[^1] == '[' ? "" : ",");
                    AppendRead(text, item);
                }
                text.Append(']');
                break;
            default:
                text.Append(element.GetRawText());
                break;
        }
    }

    private static bool IsRead(JsonProperty member) =>
        member.Value.ValueKind != JsonValueKind.Null && OctokitModels.Members.Contains(member.Name);
}

/// <summary>Octokit leaves what an answer lacks at 0 and null: what GitHub documents as always there is asked for by name.</summary>
internal static class AnswerMembers
{
    public static T Required<T>(T? value, string name)
        where T : class => value ?? throw new JsonException($"it has no '{name}'");

    public static long RequiredId(long id) => id > 0 ? id : throw new JsonException("it has no 'id'");
}
