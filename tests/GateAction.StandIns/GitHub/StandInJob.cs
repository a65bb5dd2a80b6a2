using System.Globalization;
using System.Text.Json.Nodes;
using GateAction.StandIns.GitHub.Endpoints;
using GateAction.StandIns.GitHub.State;

namespace GateAction.StandIns.GitHub;

/// <summary>A workflow job on the stand-in: the variables and files that GitHub gives a step of it.</summary>
internal sealed class StandInJob : IDisposable
{
    private readonly Dictionary<string, string> _variables;

    private StandInJob(GitHubStandIn standIn, string eventName, string sha, string fullRef, JsonObject payload, long runId)
    {
        Directory = System.IO.Directory.CreateTempSubdirectory("gate-job-").FullName;
        File.WriteAllText(PathOf("event.json"), payload.ToJsonString());
        File.WriteAllText(SummaryPath, "");
        File.WriteAllText(OutputPath, "");
        _variables = new()
        {
            ["CI"] = "true",
            ["GITHUB_ACTIONS"] = "true",
            ["GITHUB_API_URL"] = standIn.Url.ToString().TrimEnd('/'),
            ["GITHUB_SERVER_URL"] = "https://github.example.com",
            ["GITHUB_REPOSITORY"] = standIn.Repository.FullName,
            ["GITHUB_EVENT_NAME"] = eventName,
            ["GITHUB_EVENT_PATH"] = PathOf("event.json"),
            ["GITHUB_SHA"] = sha,
            ["GITHUB_REF"] = fullRef,
            ["GITHUB_ACTOR"] = "octocat",
            ["GITHUB_RUN_ID"] = runId.ToString(CultureInfo.InvariantCulture),
            ["GITHUB_RUN_ATTEMPT"] = "1",
            ["GITHUB_WORKFLOW_REF"] = $"{standIn.Repository.FullName}/.github/workflows/gate.yml@{fullRef}",
            ["GITHUB_STEP_SUMMARY"] = SummaryPath,
            ["GITHUB_OUTPUT"] = OutputPath,
            ["GITHUB_WORKSPACE"] = Directory,
            ["INPUT_GITHUB-TOKEN"] = standIn.Tokens[0].Value,
        };
    }

    /// <summary>The workspace; the files for summary and outputs lie in it too.</summary>
    public string Directory { get; }

    public string SummaryPath => PathOf("step-summary.md");

    public string OutputPath => PathOf("step-output.txt");

    /// <summary>The variables by name; set one to change the job.</summary>
    public string? this[string name]
    {
        get => _variables.GetValueOrDefault(name);
        set => _variables[name] = value ?? "";
    }

    public IReadOnlyDictionary<string, string> Variables => _variables;

    public static StandInJob PullRequest(GitHubStandIn standIn, Pull pull, string action = "synchronize", long runId = 100,
        string eventName = "pull_request") => new(
        standIn,
        eventName,
        "f00dfeed00000000000000000000000000000000",
        $"refs/pull/{pull.Number}/merge",
        new JsonObject
        {
            ["action"] = action,
            ["number"] = pull.Number,
            ["pull_request"] = PullAnswer.Describe(standIn, pull, isWhole: true),
            ["repository"] = Accounts.Repository(standIn.Repository.FullName, standIn.Repository.DefaultBranch),
        },
        runId);

    public static StandInJob Push(GitHubStandIn standIn, string branch, long runId = 100)
    {
        var sha = standIn.Repository.Branches[branch];
        return new(standIn, "push", sha, $"refs/heads/{branch}",
            new JsonObject { ["ref"] = $"refs/heads/{branch}", ["after"] = sha, ["deleted"] = false }, runId);
    }

    /// <summary>A queue's try of a pull request: a commit of its own on top of the branch that it goes into.</summary>
    public static StandInJob MergeGroup(GitHubStandIn standIn, string baseBranch, string sha, long runId = 100)
    {
        var fullRef = $"refs/heads/gh-readonly-queue/{baseBranch}/pr-7-{standIn.Repository.Branches[baseBranch]}";
        var group = new JsonObject
        {
            ["head_sha"] = sha,
            ["head_ref"] = fullRef,
            ["base_sha"] = standIn.Repository.Branches[baseBranch],
            ["base_ref"] = $"refs/heads/{baseBranch}",
        };
        return new(standIn, "merge_group", sha, fullRef, new JsonObject { ["action"] = "checks_requested", ["merge_group"] = group },
            runId);
    }

    /// <summary>The second half for a pull request: it runs on the default branch after a workflow of the pull request has ended.</summary>
    public static StandInJob WorkflowRun(GitHubStandIn standIn, Pull pull, long runId = 200)
    {
        var home = Accounts.Repository(pull.Fork ?? standIn.Repository.FullName, standIn.Repository.DefaultBranch);
        var run = new JsonObject
        {
            ["id"] = 100,
            ["head_sha"] = pull.HeadSha,
            ["head_branch"] = pull.HeadBranch,
            ["head_repository"] = home,
            ["pull_requests"] = new JsonArray(),
            ["event"] = "pull_request",
            ["conclusion"] = "success",
        };
        var main = standIn.Repository.DefaultBranch;
        return new(standIn, "workflow_run", standIn.Repository.Branches[main], $"refs/heads/{main}",
            new JsonObject { ["action"] = "completed", ["workflow_run"] = run }, runId);
    }

    /// <summary>Any other event with a payload of one's own.</summary>
    public static StandInJob Of(GitHubStandIn standIn, string eventName, string sha, string fullRef, JsonObject payload,
        long runId = 100) =>
        new(standIn, eventName, sha, fullRef, payload, runId);

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);

    private string PathOf(string name) => Path.Combine(Directory, name);
}
