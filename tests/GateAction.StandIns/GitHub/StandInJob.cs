using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using GateAction.Cel.Values;
using GateAction.GitHub.Events;
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
        var element = JsonSerializer.SerializeToElement(payload);
        foreach (var field in EventField.All)
            _variables[$"INPUT_{field.Input.ToUpperInvariant()}"] = field.In(element) ?? "";
        if (eventName is "pull_request" or "pull_request_target")
        {
            _variables["GITHUB_BASE_REF"] = element.TextAt("pull_request", "base", "ref") ?? "";
            _variables["GITHUB_HEAD_REF"] = element.TextAt("pull_request", "head", "ref") ?? "";
        }
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
        eventName == "pull_request_target" ? standIn.Repository.Branches[pull.BaseBranch] : standIn.Repository.Merge(pull),
        eventName == "pull_request_target" ? $"refs/heads/{pull.BaseBranch}" : $"refs/pull/{pull.Number}/merge",
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
        var payload = new JsonObject
        {
            ["ref"] = $"refs/heads/{branch}",
            ["before"] = standIn.Repository.Commits[sha].Parent ?? new string('0', 40),
            ["after"] = sha,
            ["deleted"] = false,
        };
        return new(standIn, "push", sha, $"refs/heads/{branch}", payload, runId);
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

    /// <summary>A comment on a pull request: the job runs on the default branch.</summary>
    public static StandInJob IssueComment(GitHubStandIn standIn, Comment comment, string action = "created", long runId = 300)
    {
        var main = standIn.Repository.DefaultBranch;
        var payload = new JsonObject
        {
            ["action"] = action,
            ["issue"] = standIn.Repository.Pulls.Exists(pull => pull.Number == comment.Issue)
                ? new JsonObject { ["number"] = comment.Issue, ["pull_request"] = new JsonObject() }
                : new JsonObject { ["number"] = comment.Issue },
            ["comment"] = CommentEndpoints.Describe(standIn, comment),
        };
        return new(standIn, "issue_comment", standIn.Repository.Branches[main], $"refs/heads/{main}", payload, runId);
    }

    /// <summary>Any other event with a payload of one's own.</summary>
    public static StandInJob Of(GitHubStandIn standIn, string eventName, string sha, string fullRef, JsonObject payload,
        long runId = 100) =>
        new(standIn, eventName, sha, fullRef, payload, runId);

    /// <summary>What any earlier step of the job can do; what the runner passes stays as it was.</summary>
    public void RewriteEvent(JsonObject payload) => File.WriteAllText(PathOf("event.json"), payload.ToJsonString());

    public void RewriteEvent(Action<JsonObject> change)
    {
        var payload = JsonNode.Parse(File.ReadAllText(PathOf("event.json")))!.AsObject();
        change(payload);
        RewriteEvent(payload);
    }

    /// <summary>As if the program were started by a <c>run:</c> step, which no inputs are passed to.</summary>
    public StandInJob WithoutEventInputs()
    {
        foreach (var field in EventField.All)
            _variables.Remove($"INPUT_{field.Input.ToUpperInvariant()}");
        return this;
    }

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);

    private string PathOf(string name) => Path.Combine(Directory, name);
}
