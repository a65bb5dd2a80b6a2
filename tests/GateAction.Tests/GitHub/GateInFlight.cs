using GateAction.GitHub;
using GateAction.GitHub.Publishing;
using GateAction.StandIns.GitHub;

namespace GateAction.Tests.GitHub;

/// <summary>A gate that has begun and not ended, so that others can come between.</summary>
internal sealed class GateInFlight : IAsyncDisposable
{
    private readonly GateScene _scene;
    private readonly GitHubSession _session;
    private readonly GitHubGate _gate;

    private GateInFlight(GateScene scene, GitHubSession session, GitHubGate gate) => (_scene, _session, _gate) = (scene, session, gate);

    public static async Task<GateInFlight> BeginAsync(
        GateScene scene, StandInJob job, ReportKind kind = ReportKind.Status, CommentMode comment = CommentMode.Always)
    {
        var session = scene.Open(job);
        var source = await session.ReadEventAsync(CancellationToken.None);
        return new(scene, session,
            await GateScene.BeginAsync(session, new(session.Job, source, "staging", kind, comment), CancellationToken.None));
    }

    public async Task<Publication> FinishAsync(FinalState state, CancellationToken stop = default)
    {
        var publication = await _gate.FinishAsync(
            GateScene.Report(state)
            with
            { Description = state == FinalState.Success ? "14 of 14 criteria met" : "2 of 14 criteria failed" }, stop);
        _scene.Notices.AddRange(publication.Notices);
        return publication;
    }

    public Task AbandonAsync() => _gate.AbandonAsync("cancelled before it was decided");

    /// <summary>As a runner that is switched off: no last word.</summary>
    public ValueTask DisposeAsync()
    {
        _session.Dispose();
        return ValueTask.CompletedTask;
    }
}
