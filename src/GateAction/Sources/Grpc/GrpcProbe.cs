using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Http;
using GateAction.Sources.Http;
using GateAction.Syntax;

namespace GateAction.Sources.Grpc;

/// <summary>What is asked of <c>grpc.health.v1.Health</c>.</summary>
internal enum HealthMethod
{
    Check,
    Watch,
    List,
}

/// <summary>Asks a gRPC server for the health of its services. A status of any kind is an answer; nobody answering is a finding.</summary>
/// <param name="Watch">How long to watch until the service serves; null asks once.</param>
internal sealed record GrpcProbe(
    Template Server,
    Template? Service,
    bool Lists,
    TimeSpan? Watch,
    RequestHeaders Metadata,
    ServiceLogin Login,
    SocketPath? Socket,
    int Samples,
    TimeSpan Every,
    ServerTrust Trust,
    ProbeOptions Options) : Probe(Options)
{
    public static readonly SourceKind Grpc = SourceKind.OfProbe(
        "grpc", "Asks a gRPC server for the health of its services, by grpc.health.v1.", Read, GrpcMeasured.Facts);

    public override SourceKind Kind => Grpc;

    public override Outcome OutcomeOfNoAnswer => Outcome.Unreachable;

    public override (int Count, TimeSpan Every) Sampling => (Samples, Every);

    private HealthMethod Method => Lists ? HealthMethod.List : Watch is null ? HealthMethod.Check : HealthMethod.Watch;

    public static GrpcProbe Read(Fields fields)
    {
        var probe = new GrpcProbe(
            fields.Required("grpc", Syntaxes.Url("http", "https"),
                "the server: https://staging.example.com, http://backend:50051 for HTTP/2 without TLS, or a path below the manifest's "
                + "`target`"),
            fields.Optional("service", Syntaxes.Template, "the service: acme.orders.v1.Orders; without it, the server as a whole"),
            fields.Optional("list", Syntaxes.Bool, false, "asks for the status of every service (Health.List)"),
            fields.Optional("watch",
            Syntaxes.Duration.Unless(time => time > TimeSpan.Zero ? null : "found no time at all, expected one such as 30s"),
                "watches the service (Health.Watch) until it is SERVING, at most for this long"),
            RequestHeaders.Read(fields),
            ServiceLogin.Read(fields),
            SocketPath.Read(fields),
            fields.Optional("samples", Syntaxes.Int(1, 10_000), 1, "how many calls make one measurement; of several, none is tried again"),
            fields.Optional("every", Syntaxes.Duration, TimeSpan.Zero, "time from the start of one sample to the start of the next"),
            ServerTrust.Read(fields),
            ProbeOptions.Read(fields, Grpc));
        fields.Check(!probe.Lists || probe.Service is null, "service", "'list' asks for all services; leave out one of the two");
        fields.Check(!probe.Lists || probe.Watch is null, "watch", "'list' is given too; one service is watched, or all are listed");
        fields.Check(probe.Watch is null || !probe.IsSoak, "samples", "a service is watched once; leave out 'samples'");
        return probe;
    }

    public override string SubjectIn(ProbeContext context) => Service is null
        ? context.ExpandUrl(Server).AbsoluteUri
        : $"{context.Expand(Service)} at {context.ExpandUrl(Server).AbsoluteUri}";

    public override async Task<ProbeResult> MeasureOnceAsync(ProbeContext context, CancellationToken cancellation)
    {
        if (Method == HealthMethod.Watch)
            return await WatchAsync(context, cancellation);
        var answer = await CallAsync(context, cancellation);
        return new GrpcMeasured(answer, Method, new([answer.Latency])).ToResult(context);
    }

    public override Task<ProbeResult> MeasureFullyAsync(ProbeContext context, CancellationToken cancellation) =>
        IsSoak ? new GrpcSoak(this, context).RunAsync(cancellation) : base.MeasureFullyAsync(context, cancellation);

    public override Value FactsOf(NetworkException fault, ProbeContext context) =>
        GrpcMeasured.Facts.Of(GrpcMeasured.Unanswered(TlsRead.Of(fault.Session, context), Samples));

    public GrpcMeasured Read(GrpcAnswer answer, GrpcSamples samples) => new(answer, Method, samples);

    public Task<GrpcAnswer> CallAsync(ProbeContext context, CancellationToken cancellation) =>
        CallAsync(context, Options.Timeout, _ => false, cancellation);

    private async Task<ProbeResult> WatchAsync(ProbeContext context, CancellationToken cancellation)
    {
        var started = context.Time.GetTimestamp();
        var seen = new List<string>();
        try
        {
            var answer = await CallAsync(context, Watch!.Value, message =>
            {
                var status = HealthMessages.StatusIn(message);
                if (seen.Count == 0 || seen[^1] != status)
                    seen.Add(status);
                context.Report($"watching: {status}");
                return status == HealthMessages.Serving;
            }, cancellation);
            return new GrpcMeasured(answer, Method, new([context.Time.GetElapsedTime(started)])) { Seen = seen }.ToResult(context);
        }
        // A server that told something was there: what it told says more than the silence after it.
        catch (NetworkException fault) when (seen.Count > 0)
        {
            var facts = GrpcMeasured.Facts.Of(GrpcMeasured.Unanswered(null, 1) with { Seen = seen });
            return new ProbeResult(facts,
                $"did not reach {HealthMessages.Serving} within {UnitText.Duration(Watch!.Value)}: it was {string.Join(", then ", seen)}; "
                + fault.Message)
            { Outcome = Outcome.Unreachable };
        }
    }

    private async Task<GrpcAnswer> CallAsync(ProbeContext context, TimeSpan timeout, Func<byte[], bool> isEnough,
        CancellationToken cancellation)
    {
        var server = context.ExpandUrl(Server);
        var service = Service is null ? "" : context.Expand(Service);
        var socket = Socket?.In(context);
        var metadata = await Login.HeadersAsync(server, server, Metadata, context, Options.Timeout, cancellation);
        var connections = await context.Http.OpenAsync(Trust.In(context), socket);
        // After the login, which asks a server of its own and may have to wait for a place too.
        using var place = await context.Limits.EnterAsync(server.Authority, cancellation);
        var call = new GrpcCall(connections, context.Time, server, socket is null ? $"{server.Host}:{server.Port}" : $"{socket}");
        return await call.RunAsync($"/grpc.health.v1.Health/{Method}", Lists ? [] : HealthMessages.Request(service), metadata, timeout,
            isEnough, cancellation);
    }
}
