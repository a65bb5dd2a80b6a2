using GateAction.Demo.GitHub;
using GateAction.Demo.Staging;

namespace GateAction.Demo;

/// <summary>A staging environment, a GitHub with one pull request, and the workflow job that judges it, all on loopback.</summary>
internal sealed class DemoWorld : IAsyncDisposable
{
    private DemoWorld(StagingServer staging, GitHubStandIn gitHub, StandInJob job)
    {
        Staging = staging;
        GitHub = gitHub;
        Job = job;
    }

    public StagingServer Staging { get; }

    public GitHubStandIn GitHub { get; }

    public StandInJob Job { get; }

    /// <param name="manifest">The text of the manifest on the base branch.</param>
    /// <param name="changed">The text on the pull request's branch; null where it does not touch the manifest.</param>
    public static async Task<DemoWorld> StartAsync(Scenario scenario, string manifest, string? changed = null)
    {
        var gitHub = await GitHubStandIn.StartAsync("acme/shop");
        gitHub.Repository.AddCommit("main", (".github/gate.yml", manifest));
        gitHub.Repository.AddCommit("feature/orders", (".github/gate.yml", changed ?? manifest), ("src/orders.py", "# orders\n"));
        var pull = gitHub.Repository.AddPull("feature/orders", "main", changed is null ? ["src/orders.py"] : ["src/orders.py", ".github/gate.yml"]);
        pull.Title = "List orders by date";
        var staging = await StagingServer.StartAsync(scenario, pull.HeadSha);
        var job = StandInJob.PullRequest(gitHub, pull);
        job["STAGING_URL"] = staging.Url.ToString();
        job["STAGING_PASSWORD"] = "correct horse";
        var results = Directory.CreateDirectory(Path.Combine(job.Directory, "results"));
        await File.WriteAllTextAsync(Path.Combine(results.FullName, "unit.xml"), DemoTests.JUnitXml(scenario));
        return new(staging, gitHub, job);
    }

    public async ValueTask DisposeAsync()
    {
        await Staging.DisposeAsync();
        await GitHub.DisposeAsync();
        Job.Dispose();
    }
}
