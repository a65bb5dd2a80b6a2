using System.Text.Json;
using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Sources.Google;

/// <summary>A service of the Cloud Run Admin API v2.</summary>
internal sealed class RunService
{
    private const string Succeeded = "CONDITION_SUCCEEDED";
    private readonly JsonElement _service;

    /// <summary>Throws <see cref="NoEvidenceException"/> if the answer is no such service.</summary>
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

    /// <summary>The revision that most requests go to; empty if none serves.</summary>
    public string Serving =>
        Traffic.Where(target => target.Share > 0).GroupBy(target => target.Revision).MaxBy(group => group.Sum(target => target.Share))?.Key
        ?? "";

    /// <summary>Null if nothing stands in the way.</summary>
    public string? Trouble => HasSucceeded(Terminal) ? null : _service.TextAt("terminalCondition", "message");

    private static readonly Facts<JsonElement> ConditionFacts = new Facts<JsonElement>("one condition")
        .Text("type", "Ready, RoutesReady, ConfigurationsReady …", condition => condition.TextAt("type") ?? "")
        .Bool("ok", "true if it has succeeded", condition => HasSucceeded(condition))
        .Text("state", "such as CONDITION_SUCCEEDED", condition => condition.TextAt("state") ?? "")
        .Text(
            "reason",
            "why it is so, in one word; empty if Cloud Run does not say",
            condition => condition.TextAt("reason") ?? condition.TextAt("revisionReason") ?? "")
        .Text("message", "why it is so, for people; empty if Cloud Run does not say", condition => condition.TextAt("message") ?? "");

    public static readonly Facts<RunService> Facts = new Facts<RunService>()
        .Bool(
            "ready",
            "true if the service is as it was last configured: its condition Ready has succeeded, for the newest generation, and "
            + "nothing is under way",
            service => HasSucceeded(service.Terminal) && !service.IsReconciling && service.IsCurrent)
        .Bool("reconciling", "true while Cloud Run is still at work on it", service => service.IsReconciling)
        .Text("revision", "the revision that most requests go to; the facts from image on are those of it", service => service.Serving)
        .Text("latest_ready", "the newest revision that is ready", service => service.LatestReady)
        .Text("latest_created", "the newest revision", service => service.LatestCreated)
        .List("traffic", "where requests go", RunTraffic.Facts, service => service.Traffic)
        .Ratio("latest_traffic", "share of the requests that goes to the newest revision", service => service.LatestShare)
        .AsFigure("traffic to the newest")
        .Text("url", "the service's URL", service => service._service.TextAt("uri") ?? "")
        .Texts("urls", "all its URLs", "one URL", service => service._service.ItemsAt("urls").Select(url => url.TextAt() ?? ""))
        .Text("ingress", "from where it can be reached, as in INGRESS_TRAFFIC_ALL", service => service._service.TextAt("ingress") ?? "")
        .List("conditions", "the conditions of the service, Ready first", ConditionFacts, service => service.Conditions);

    private JsonElement Terminal => _service.At("terminalCondition")!.Value;

    private bool IsReconciling => _service.IsTrueAt("reconciling");

    // Between a new configuration and its first look Cloud Run still tells the conditions of the old one.
    private bool IsCurrent => _service.IntAt("observedGeneration") == _service.IntAt("generation");

    private double LatestShare =>
        Math.Round(Traffic.Where(target => target.Revision == LatestCreated && LatestCreated.Length > 0).Sum(target => target.Share), 4);

    private IEnumerable<JsonElement> Conditions =>
        new[] { Terminal }.Concat(_service.ItemsAt("conditions")).DistinctBy(condition => condition.TextAt("type"));

    private static bool HasSucceeded(JsonElement condition) => condition.TextAt("state") == Succeeded;
}

/// <summary>What the facts of a <c>cloud-run</c> probe are made of: a service, and the revision that most of its requests go to.</summary>
/// <param name="Revision">Null if no revision serves.</param>
internal sealed record RunFacts(RunService Service, RunRevision? Revision)
{
    public static readonly Facts<RunFacts> Facts = new Facts<RunFacts>()
        .Include(RunService.Facts, run => run.Service)
        .Include(RunRevision.Facts, run => run.Revision);
}

/// <summary>One share of a service's requests.</summary>
/// <param name="Revision">The short name of the revision that gets it; for "the latest" the latest that is ready.</param>
/// <param name="Share">From 0 to 1; 0 for a revision that only a tag leads to.</param>
internal sealed record RunTraffic(string Revision, double Share, string? Tag, string? Url, bool IsLatest)
{
    private const string Latest = "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST";

    /// <summary>What is the case, or what is wished for if the service does not say.</summary>
    public static IReadOnlyList<RunTraffic> In(JsonElement service)
    {
        var targets = service.ItemsAt("trafficStatuses").ToArray();
        // A rollout that is stuck wishes for one thing and serves another.
        return [.. (targets.Length > 0
            ? targets
            : service.ItemsAt("traffic")).Select(target => Of(target, ShortName(service.TextAt("latestReadyRevision"))))];
    }

    public static string ShortName(string? resource) => resource is null ? "" : resource[(resource.LastIndexOf('/') + 1)..];

    public static readonly Facts<RunTraffic> Facts = new Facts<RunTraffic>("one share")
        .Text("revision", "the revision that gets it", target => target.Revision)
        .Ratio("share", "share of the requests", target => target.Share)
        .Bool("latest", "true if it follows the newest ready revision", target => target.IsLatest)
        .Text("tag", "its tag; absent if it has none", target => target.Tag)
        .Text("url", "the tag's own URL; absent if it has none", target => target.Url);

    private static RunTraffic Of(JsonElement target, string latestReady)
    {
        var isLatest = target.TextAt("type") == Latest;
        var revision = target.TextAt("revision") is { Length: > 0 } named ? ShortName(named) : latestReady;
        return new(revision, (target.IntAt("percent") ?? 0) / 100.0, target.TextAt("tag"), target.TextAt("uri"), isLatest);
    }
}
