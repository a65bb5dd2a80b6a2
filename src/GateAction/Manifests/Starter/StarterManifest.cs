using System.Globalization;
using System.Text;

namespace GateAction.Manifests.Starter;

/// <summary>A first manifest with comments that fits what was found.</summary>
internal static class StarterManifest
{
    /// <param name="waiverEnd">A day that the example of a waiver may name.</param>
    public static string Write(Survey survey, DateOnly waiverEnd)
    {
        var text = new StringBuilder(Head);
        var health = survey.HealthPath ?? "/health";
        text.Append("probes:\n");
        text.Append($"  backend:\n    http: {health}{(survey.HealthPath is null ? "" : "    # from the Dockerfile's HEALTHCHECK")}\n");
        text.Append("    # wait: { until: ok == true, within: 5m }    # poll first, until the deployment answers\n");
        if (survey.OpenApiFile is { } file)
            text.Append(OpenApi(file));
        var sets = Sets(survey);
        if (sets.Count > 0)
            text.Append("\nresults:\n");
        foreach (var (id, files, comment) in sets)
            text.Append($"  # {comment}\n  {id}: {{ files: \"{files}\" }}\n");
        text.Append(Criteria);
        if (survey.OpenApiFile is not null)
            text.Append("  api-described: api.count > 0\n");
        foreach (var (id, _, _) in sets)
            text.Append($"  {id.Replace('_', '-')}-green: {id}.failed == 0 && {id}.errors == 0 && {id}.passed > 0\n");
        return text.Append(Foot.Replace("DAY", waiverEnd.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), StringComparison.Ordinal))
            .ToString();
    }

    /// <summary>The result sets: one for each kind of tests, or one for the files that lie there.</summary>
    public static IReadOnlyList<(string Id, string Files, string Comment)> Sets(Survey survey)
    {
        if (survey.Stacks.Count > 0)
            return [.. survey.Stacks.Select(stack => (stack.Id, stack.Files, $"{stack.Name}; written by: {stack.Command}"))];
        return survey.ResultFiles.Count > 0
            ? [("tests", ResultFileNames.PatternFor(survey.ResultFiles),
            $"found {survey.ResultFiles.Count} result file(s), such as {survey.ResultFiles[0]}")]
            : [];
    }

    private static string OpenApi(string file)
    {
        var path = "/" + Path.GetFileName(file);
        return $"  # The API that {file} describes; set the path under which the service answers with it.\n  api: {{ openapi: {path} }}\n";
    }

    private const string Head = """
        # What must hold on staging before a pull request may be merged. `gate validate` checks this file, `gate run` measures and decides,
        # `gate schema` prints the schema for editors; docs/manifest.md of GateAction explains every field.
        version: 1
        name: staging    # the commit status to require is called gate/staging

        # The environment that is measured. To take it from the workflow instead:
        #   env: [STAGING_URL]
        #   target: ${STAGING_URL}
        target: https://staging.example.com


        """;

    private const string Criteria = """

        # A criterion is a condition (CEL) over what was measured. `pass` must hold; where only `warn` holds it is degraded and does not block.
        criteria:
          backend-healthy: backend.status == 200
          backend-fast:
            pass: backend.latency.p95 < 500ms
            warn: backend.latency.p95 < 2s

        """;

    private const string Foot = """

        # A criterion that is known not to hold for now, with a reason and an end:
        # waivers:
        #   - { criterion: backend-fast, reason: "tracked in #123", by: "@your-team", expires: DAY }

        """;
}
