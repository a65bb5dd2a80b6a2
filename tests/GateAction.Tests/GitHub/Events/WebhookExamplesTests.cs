using System.Text.Json;
using GateAction.GitHub;
using GateAction.GitHub.Events;

namespace GateAction.Tests.GitHub.Events;

/// <summary>GitHub's own payload examples (npm @octokit/webhooks-examples): what the runner passes of each of them.</summary>
internal sealed class WebhookExamplesTests
{
    private static readonly (string Event, EventField[] Fields)[] Needed =
    [
        ("pull_request", [EventField.Action, EventField.PullRequest, EventField.HeadSha]),
        ("pull_request_review", [EventField.Action, EventField.PullRequest, EventField.HeadSha]),
        ("pull_request_review_comment", [EventField.Action, EventField.PullRequest, EventField.HeadSha]),
        ("push", [EventField.Before, EventField.Deleted]),
        ("merge_group", [EventField.Action, EventField.QueueBase, EventField.QueueBaseSha]),
        ("workflow_run", [EventField.Run, EventField.RunSha, EventField.RunBranch, EventField.RunRepository, EventField.RunEvent]),
        ("deployment_status", [EventField.DeploymentState]),
        ("issue_comment", [EventField.Action, EventField.Issue, EventField.Comment]),
        ("check_run", [EventField.CheckRunSha]),
        ("check_suite", [EventField.CheckSuiteSha]),
        ("status", [EventField.StatusSha]),
    ];

    [Test]
    public void Every_example_of_an_event_holds_the_fields_that_the_gate_needs_of_it()
    {
        Assert.Multiple(() =>
        {
            foreach (var (name, fields) in Needed)
            {
                var examples = Examples(name);
                Assert.That(examples, Is.Not.Empty, name);
                foreach (var field in fields)
                    Assert.That(examples.Select(field.In), Has.All.Not.Null, $"{name} {field.Path}");
            }
        });
    }

    [Test]
    public async Task Every_example_of_an_event_is_read_without_a_token()
    {
        foreach (var kind in EventKinds.All.Where(kind => kind.Name != "issue_comment"))
        {
            foreach (var example in Examples(kind.Name))
            {
                var source = await ReadAsync(kind.Name, example);

                Assert.That(source.Sha, Is.EqualTo(Commit(kind.Name, example)), kind.Name);
                Assert.That(GitHubFacts.Of(source, Job(kind.Name, "", default)).AsMap.Count, Is.GreaterThanOrEqualTo(11));
            }
        }
    }

    private static string Commit(string name, JsonElement payload) => name switch
    {
        "pull_request" or "pull_request_review" or "pull_request_review_comment" => EventField.HeadSha.In(payload)!,
        "workflow_run" => EventField.RunSha.In(payload)!,
        "check_run" => EventField.CheckRunSha.In(payload)!,
        "check_suite" => EventField.CheckSuiteSha.In(payload)!,
        "status" => EventField.StatusSha.In(payload)!,
        _ => "job5ha",
    };

    private static List<JsonElement> Examples(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Downloads.Path("webhooks.json")));
        return document.RootElement.EnumerateArray()
            .FirstOrDefault(entry => entry.GetProperty("name").GetString() == name) is { ValueKind: JsonValueKind.Object } found
            ? [.. found.GetProperty("examples").EnumerateArray().Select(example => example.Clone())]
            : [];
    }

    private static async Task<GateEvent> ReadAsync(string name, JsonElement payload)
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(path, payload.GetRawText());
            return await EventKinds.ReadAsync(Job(name, path, payload), null, CancellationToken.None);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static ActionsJob Job(string name, string path, JsonElement payload)
    {
        var repository = payload.ValueKind == JsonValueKind.Object && payload.TryGetProperty("repository", out var named)
            ? named.GetProperty("full_name").GetString()!.Split('/')
            : ["o", "r"];
        return new(
            new("https://api.github.com"), new("https://github.com"), new(repository[0], repository[1]), name, path, "job5ha",
            "refs/heads/main", "octocat", 1, 1,
            null, null, null, "/")
        {
            Fields = new(input => payload.ValueKind == JsonValueKind.Object
                ? EventField.All.Single(field => field.Input == input).In(payload)
                : null),
        };
    }
}
