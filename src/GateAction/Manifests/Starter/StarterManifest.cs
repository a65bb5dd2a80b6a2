using System.Text;
using GateAction.Cel.Values;

namespace GateAction.Manifests.Starter;

/// <summary>A first manifest with comments that fits what was found.</summary>
internal static class StarterManifest
{
    /// <param name="waiverEnd">A day that the example of a waiver may name.</param>
    public static string Write(Survey survey, DateOnly waiverEnd)
    {
        var (results, coverage) = (Results(survey), Coverage(survey));
        // Tests alone make a gate too; a service that is not there would keep it red for ever.
        var hasService = survey.Service.IsAny || results.Count == 0;
        var text = new StringBuilder(Head);
        text.Append(hasService ? Target(survey.Service) : IfDeployed(survey.Service));
        if (hasService)
            text.Append('\n').Append(Probes(survey.Service));
        if (results.Count > 0)
            text.Append("\nresults:\n");
        foreach (var (id, set, comment) in results)
            text.Append($"  # {comment}\n  {id}: {set}\n");
        if (coverage.Count > 0)
            text.Append("\ncoverage:\n");
        foreach (var (id, files) in coverage)
            text.Append($"  {id}: {{ files: \"{files}\" }}\n");
        text.Append(Criteria);
        if (hasService)
            text.Append(ServiceCriteria(survey.Service));
        foreach (var (id, _, _) in results)
            text.Append($"  {id.Replace('_', '-')}-green: {id}.green\n");
        foreach (var (id, _) in coverage)
            text.Append(
                $"  {id.Replace('_', '-')}-measured: {id}.lines_total > 0    # choose a limit: {id}.lines >= 80%, or {id}.changed >= 80% "
                + "of a change\n");
        var example = hasService ? "backend-fast" : $"{results[0].Id.Replace('_', '-')}-green";
        return text.Append(Foot(example, UnitText.Date(waiverEnd))).ToString();
    }

    /// <summary>The result sets: one for each kind of tests, or one for the files that lie there.</summary>
    private static List<(string Id, string Set, string Comment)> Results(Survey survey)
    {
        if (survey.Projects.Count > 0)
        {
            return [.. survey.Projects.Select(project => (
                project.Id,
                $"{{ files: \"{Below(project, project.Results)}\", exit-code: {Below(project, "%ID%.exit-code")} }}",
                $"{project.Name}{(project.Folder.Length > 0 ? $" in {project.Folder}" : "")}, as {StarterWorkflow.File} runs it"))];
        }
        return survey.ResultFiles.Count == 0 ? [] : [("tests",
            $"{{ files: \"{ResultFileNames.PatternFor(survey.ResultFiles)}\" }}    # `exit-code: FILE` says what the run ended with",
            $"found {survey.ResultFiles.Count} result file{(survey.ResultFiles.Count == 1 ? "" : "s")}, such as {survey.ResultFiles[0]}")];
    }

    private static List<(string Id, string Files)> Coverage(Survey survey) => survey.Projects.Count > 0
        ? [.. survey.Projects.Where(project => project.Coverage is not null)
        .Select(project => ($"{project.Id}_coverage", Below(project, project.Coverage!)))]
        : survey.CoverageFiles.Count > 0 ? [("coverage", survey.CoverageFiles[0])] : [];

    private static string Below(TestProject project, string file) =>
        $"{StarterWorkflow.ResultFolder}/{file.Replace("%ID%", project.Id, StringComparison.Ordinal)}";

    private static string Target(ServiceSigns service)
    {
        var local = service.ComposeFile is (var file, { } port)
            ? $"# Here: docker compose --file {file} up --detach --wait && STAGING_URL=http://localhost:{port} gate run\n"
            : "# Here: STAGING_URL=http://localhost:8080 gate run\n";
        return "# The environment that is measured: the variable STAGING_URL of the repository, else what stands after ':-'.\n" + local
            + "env: [STAGING_URL]\ntarget: ${STAGING_URL:-https://staging.example.com}\n";
    }

    private static string Probes(ServiceSigns service)
    {
        var text = new StringBuilder("probes:\n");
        text.Append(service.HealthPath is var (path, file)
            ? $"  backend:\n    http: {path}    # from {file}\n"
            : "  backend:\n    http: /health    # a path that answers 200 when all is well\n");
        text.Append("    # wait: { until: ok == true, within: 5m }    # poll first, until the deployment answers\n");
        if (service.OpenApiFile is { } api)
        {
            text.Append($"  # The API that {api} describes; set the path under which the service answers with it.\n");
            text.Append($"  api: {{ openapi: /{RepositoryTree.NameOf(api)}, compare: \"{api}\" }}\n");
        }
        return text.ToString();
    }

    private static string ServiceCriteria(ServiceSigns service) =>
        "  backend-healthy: backend.status == 200\n  backend-fast:\n    pass: backend.latency.p95 < 500ms\n    warn: backend.latency.p95 "
        + "< 2s\n"
        + (service.OpenApiFile is null ? "" : "  api-as-described: api.count > 0 && size(api.breaking) == 0\n");

    private static string IfDeployed(ServiceSigns service) =>
        "# If this is deployed, measure it too:\n"
        + Commented(Target(service) + Probes(service) + "# criteria:\n" + ServiceCriteria(service));

    private static string Commented(string text) =>
        string.Concat(text.TrimEnd('\n').Split('\n').Select(line => line.StartsWith('#') ? line + "\n" : $"# {line}\n"));

    private const string Head = """
        # What must hold before a pull request may be merged. `gate validate` checks this file, `gate run` measures and decides,
        # `gate schema` prints the schema for editors; docs/manifest.md of GateAction explains every field.
        version: 1
        name: staging    # the commit status to require is called gate/staging


        """;

    private const string Criteria = """

        # A criterion is a condition (CEL) over what was measured. `pass` must hold; if only `warn` holds it is degraded and does not block.
        # `green` is: no failure, no error, no test missing, nothing broken around them, and at least one passed.
        criteria:

        """;

    private static string Foot(string example, string day) => $$"""

        # A criterion that is known not to hold for now, with a reason and an end:
        # waivers:
        #   - { criterion: {{example}}, reason: "tracked in #123", by: "@your-team", expires: {{day}} }

        """;
}
