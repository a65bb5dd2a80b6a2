using GateAction.Core;
using GateAction.Core.Conditions;
using GateAction.Core.Decisions;
using GateAction.Core.Json;
using GateAction.Core.Reports;
using GateAction.Core.Reports.Html;
using GateAction.Http;
using GateAction.Terminal;

namespace GateAction.Commands;

/// <summary>
/// Decides and reports a run of two criteria to nowhere, on a core that is idle while the manifest is read and servers are waited for: .NET loads and
/// compiles code when it is first used, which makes up half of a short run. Nothing of it is kept, nobody is asked, and nobody waits for it.
/// </summary>
internal static class WarmUp
{
    private const string Probe = "example";

    public static Task RunAsync() => Task.Run(async () =>
    {
        await HttpWarmUp.Done;
        Report();
    });

    private static void Report()
    {
        var facts = Value.Map(("ok", Value.True), ("status", Value.Int(200)), ("json", Value.Map(("status", Value.String("healthy")))), ("latency", Value.Map(("max", Value.Duration(0, 1)))));
        var measurement = new Measurement("http", Outcome.Measured, null, facts, DateTimeOffset.UnixEpoch, TimeSpan.Zero, Subject: "GET https://example.com/health");
        var evidence = new Evidence(Probe, DateTimeOffset.UnixEpoch, TimeSpan.Zero, Value.Map(), null, new Dictionary<string, Measurement> { [Probe] = measurement });
        EvidenceJson.Write(Stream.Null, evidence);
        var gate = new Gate(Probe, 1, 1, false, 30, [], [Criterion("met", $"{Probe}.status == 200"), Criterion("unmet", $"{Probe}.json.status == 'ok' && {Probe}.latency.max < 1s")], [], new HashSet<string>());
        var verdict = Decision.Decide(gate, evidence, null, DateTimeOffset.UnixEpoch);
        var context = new ReportContext("");
        foreach (var (_, write) in ReportFiles.Of(verdict, context, new HtmlSources(evidence, "")))
            write(Stream.Null);
        TerminalReport.Render(new Shell(TextReader.Null, TextWriter.Null, TextWriter.Null, _ => null, "/", TimeProvider.System, IsTerminal: false, 120), verdict, context);
    }

    private static Criterion Criterion(string id, string condition) =>
        new(id, id, "", 1, true, Condition.Parse(condition).Condition!, null, null, null, false, new SourcePosition("", 0, 0));
}
