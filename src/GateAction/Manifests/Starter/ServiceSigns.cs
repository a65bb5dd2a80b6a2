using System.Text.RegularExpressions;

namespace GateAction.Manifests.Starter;

/// <summary>What in a repository tells of a service that is deployed.</summary>
/// <param name="HealthPath">The path that a health check asks for, and the file that says so.</param>
/// <param name="OpenApiFile">A committed description of its API.</param>
/// <param name="ComposeFile">What starts it on a developer's machine, and the port it is reached at.</param>
internal sealed partial record ServiceSigns((string Path, string File)? HealthPath, string? OpenApiFile,
    (string File, string? Port)? ComposeFile, string? Dockerfile)
{
    private static readonly string[] OpenApiNames =
        ["openapi.json", "openapi.yaml", "openapi.yml", "swagger.json", "swagger.yaml", "swagger.yml"];

    private static readonly string[] ComposeNames = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];

    public bool IsAny => HealthPath is not null || OpenApiFile is not null || ComposeFile is not null || Dockerfile is not null;

    public static ServiceSigns In(RepositoryTree tree)
    {
        var api = tree.Files.Where(file => OpenApiNames.Contains(RepositoryTree.NameOf(file).ToLowerInvariant()))
            .MinBy(file => (file.Count(c => c == '/'), file));
        // The nearest to the root: further down lie those of examples and tests.
        var compose = tree.Files.FirstOrDefault(file => ComposeNames.Contains(RepositoryTree.NameOf(file)));
        var dockerfiles = tree.Files.Where(file => RepositoryTree.NameOf(file).StartsWith("Dockerfile", StringComparison.Ordinal)).ToList();
        return new(
            dockerfiles.Concat(compose is null ? [] : [compose]).Select(file => Path(DockerCheck().Match(tree.Read(file)), file))
                .Append(api is null ? null : Path(ApiPath().Match(tree.Read(api)), api))
                .FirstOrDefault(path => path is not null),
            api,
            compose is null
            ? null
            : (compose, Port().Match(tree.Read(compose)) is { Success: true } port ? port.Groups["port"].Value : null),
            dockerfiles.FirstOrDefault());
    }

    public IEnumerable<string> Findings()
    {
        if (HealthPath is var (path, file))
            yield return $"the health check {path} in {file}";
        if (OpenApiFile is not null)
            yield return $"the API description {OpenApiFile}";
        if (ComposeFile is var (compose, _))
            yield return compose;
    }

    private static (string, string)? Path(Match match, string file) => match.Success ? (match.Groups["path"].Value, file) : null;

    [GeneratedRegex(
        @"^\s*(HEALTHCHECK\b|healthcheck:)(.|\n)*?https?://[^/\s""']+(?<path>/[A-Za-z0-9_./-]*)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex DockerCheck();

    [GeneratedRegex(@"^\s*[""']?(?<path>(/[a-z0-9]+)*/(health|healthz|healthcheck|readyz|livez|ping|status))[""']?\s*:",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex ApiPath();

    [GeneratedRegex(@"^\s*-\s*[""']?([\d.]+:)?(?<port>\d{2,5}):\d{2,5}[""']?\s*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Port();
}
