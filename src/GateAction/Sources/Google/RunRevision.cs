using System.Text.Json;
using GateAction.Cel.Values;
using GateAction.Syntax;

namespace GateAction.Sources.Google;

/// <summary>The facts of the revision that serves: what runs, with what it was configured, and when it came.</summary>
internal static class RunRevision
{
    /// <param name="shown">Names of environment variables whose values become facts.</param>
    public static IEnumerable<(string, Value)> FactsOf(JsonElement revision, IReadOnlyList<string> shown)
    {
        var containers = revision.ItemsAt("containers").ToArray();
        var main = containers.FirstOrDefault(container => container.ItemsAt("ports").Any(), containers.FirstOrDefault());
        return
        [
            .. OfContainer(main, shown),
            ("containers", Value.Int(containers.Length)),
            ("secrets", Value.List(SecretsOf(main, revision).ToArray())),
            ("vpc", VpcOf(revision)),
            ("labels", Value.Map(revision.TextsAt("labels").Select(label => (label.Name, Value.String(label.Value))))),
            ("min_instances", Value.Int(revision.IntAt("scaling", "minInstanceCount") ?? 0)),
            .. OfInt("max_instances", revision.IntAt("scaling", "maxInstanceCount")),
            .. OfInt("concurrency", revision.IntAt("maxInstanceRequestConcurrency")),
            .. OfText("service_account", revision.TextAt("serviceAccount")),
            .. DurationNotation.TryParse(revision.TextAt("timeout") ?? "", out var timeout)
                ? [("request_timeout", Value.Duration(timeout))]
                : Array.Empty<(string, Value)>(),
            .. OfTimes(revision),
        ];
    }

    private static IEnumerable<(string, Value)> OfContainer(JsonElement container, IReadOnlyList<string> shown)
    {
        var image = container.TextAt("image") ?? "";
        var digest = image.IndexOf('@');
        var variables = container.ItemsAt("env").Where(variable => variable.At("valueSource") is null)
            .Select(variable => (Name: variable.TextAt("name") ?? "", Value: variable.TextAt("value") ?? ""))
            .DistinctBy(variable => variable.Name).ToArray();
        return
        [
            .. image.Length == 0 ? [] : OfText("image", digest < 0 ? image : image[..digest]),
            .. OfText("image_digest", digest < 0 ? null : image[(digest + 1)..]),
            .. RunQuantity.Parse(container.TextAt("resources", "limits", "cpu")) is { } cpu
                ? [("cpu", Value.Double((double)cpu))]
                : Array.Empty<(string, Value)>(),
            .. OfInt("memory", (long?)RunQuantity.Parse(container.TextAt("resources", "limits", "memory"))),
            ("env_names", Value.List(variables.Select(variable => variable.Name))),
            ("env", Value.Map(variables.Where(variable => shown.Contains(variable.Name))
                .Select(variable => (variable.Name, Value.String(variable.Value))))),
        ];
    }

    /// <summary>Each secret of Secret Manager that the container sees, as a variable or as a file.</summary>
    private static IEnumerable<Value> SecretsOf(JsonElement container, JsonElement revision)
    {
        foreach (var variable in container.ItemsAt("env"))
        {
            if (variable.At("valueSource", "secretKeyRef") is { } reference)
                yield return SecretOf(variable.TextAt("name"), reference.TextAt("secret"), reference.TextAt("version"));
        }
        foreach (var volume in revision.ItemsAt("volumes"))
        {
            if (volume.At("secret") is not { } secret)
                continue;
            var items = secret.ItemsAt("items").ToArray();
            foreach (var item in items)
                yield return SecretOf(item.TextAt("path"), secret.TextAt("secret"), item.TextAt("version"));
            if (items.Length == 0)
                yield return SecretOf(volume.TextAt("name"), secret.TextAt("secret"), "latest");
        }
    }

    private static Value SecretOf(string? name, string? secret, string? version) => Value.Map(
    [
        ("name", Value.String(name ?? "")),
        ("secret", Value.String(RunTraffic.ShortName(secret))),
        ("version", Value.String(version ?? "latest")),
    ]);

    private static Value VpcOf(JsonElement revision)
    {
        var access = revision.At("vpcAccess") ?? default;
        var network = access.ItemsAt("networkInterfaces").FirstOrDefault();
        var isEnabled = access.TextAt("connector") is { Length: > 0 } || network.ValueKind == JsonValueKind.Object;
        return Value.Map(
        [
            ("enabled", Value.Bool(isEnabled)),
            .. OfText("connector", access.TextAt("connector") is { } connector ? RunTraffic.ShortName(connector) : null),
            .. OfText("network", network.TextAt("network") is { } name ? RunTraffic.ShortName(name) : null),
            .. OfText("subnetwork", network.TextAt("subnetwork") is { } subnetwork ? RunTraffic.ShortName(subnetwork) : null),
            .. OfText("egress", access.TextAt("egress")?.ToLowerInvariant().Replace('_', '-')),
        ]);
    }

    private static IEnumerable<(string, Value)> OfTimes(JsonElement revision)
    {
        if (revision.TimeAt("createTime") is not { } created)
            yield break;
        yield return ("deployed_at", Value.Timestamp(created));
        var ready = revision.ItemsAt("conditions")
            .FirstOrDefault(condition => condition.TextAt("type") == "Ready" && condition.TextAt("state") == "CONDITION_SUCCEEDED");
        if (ready.TimeAt("lastTransitionTime") is { } at && at >= created)
            yield return ("deploy_duration", Value.Duration(at - created));
    }

    private static (string, Value)[] OfText(string name, string? text) => string.IsNullOrEmpty(text) ? [] : [(name, Value.String(text))];

    private static (string, Value)[] OfInt(string name, long? number) => number is { } value ? [(name, Value.Int(value))] : [];
}
