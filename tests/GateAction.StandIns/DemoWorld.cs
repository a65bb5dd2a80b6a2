using GateAction.StandIns.Examples;
using GateAction.StandIns.GitHub;
using GateAction.StandIns.GitHub.State;
using GateAction.StandIns.Google;
using GateAction.StandIns.Staging;

namespace GateAction.StandIns;

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

    private GoogleStandIn? Google { get; init; }

    /// <param name="manifest">The text of the manifest on the base branch.</param>
    /// <param name="changed">The text on the pull request's branch; null where it does not touch the manifest.</param>
    public static async Task<DemoWorld> StartAsync(Scenario scenario, string manifest, string? changed = null)
    {
        var gitHub = await GitHubStandIn.StartAsync("acme/shop");
        var pull = AddPull(gitHub, manifest, changed);
        var staging = await StagingServer.StartAsync(scenario, pull.HeadSha);
        var job = StartJob(gitHub, pull, staging);
        job["STAGING_PASSWORD"] = "correct horse";
        var results = Directory.CreateDirectory(Path.Combine(job.Directory, "results"));
        await File.WriteAllTextAsync(Path.Combine(results.FullName, "unit.xml"), DemoTests.JUnitXml(scenario));
        return new(staging, gitHub, job);
    }

    /// <summary>The world of a validation report, with nothing in it but the example's own data.</summary>
    public static async Task<DemoWorld> StartAsync(Example example)
    {
        var gitHub = await GitHubStandIn.StartAsync("acme/shop");
        var pull = AddPull(gitHub, example.Manifest, changed: null);
        var state = new StagingState(Scenario.Healthy, pull.HeadSha) { Pages = example.PathOf("staging") };
        var staging = await StagingServer.StartAsync(state, certificate: null);
        var job = StartJob(gitHub, pull, staging);
        ExampleWorkspace.Fill(job, example);
        return new(staging, gitHub, job) { Google = await ExampleWorkspace.StartGoogleAsync(job, example) };
    }

    public async ValueTask DisposeAsync()
    {
        await Staging.DisposeAsync();
        await GitHub.DisposeAsync();
        if (Google is not null)
            await Google.DisposeAsync();
        Job.Dispose();
    }

    private static Pull AddPull(GitHubStandIn gitHub, string manifest, string? changed)
    {
        gitHub.Repository.AddCommit("main", (".github/gate.yml", manifest));
        gitHub.Repository.AddCommit("feature/orders", (".github/gate.yml", changed ?? manifest), ("src/orders.py", "# orders\n"));
        var pull = gitHub.Repository.AddPull("feature/orders", "main",
            changed is null ? ["src/orders.py"] : ["src/orders.py", ".github/gate.yml"]);
        pull.Title = "List orders by date";
        return pull;
    }

    private static StandInJob StartJob(GitHubStandIn gitHub, Pull pull, StagingServer staging)
    {
        var job = StandInJob.PullRequest(gitHub, pull);
        job["STAGING_URL"] = staging.Url.ToString();
        return job;
    }
}
