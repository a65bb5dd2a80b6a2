using System.Text;
using GateAction.GitHub.Artifacts;
using GateAction.Tests.GitHub.Overrides;

namespace GateAction.Tests.GitHub.Artifacts;

internal sealed class RunArtifactsTests
{
    private GateScene _scene = null!;

    [SetUp]
    public async Task StartAsync() => _scene = await GateScene.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _scene.DisposeAsync();

    [Test]
    public async Task Of_the_attempts_of_a_run_the_newest_is_read_in_whatever_order_they_are_listed(
        [Values("1 2 3", "3 2 1", "2 3 1")] string order)
    {
        foreach (var attempt in order.Split(' ').Select(int.Parse))
            _scene.GitHub.Repository.Artifacts.Add(new(100 + attempt, 7, "gate-report", OverrideScene.Zip([(byte)('0' + attempt)])));
        using var session = _scene.Open(_scene.Job());

        var found = await new RunArtifacts(session.Client!, session.Job).FindAsync(7, "abc", new("gate-report", 1), CancellationToken.None);

        Assert.That(Encoding.ASCII.GetString(found!.Json), Is.EqualTo("3"));
    }
}
