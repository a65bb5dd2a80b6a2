using GateAction.Core.Model;
using GateAction.GitHub;
using GateAction.StandIns.GitHub.State;

namespace GateAction.Tests.GitHub;

internal sealed class DeploymentWatchTests
{
    private GateScene _scene = null!;

    [SetUp]
    public async Task StartAsync() => _scene = await GateScene.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _scene.DisposeAsync();

    [Test]
    public async Task A_deployment_that_succeeds_while_the_gate_waits_gives_its_url()
    {
        var deployment = Deploy("pending");
        var pauses = 0;
        var time = new SkippingTime
        {
            Paused = () =>
            {
                if (++pauses == 3)
                    deployment.States.Add(("success", "https://pr-1.staging.example.com"));
            },
        };

        var url = await WaitAsync(TimeSpan.FromMinutes(15), time);

        Assert.That((url?.ToString(), pauses), Is.EqualTo(("https://pr-1.staging.example.com/", 3)));
    }

    [Test]
    public async Task A_deployment_without_a_url_leaves_the_target_to_the_manifest()
    {
        Deploy("success");

        Assert.That(await WaitAsync(TimeSpan.FromMinutes(1)), Is.Null);
    }

    [TestCase("failure", "ended in 'failure'; nothing was measured")]
    [TestCase("error", "ended in 'error'; nothing was measured")]
    [TestCase("inactive", "is inactive: another one has taken its place; nothing was measured")]
    [TestCase("in_progress", "did not succeed within 20s: it is 'in_progress'; nothing was measured")]
    public async Task Any_other_end_is_a_sentence_and_no_measurement(string state, string expected)
    {
        Deploy("queued", state);

        var exception = (await Assert.ThrowsAsync<GateException>(() => WaitAsync(TimeSpan.FromSeconds(20))))!;

        Assert.That(exception.Message, Does.Match("^the deployment of [0-9a-f]{7} to 'staging' ").And.EndWith(expected));
        Assert.That(exception.ExitCode, Is.EqualTo(ExitCode.Inconclusive));
    }

    [Test]
    public void A_deployment_of_another_commit_does_not_count()
    {
        Deploy(_scene.Pull.BaseSha, "success");

        Assert.That(() => WaitAsync(TimeSpan.FromSeconds(20)), Throws.TypeOf<GateException>().With.Message.Contains("there is none"));
    }

    [Test]
    public void A_deployment_of_the_merge_commit_is_told()
    {
        Deploy(_scene.GitHub.Repository.Merge(_scene.Pull), ["success"]);

        Assert.That(() => WaitAsync(TimeSpan.FromSeconds(20)),
            Throws.TypeOf<GateException>().With.Message.Contains("the commit that merges the pull request: check out and deploy"));
    }

    [Test]
    public void A_token_that_may_not_see_deployments_is_told_what_it_needs()
    {
        _scene.GitHub.Tokens[0] = _scene.GitHub.Tokens[0].Without("deployments");

        Assert.That(() => WaitAsync(TimeSpan.FromSeconds(20)),
            Throws.TypeOf<GateException>().With.Message.Contains("permissions: { deployments: read }"));
    }

    private StoredDeployment Deploy(params string[] states) =>
        states[0].Length == 40 ? Deploy(states[0], states[1..]) : Deploy(_scene.Pull.HeadSha, states);

    private StoredDeployment Deploy(string sha, string[] states)
    {
        var deployment = new StoredDeployment(7, sha, "staging");
        deployment.States.AddRange(states.Select(state => (state, (string?)null)));
        _scene.GitHub.Repository.Deployments.Add(deployment);
        return deployment;
    }

    private async Task<Uri?> WaitAsync(TimeSpan limit, TimeProvider? time = null)
    {
        using var session = _scene.Open(_scene.Job());
        var source = await session.ReadEventAsync(CancellationToken.None);
        return await new DeploymentWatch(session.Client!, time ?? _scene.Time).WaitAsync(source, "staging", limit, CancellationToken.None);
    }
}
