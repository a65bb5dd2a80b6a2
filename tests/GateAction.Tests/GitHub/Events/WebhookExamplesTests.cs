using System.Text.Json;
using GateAction.GitHub;
using GateAction.GitHub.Api;
using GateAction.GitHub.Events;

namespace GateAction.Tests.GitHub.Events;

/// <summary>GitHub's own payload examples (npm @octokit/webhooks-examples), read without a token.</summary>
internal sealed class WebhookExamplesTests
{
    private static readonly string[] Events =
        ["pull_request", "pull_request_review", "push", "merge_group", "workflow_run", "deployment", "deployment_status", "issue_comment",
        "workflow_dispatch", "repository_dispatch"];

    [TestCaseSource(nameof(Events))]
    public async Task Every_example_of_an_event_gives_its_commit(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Downloads.Path("webhooks.json")));
        var examples = document.RootElement.EnumerateArray().First(entry => entry.GetProperty("name").GetString() == name)
            .GetProperty("examples");

        foreach (var example in examples.EnumerateArray())
        {
            var source = await ReadAsync(name, example);

            Assert.That(source.Sha, Is.EqualTo(Commit(name, example) ?? "job5ha"));
            Assert.That(source.PullRequest?.Number,
                name.StartsWith("pull_request", StringComparison.Ordinal)
                ? Is.EqualTo((int?)example.Whole("pull_request", "number"))
                : Is.Null);
            Assert.That(GitHubFacts.Of(source, Job(name, "")).AsMap.Count, Is.GreaterThanOrEqualTo(11));
        }
    }

    private static string? Commit(string name, JsonElement payload) => name switch
    {
        "push" when payload.IsTrue("deleted") => null,
        "push" => payload.Text("after"),
        "pull_request" or "pull_request_review" => payload.Text("pull_request", "head", "sha"),
        "merge_group" or "workflow_run" => payload.Text(name, "head_sha"),
        "deployment" or "deployment_status" => payload.Text("deployment", "sha"),
        _ => null,
    };

    private static async Task<GateEvent> ReadAsync(string name, JsonElement payload)
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(path, payload.GetRawText());
            return await EventKinds.ReadAsync(Job(name, path), null, CancellationToken.None);
        }
        catch (Core.Model.GateException exception)
            when (name == "issue_comment" && exception.Message.Contains("needs a token", StringComparison.Ordinal))
        {
            throw new AssertionException("no example is a command", exception);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static ActionsJob Job(string name, string path) => new(
        new("https://api.github.com"), new("https://github.com"), new("o", "r"), name, path, "job5ha", "refs/heads/main", "octocat", 1, 1,
        null, null, null, "/");
}
