using GateAction.Syntax;

namespace GateAction.Sources.Google;

/// <summary>Reads a service of Cloud Run and the revision that serves from the Admin API v2.</summary>
/// <param name="ShownVariables">Names of environment variables whose values may be seen.</param>
internal sealed record CloudRunProbe(Template Project, Template Region, Template Service, IReadOnlyList<string> ShownVariables,
    ProbeOptions Options) : Probe(Options)
{
    private const string ToCheck = "'project', 'region' and 'service'";
    private static readonly GoogleSource Api = new("Cloud Run", "run.googleapis.com", "RUN", "cloud-platform", "roles/run.viewer");

    public static readonly SourceKind CloudRun = SourceKind.OfProbe(
        "cloud-run", "Reads a service of Cloud Run: its revision, traffic, conditions, limits and configuration.", Read, RunFacts.Facts);

    public override SourceKind Kind => CloudRun;

    public static CloudRunProbe Read(Fields fields)
    {
        var (project, region, service) = fields.Required("cloud-run", Names, "which service");
        return new(
            project,
            region,
            service,
            fields.Optional("show-env", Syntaxes.OneOrMany(Syntaxes.Text), [],
            "names of environment variables whose values become facts and stand in the evidence; of the others only the names do"),
            ProbeOptions.Read(fields, CloudRun));
    }

    public override string SubjectIn(ProbeContext context) =>
        $"{context.Expand(Service)} in {context.Expand(Project)}, {context.Expand(Region)}";

    public override async Task<ProbeResult> MeasureOnceAsync(ProbeContext context, CancellationToken cancellation)
    {
        var path = $"v2/projects/{Segment(Project, context)}/locations/{Segment(Region, context)}/services/{Segment(Service, context)}";
        using var answer = await Api.AskAsync(context, Options, path, null, ToCheck, cancellation);
        var service = new RunService(answer.RootElement);
        if (service.Serving.Length == 0)
            return new ProbeResult(RunFacts.Facts.Of(new(service, null)),
                $"no revision serves requests{(service.Trouble is { Length: > 0 } trouble ? $": {trouble}" : "")}");
        using var revision =
            await Api.AskAsync(context, Options, $"{path}/revisions/{Uri.EscapeDataString(service.Serving)}", null, ToCheck, cancellation);
        return new ProbeResult(RunFacts.Facts.Of(new(service, new(revision.RootElement, ShownVariables))), service.Trouble)
        {
            Details = service.LatestCreated == service.Serving
                ? []
                : [$"{service.Serving} serves, not the newest revision {service.LatestCreated}"],
        };
    }

    private static string Segment(Template written, ProbeContext context)
    {
        var text = context.Expand(written);
        // A project may be 'example.com:shop'. A slash or '..' would lead to another resource.
        return text.Length > 0 && text.All(character => char.IsAsciiLetterOrDigit(character) || "-_.:".Contains(character)) && text != ".."
            ? text
            : throw new NoEvidenceException(
            $"was not measured: '{text}' is no name of a project, region or service; letters, digits and '-' are accepted");
    }

    private static Syntax<(Template Project, Template Region, Template Service)> Names { get; } =
        Mapping.Of("cloud run service", fields => (
        fields.Required("project", Syntaxes.Template, "the id of the project"),
        fields.Required("region", Syntaxes.Template, "the region, such as us-central1"),
        fields.Required("service", Syntaxes.Template, "the name of the service")));
}
