using System.Text.Json;
using GateAction.Cel.Values;

namespace GateAction.Sources.Google;

/// <summary>A service of the Cloud Run Admin API v2.</summary>
internal sealed class RunService
{
    private const string Succeeded = "CONDITION_SUCCEEDED";
    private readonly JsonElement _service;

    /// <summary>Throws <see cref="NoEvidenceException"/> where the answer is no such service.</summary>
    public RunService(JsonElement service)
    {
        _service = service;
        Traffic = RunTraffic.In(service);
        if (service.TextAt("name")?.Contains("/services/", StringComparison.Ordinal) != true || service.At("terminalCondition") is null)
            throw new NoEvidenceException("Cloud Run gave an answer that is no service of its Admin API v2");
    }

    public IReadOnlyList<RunTraffic> Traffic { get; }

    public string LatestReady => RunTraffic.ShortName(_service.TextAt("latestReadyRevision"));

    public string LatestCreated => RunTraffic.ShortName(_service.TextAt("latestCreatedRevision"));

    /// <summary>The revision that most requests go to; empty where none serves.</summary>
    public string Serving =>
        Traffic.Where(target => target.Share > 0).GroupBy(target => target.Revision).MaxBy(group => group.Sum(target => target.Share))?.Key
        ?? "";

    /// <summary>Null where nothing stands in the way.</summary>
    public string? Trouble =>
        _service.TextAt("terminalCondition", "state") == Succeeded ? null : _service.TextAt("terminalCondition", "message");

    public IEnumerable<(string, Value)> Facts()
    {
        var isReconciling = _service.IsTrueAt("reconciling");
        var isCurrent = _service.IntAt("observedGeneration") == _service.IntAt("generation");
        var latestShare = Traffic.Where(target => target.Revision == LatestCreated && LatestCreated.Length > 0).Sum(target => target.Share);
        return
        [
            ("ready", Value.Bool(_service.TextAt("terminalCondition", "state") == Succeeded && !isReconciling && isCurrent)),
            ("reconciling", Value.Bool(isReconciling)),
            ("revision", Value.String(Serving)),
            ("latest_ready", Value.String(LatestReady)),
            ("latest_created", Value.String(LatestCreated)),
            ("traffic", Value.List(Traffic.Select(target => target.ToValue()).ToArray())),
            ("latest_traffic", Value.Double(Math.Round(latestShare, 4))),
            ("url", Value.String(_service.TextAt("uri") ?? "")),
            ("urls", Value.List(_service.ItemsAt("urls").Select(url => url.GetString() ?? ""))),
            ("ingress", Value.String(_service.TextAt("ingress") ?? "")),
            ("conditions", Value.List(Conditions().ToArray())),
        ];
    }

    private IEnumerable<Value> Conditions() =>
        new[] { _service.At("terminalCondition")!.Value }.Concat(_service.ItemsAt("conditions"))
        .DistinctBy(condition => condition.TextAt("type")).Select(condition => Value.Map(
        [
            ("type", Value.String(condition.TextAt("type") ?? "")),
            ("ok", Value.Bool(condition.TextAt("state") == Succeeded)),
            ("state", Value.String(condition.TextAt("state") ?? "")),
            ("reason", Value.String(condition.TextAt("reason") ?? condition.TextAt("revisionReason") ?? "")),
            ("message", Value.String(condition.TextAt("message") ?? "")),
        ]));
}
