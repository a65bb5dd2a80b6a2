using System.Text.Json.Serialization;

namespace GateAction.GitHub.Api;

/// <summary>What is sent to GitHub and read from it; a member that a record requires and an answer lacks is a JsonException.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(NewCommitStatus))]
[JsonSerializable(typeof(List<CommitStatus>))]
[JsonSerializable(typeof(NewIssueComment))]
[JsonSerializable(typeof(List<IssueComment>))]
[JsonSerializable(typeof(NewCheckRun))]
[JsonSerializable(typeof(CheckRunUpdate))]
[JsonSerializable(typeof(CheckRunList))]
[JsonSerializable(typeof(RepositoryContent))]
[JsonSerializable(typeof(List<PullRequest>))]
[JsonSerializable(typeof(List<PullRequestFile>))]
[JsonSerializable(typeof(WorkflowRunList))]
[JsonSerializable(typeof(ArtifactList))]
[JsonSerializable(typeof(List<Deployment>))]
[JsonSerializable(typeof(List<DeploymentStatus>))]
[JsonSerializable(typeof(CollaboratorPermission))]
[JsonSerializable(typeof(List<BranchRule>))]
[JsonSerializable(typeof(RequiredStatusChecks))]
[JsonSerializable(typeof(RepositoryInfo))]
[JsonSerializable(typeof(NewRuleset))]
[JsonSerializable(typeof(List<Ruleset>))]
internal sealed partial class GitHubJson : JsonSerializerContext;
