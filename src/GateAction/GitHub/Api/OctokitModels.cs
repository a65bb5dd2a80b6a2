using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace GateAction.GitHub.Api;

/// <summary>What Octokit reads and writes by reflection for the gate. OctokitModelsTests makes it from the compiled program.</summary>
internal static class OctokitModels
{
    /// <summary>The members of answers that the gate reads.</summary>
    public static readonly FrozenSet<string> Members = FrozenSet.Create(
        StringComparer.Ordinal,
        "additions",
        "annotations",
        "annotations_count",
        "app",
        "base",
        "body",
        "check_runs",
        "conclusion",
        "context",
        "creator",
        "default_branch",
        "description",
        "details_url",
        "draft",
        "environment_url",
        "external_id",
        "filename",
        "full_name",
        "head",
        "head_sha",
        "html_url",
        "id",
        "labels",
        "login",
        "name",
        "number",
        "output",
        "patch",
        "previous_filename",
        "ref",
        "repo",
        "sha",
        "slug",
        "state",
        "status",
        "target_url",
        "title",
        "user");

    /// <summary>Keeps for the native program what only reflection asks for.</summary>
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicProperties, "Octokit.BodyWrapper", "Octokit")]
    public static void Keep()
    {
        List(typeof(List<Octokit.Account>));
        List(typeof(List<Octokit.CheckRun>));
        List(typeof(List<Octokit.CheckRunOutputResponse>));
        List(typeof(List<Octokit.CheckRunUpdate>));
        List(typeof(List<Octokit.CheckRunsResponse>));
        List(typeof(List<Octokit.CommitPullRequest>));
        List(typeof(List<Octokit.CommitStatus>));
        List(typeof(List<Octokit.DeploymentStatus>));
        List(typeof(List<Octokit.GitHubApp>));
        List(typeof(List<Octokit.GitReference>));
        List(typeof(List<Octokit.IssueComment>));
        List(typeof(List<Octokit.Label>));
        List(typeof(List<Octokit.NewCheckRun>));
        List(typeof(List<Octokit.NewCheckRunAction>));
        List(typeof(List<Octokit.NewCheckRunAnnotation>));
        List(typeof(List<Octokit.NewCheckRunImage>));
        List(typeof(List<Octokit.NewCheckRunOutput>));
        List(typeof(List<Octokit.NewCommitStatus>));
        List(typeof(List<Octokit.PullRequest>));
        List(typeof(List<Octokit.PullRequestFile>));
        List(typeof(List<Octokit.Repository>));
        Model(typeof(Octokit.Account));
        Choice(typeof(Octokit.CheckAnnotationLevel));
        Choice(typeof(Octokit.CheckConclusion));
        Model(typeof(Octokit.CheckRun));
        Model(typeof(Octokit.CheckRunOutputResponse));
        Model(typeof(Octokit.CheckRunUpdate));
        Model(typeof(Octokit.CheckRunsResponse));
        Choice(typeof(Octokit.CheckStatus));
        Model(typeof(Octokit.CommitPullRequest));
        Choice(typeof(Octokit.CommitState));
        Model(typeof(Octokit.CommitStatus));
        Choice(typeof(Octokit.DeploymentState));
        Model(typeof(Octokit.DeploymentStatus));
        Model(typeof(Octokit.GitHubApp));
        Model(typeof(Octokit.GitReference));
        Model(typeof(Octokit.IssueComment));
        Choice(typeof(Octokit.ItemState));
        Choice(typeof(Octokit.ItemStateFilter));
        Model(typeof(Octokit.Label));
        Model(typeof(Octokit.NewCheckRun));
        Model(typeof(Octokit.NewCheckRunAction));
        Model(typeof(Octokit.NewCheckRunAnnotation));
        Model(typeof(Octokit.NewCheckRunImage));
        Model(typeof(Octokit.NewCheckRunOutput));
        Model(typeof(Octokit.NewCommitStatus));
        Model(typeof(Octokit.PullRequest));
        Model(typeof(Octokit.PullRequestFile));
        Model(typeof(Octokit.PullRequestRequest));
        Choice(typeof(Octokit.PullRequestSort));
        Model(typeof(Octokit.Repository));
        Choice(typeof(Octokit.SortDirection));
        Text(typeof(Octokit.StringEnum<Octokit.CheckAnnotationLevel>));
        Text(typeof(Octokit.StringEnum<Octokit.CheckConclusion>));
        Text(typeof(Octokit.StringEnum<Octokit.CheckStatus>));
        Text(typeof(Octokit.StringEnum<Octokit.CommitState>));
        Text(typeof(Octokit.StringEnum<Octokit.DeploymentState>));
        Text(typeof(Octokit.StringEnum<Octokit.ItemState>));
        Model(typeof(Octokit.User));
    }

    private static void Model(
        [DynamicallyAccessedMembers(
            DynamicallyAccessedMemberTypes.PublicParameterlessConstructor
            | DynamicallyAccessedMemberTypes.PublicProperties
            | DynamicallyAccessedMemberTypes.NonPublicProperties
            | DynamicallyAccessedMemberTypes.PublicFields)] Type _)
    {
    }

    private static void List([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] Type _)
    {
    }

    private static void Text(
        [DynamicallyAccessedMembers(
            DynamicallyAccessedMemberTypes.PublicConstructors
            | DynamicallyAccessedMemberTypes.PublicProperties)] Type _)
    {
    }

    private static void Choice([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields)] Type _)
    {
    }
}
