using System.Text.Json;
using GateAction.Core.Model;

namespace GateAction.Sources.Google;

/// <summary>One share of a service's requests.</summary>
/// <param name="Revision">The short name of the revision that gets it; for "the latest" the latest that is ready.</param>
/// <param name="Share">From 0 to 1; 0 for a revision that only a tag leads to.</param>
internal sealed record RunTraffic(string Revision, double Share, string? Tag, string? Url, bool IsLatest)
{
    private const string Latest = "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST";

    /// <summary>What is the case, or what is wished for where the service does not say.</summary>
    public static IReadOnlyList<RunTraffic> In(JsonElement service)
    {
        var targets = service.ItemsAt("trafficStatuses").ToArray();
        return [.. (targets.Length > 0
            ? targets
            : service.ItemsAt("traffic")).Select(target => Of(target, ShortName(service.TextAt("latestReadyRevision"))))];
    }

    public static string ShortName(string? resource) => resource is null ? "" : resource[(resource.LastIndexOf('/') + 1)..];

    public static readonly Facts<RunTraffic> Facts = new Facts<RunTraffic>("one share")
        .Text("revision", "the revision that gets it", target => target.Revision)
        .Ratio("share", "share of the requests", target => target.Share)
        .Bool("latest", "true where it follows the newest ready revision", target => target.IsLatest)
        .Text("tag", "its tag; absent where it has none", target => target.Tag)
        .Text("url", "the tag's own URL; absent where it has none", target => target.Url);

    private static RunTraffic Of(JsonElement target, string latestReady)
    {
        var isLatest = target.TextAt("type") == Latest;
        var revision = target.TextAt("revision") is { Length: > 0 } named ? ShortName(named) : latestReady;
        return new(revision, (target.IntAt("percent") ?? 0) / 100.0, target.TextAt("tag"), target.TextAt("uri"), isLatest);
    }
}
