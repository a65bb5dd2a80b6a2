using System.Globalization;
using System.Text.Json;
using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Syntax;

namespace GateAction.Sources.Google;

/// <summary>The revision that serves: what runs, with what it was configured, and when it came.</summary>
/// <param name="revision">As the Admin API v2 describes it.</param>
/// <param name="shown">Names of environment variables whose values become facts.</param>
internal sealed class RunRevision(JsonElement revision, IReadOnlyList<string> shown)
{
    private static readonly Facts<RunSecret> SecretFacts = new Facts<RunSecret>("one secret")
        .Text("name", "the variable or the file that holds it", secret => secret.Name)
        .Text("secret", "its name in Secret Manager", secret => secret.Secret)
        .Text("version", "its version", secret => secret.Version);

    private static readonly Facts<RunRevision> NetworkFacts = new Facts<RunRevision>("access to a network")
        .Bool("enabled", "true if it has one", run => run.Connector is not null || run.Network.ValueKind == JsonValueKind.Object)
        .Text("connector", "the connector; absent without one", run => run.Connector)
        .Text("network", "the network; absent without direct access", run => ShortName(run.Network.TextAt("network")))
        .Text("subnetwork", "the subnetwork; absent without direct access", run => ShortName(run.Network.TextAt("subnetwork")))
        .Text("egress", "all-traffic or private-ranges-only", run =>
        NullIfEmpty(run.Access.TextAt("egress")?.ToLowerInvariant().Replace('_', '-')));

    public static readonly Facts<RunRevision> Facts = new Facts<RunRevision>()
        .Text("image", "the container's image, without the digest", run => NullIfEmpty(run.Image.Split('@', 2)[0]))
        .Text(
            "image_digest",
            "its digest, sha256:…; absent if the image is not given by one",
            run => run.Image.Split('@', 2) is [_, var digest] ? NullIfEmpty(digest) : null)
        .Number("cpu", "limit of processors", run => (double?)run.Limit("cpu"))
        .Size("memory", "limit of memory", run => (long?)run.Limit("memory"))
        .Texts(
            "env_names",
            "names of the environment variables that are no secrets",
            "one name",
            run => run.Variables.Select(variable => variable.Name))
        .Map("env", "their values, of those alone that `show-env` names", FactType.String("the value"), run => run.ShownVariables)
        .Int(
            "containers",
            "how many containers an instance has; the facts of the image are those of the one with a port",
            run => run.Containers.Length)
        .List("secrets", "secrets that the container sees", SecretFacts, run => run.Secrets)
        .Object("vpc", NetworkFacts, run => run)
        .Map(
            "labels",
            "the revision's labels",
            FactType.String("the value"),
            run => run._revision.TextsAt("labels").Select(label => (label.Name, Value.String(label.Value))))
        // The JSON of Google's APIs leaves out a number that is 0.
        .Int("min_instances", "instances at least", run => run._revision.IntAt("scaling", "minInstanceCount") ?? 0)
        .Int("max_instances", "instances at most; absent if it is not set", run => run._revision.IntAt("scaling", "maxInstanceCount"))
        .Int("concurrency", "requests that one instance may handle at once", run => run._revision.IntAt("maxInstanceRequestConcurrency"))
        .Text("service_account", "the account it runs as", run => NullIfEmpty(run._revision.TextAt("serviceAccount")))
        .Duration(
            "request_timeout",
            "time that one request may take",
            run => DurationNotation.TryParse(run._revision.TextAt("timeout") ?? "", out var timeout) ? timeout : null)
        .Timestamp("deployed_at", "when the revision was created", run => run.CreatedAt)
        .Duration(
            "deploy_duration",
            "time from then until it was ready; absent if it is not",
            run => run.ReadyAt >= run.CreatedAt ? run.ReadyAt - run.CreatedAt : null);

    private readonly JsonElement _revision = revision;

    private JsonElement[] Containers { get; } = [.. revision.ItemsAt("containers")];

    // Only one container of an instance has a port: the one that takes requests, whatever stands beside it.
    /// <summary>The one with a port.</summary>
    private JsonElement Main => Containers.FirstOrDefault(container => container.ItemsAt("ports").Any(), Containers.FirstOrDefault());

    private string Image => Main.TextAt("image") ?? "";

    private JsonElement Access => _revision.At("vpcAccess") ?? default;

    private JsonElement Network => Access.ItemsAt("networkInterfaces").FirstOrDefault();

    private string? Connector => Access.TextAt("connector") is { Length: > 0 } connector ? ShortName(connector) : null;

    private DateTimeOffset? CreatedAt => _revision.TimeAt("createTime");

    private DateTimeOffset? ReadyAt => _revision.ItemsAt("conditions")
        .FirstOrDefault(condition => condition.TextAt("type") == "Ready" && condition.TextAt("state") == "CONDITION_SUCCEEDED")
        .TimeAt("lastTransitionTime");

    private IEnumerable<(string Name, string Value)> Variables => Main.ItemsAt("env")
        // Those are secrets and stand under 'secrets', by name.
        .Where(variable => variable.At("valueSource") is null)
        .Select(variable => (Name: variable.TextAt("name") ?? "", Value: variable.TextAt("value") ?? ""))
        .DistinctBy(variable => variable.Name);

    private IEnumerable<(string, Value)> ShownVariables =>
        Variables.Where(variable => shown.Contains(variable.Name)).Select(variable => (variable.Name, Value.String(variable.Value)));

    /// <summary>Each secret of Secret Manager that the container sees, as a variable or as a file.</summary>
    private IEnumerable<RunSecret> Secrets
    {
        get
        {
            foreach (var variable in Main.ItemsAt("env"))
            {
                if (variable.At("valueSource", "secretKeyRef") is { } reference)
                    yield return RunSecret.Of(variable.TextAt("name"), reference.TextAt("secret"), reference.TextAt("version"));
            }
            foreach (var volume in _revision.ItemsAt("volumes"))
            {
                if (volume.At("secret") is not { } secret)
                    continue;
                var items = secret.ItemsAt("items").ToArray();
                foreach (var item in items)
                    yield return RunSecret.Of(item.TextAt("path"), secret.TextAt("secret"), item.TextAt("version"));
                if (items.Length == 0)
                    yield return RunSecret.Of(volume.TextAt("name"), secret.TextAt("secret"), null);
            }
        }
    }

    private decimal? Limit(string resource) => RunQuantity.Parse(Main.TextAt("resources", "limits", resource));

    private static string? ShortName(string? resource) => NullIfEmpty(RunTraffic.ShortName(resource));

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private sealed record RunSecret(string Name, string Secret, string Version)
    {
        public static RunSecret Of(string? name, string? secret, string? version) =>
            new(name ?? "", RunTraffic.ShortName(secret), version ?? "latest");
    }
}

/// <summary>Quantities as Kubernetes writes them: <c>1000m</c>, <c>512Mi</c>, <c>2G</c>.</summary>
internal static class RunQuantity
{
    private static readonly (string Name, decimal Factor)[] Units =
    [
        ("Ki", 1L << 10), ("Mi", 1L << 20), ("Gi", 1L << 30), ("Ti", 1L << 40), ("m", 0.001m), ("k", 1e3m), ("M", 1e6m), ("G", 1e9m),
        ("T", 1e12m),
    ];

    public static decimal? Parse(string? text)
    {
        var (unit, factor) = Units.FirstOrDefault(unit => text?.EndsWith(unit.Name, StringComparison.Ordinal) == true);
        var digits = unit is null ? text : text![..^unit.Length];
        return decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number * (unit is null ? 1 : factor)
            : null;
    }
}
