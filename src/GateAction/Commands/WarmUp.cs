using GateAction.Cel;
using GateAction.Cel.Values;
using GateAction.Core.Decisions;
using GateAction.Core.Documents;
using GateAction.Core.Model;
using GateAction.Core.Reports;
using GateAction.Core.Reports.Html;
using GateAction.Http;
using GateAction.Surroundings;
using GateAction.Terminal;

namespace GateAction.Commands;

/// <summary>
/// Decides and reports a run of two criteria to nowhere, on a core that is idle while the manifest is read: .NET loads and compiles code when it is first
/// used, which makes up half of a short run. Nothing of it is kept and nobody is asked. It ends where the measuring begins, which it must not disturb.
/// </summary>
internal static class WarmUp
{
    private const string Probe = "example";
    private static readonly CancellationTokenSource End = new();
    private static Task _running = Task.CompletedTask;

    public static void Begin() => _running = Task.Run(async () =>
    {
        await HttpWarmUp.Done;
        foreach (var step in Steps())
        {
            if (End.IsCancellationRequested)
                return;
            step();
        }
    });

    /// <summary>Ends it after the step that it is at. Whatever became of it, the run does without.</summary>
    public static async Task EndAsync()
    {
        await End.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>What is done at the end of a run, in parts of some milliseconds.</summary>
    public static IEnumerable<Action> Steps()
    {
        var facts = Value.Map(("ok", Value.True), ("status", Value.Int(200)), ("json", Value.Map(("status", Value.String("healthy")))), ("latency", Value.Map(("max", Value.Duration(0, 1)))));
        var measurement = new Measurement("http", Outcome.Measured, null, facts, DateTimeOffset.UnixEpoch, TimeSpan.Zero, Subject: "GET https://example.com/health");
        var evidence = new Evidence(Probe, DateTimeOffset.UnixEpoch, TimeSpan.Zero, Value.Map(), null, new Dictionary<string, Measurement> { [Probe] = measurement });
        yield return () => EvidenceJson.Write(Stream.Null, evidence);
        var gate = new Gate(Probe, 1, 1, false, 30, [], [Criterion("met", $"{Probe}.status == 200"), Criterion("unmet", $"{Probe}.json.status == 'ok' && {Probe}.latency.max < 1s")], [], new HashSet<string>());
        var verdict = Decision.Decide(gate, evidence, null, DateTimeOffset.UnixEpoch);
        var context = new ReportContext("");
        foreach (var (_, write) in ReportFiles.Of(verdict, context, new HtmlSources(evidence, "")))
            yield return () => write(Stream.Null);
        yield return () => TerminalReport.Render(new Shell(TextReader.Null, TextWriter.Null, TextWriter.Null, _ => null, "/", TimeProvider.System, IsTerminal: false, 120), verdict, context);
    }

    private static Criterion Criterion(string id, string condition) =>
        new(id, id, "", 1, true, Condition.Parse(condition).Condition!, null, null, null, false, new SourcePosition("", 0, 0));
}
