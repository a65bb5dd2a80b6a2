using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Http;
using GateAction.Sources.Http;

namespace GateAction.Sources.Grpc;

/// <summary>The samples of one measurement in order.</summary>
/// <param name="Times">One that nobody answered counts with the timeout; empty if none was answered.</param>
internal sealed record GrpcSamples(TimeSpan[] Times, int Count, int Failures)
{
    public GrpcSamples(TimeSpan[] times)
        : this(times, times.Length, 0)
    {
    }
}

/// <summary>What the facts of a <c>grpc</c> probe are made of: the answer that is shown, and the samples. What did not come about is
/// null.</summary>
internal sealed record GrpcMeasured
{
    public static readonly Facts<GrpcMeasured> Facts = new Facts<GrpcMeasured>()
        .Bool("serving", "true if the status is SERVING, of a list where that of every service is; absent if none was told",
            measured => measured.IsServing)
        .Text("status", "SERVING, NOT_SERVING, UNKNOWN or SERVICE_UNKNOWN; absent if none was told, and for a list",
            measured => measured.Status)
        .AsFigure(FigureNames.Status)
        .Map("services", "of a list the status of each service by its name: services[\"acme.v1.Orders\"]; absent if it lists none",
            FactType.String("its status"),
            measured => measured.Services is { Count: > 0 } services
                ? services.Select(service => (service.Key, Value.String(service.Value)))
                : null)
        .Texts("seen", "of a watch the statuses that were told, in order; absent if none was", "a status",
            measured => measured.Seen is { Count: > 0 } seen ? seen : null)
        .Int("code", "the gRPC status of the call: 0 is OK; absent for a watch that came to SERVING", measured => measured.Code)
        .Text("code_name", "its name: OK, NOT_FOUND, UNIMPLEMENTED, UNAUTHENTICATED …",
            measured => measured.Code is { } code ? GrpcStatus.NameOf(code) : null)
        .Text("message", "the server's text for that status; absent if it gave none", measured => measured.Message)
        .Map(FactNames.Headers, "the metadata before the answer, names in lower case",
        FactType.String("the value, of several joined by ', '"),
            measured => measured.Headers?.Select(header => (header.Name, Value.String(header.Value))))
        .Map("trailers", "the metadata after it, likewise, without the status", FactType.String("the value, of several joined by ', '"),
            measured => measured.Trailers?.Select(header => (header.Name, Value.String(header.Value))))
        .Object("latency", Latencies.Facts, measured => measured.Samples is { Times: { Length: > 0 } times } ? new(times) : null)
        .List(FactNames.Latencies, "the time of each sample, in order", FactType.Duration("of one sample"),
            measured => measured.Samples is { Times: { Length: > 0 } times } ? times.Select(Value.Duration) : null)
        .Int("samples", "how many calls were made", measured => measured.Samples?.Count)
        .Int("failures", "samples without an answer, or with one that is not SERVING", measured => measured.Samples?.Failures)
        .Ratio("availability", "share of the samples that are SERVING",
            measured => measured.Samples is { Count: > 0 } samples ? (double)(samples.Count - samples.Failures) / samples.Count : null)
        .AsFigure(FigureNames.Availability)
        .Object(FactNames.Tls, TlsRead.Facts, measured => measured.Tls);

    private readonly TlsSession? _session;

    private GrpcMeasured()
    {
    }

    public GrpcMeasured(GrpcAnswer answer, HealthMethod method, GrpcSamples samples)
    {
        (Code, Message, Headers, Trailers, _session) = (answer.Code, answer.Message, answer.Headers, answer.Trailers, answer.Tls);
        try
        {
            // A watch that was left has no status of gRPC, but has the message for which it was left.
            var isWhole = answer.Code is null or GrpcStatus.Ok && answer.Messages.Count > 0;
            if (isWhole && method == HealthMethod.List)
                Services = HealthMessages.ServicesIn(answer.Messages[^1]);
            else if (isWhole)
                Status = HealthMessages.StatusIn(answer.Messages[^1]);
            Reason = isWhole ? null : answer.Code is null or GrpcStatus.Ok
                ? "the server answered OK, and told no status"
                : $"the server answered {GrpcStatus.NameOf(answer.Code.Value)}"
                    + (answer.Message is null ? "" : $" ('{answer.Message}')") + GrpcStatus.MeaningOf(answer.Code.Value);
        }
        catch (InvalidDataException exception)
        {
            Reason = $"the server answered OK, and {exception.Message}";
        }
        if (Services is { Count: 0 })
            Reason = "the server lists no service";
        Samples = samples.Count > 1 ? samples : samples with { Failures = IsServing == true ? 0 : 1 };
    }

    public bool? IsServing => Services is { Count: > 0 } services ? services.Values.All(status => status == HealthMessages.Serving)
        : Status is null ? null : Status == HealthMessages.Serving;

    public string? Status { get; private init; }

    public IReadOnlyDictionary<string, string>? Services { get; }

    public IReadOnlyList<string>? Seen { get; init; }

    public int? Code { get; }

    public string? Message { get; }

    public IReadOnlyList<(string Name, string Value)>? Headers { get; }

    public IReadOnlyList<(string Name, string Value)>? Trailers { get; }

    public GrpcSamples? Samples { get; init; }

    public TlsRead? Tls { get; init; }

    /// <summary>Why no status is known; null where one is.</summary>
    public string? Reason { get; }

    public static GrpcMeasured Unanswered(TlsRead? tls, int samples) => new() { Tls = tls, Samples = new([], samples, samples) };

    public ProbeResult ToResult(ProbeContext context) =>
        new(Facts.Of(this with { Tls = TlsRead.Of(_session, context) }), Reason)
        {
            Samples = Samples!.Times.Select(time => (TimeSpan?)time).ToArray(),
        };
}

/// <summary>Asks a server several times, one call after the other; none is tried again. Shown is the first answer that is not SERVING, if
/// there is one.</summary>
internal sealed class GrpcSoak(GrpcProbe probe, ProbeContext context)
{
    private readonly List<TimeSpan?> _times = [];
    private readonly List<NetworkException> _faults = [];
    private readonly List<string> _details = [];
    private readonly SoakObservations _observations = new(context.Readers);
    private GrpcAnswer? _shown;
    private bool _isShownServing = true;
    private int _failures;

    public async Task<ProbeResult> RunAsync(CancellationToken cancellation)
    {
        await SoakSamples.TakeAsync(probe.Samples, probe.Every, context, number => SampleAsync(number, cancellation), cancellation);
        if (_shown is null)
            throw SoakSamples.NoneAnswered(_faults[^1], probe.Samples);
        var samples = new GrpcSamples([.. _times.Select(time => time ?? probe.Options.Timeout)], probe.Samples, _failures);
        return probe.Read(_shown, samples).ToResult(context) with
        {
            Samples = _times,
            Details = _details,
            Caveat = _faults.Count == 0 ? null : SoakSamples.Unanswered(_faults.Count, probe.Samples, _faults[0]),
            Spread = _observations.Spread,
        };
    }

    private async Task SampleAsync(int number, CancellationToken cancellation)
    {
        try
        {
            var answer = await probe.CallAsync(context, cancellation);
            var read = probe.Read(answer, new([answer.Latency]));
            _times.Add(answer.Latency);
            // Times differ by nature, and are judged over all samples.
            _observations.Add(GrpcMeasured.Facts.Of(read with { Samples = null }), read.Reason, []);
            if (read.IsServing != true)
            {
                _failures++;
                _details.Add($"sample {number}: {read.Reason ?? read.Status ?? "not every service is SERVING"}");
            }
            // The first answer that is not SERVING stays: it is what people want to see of a soak.
            if (_shown is null || (_isShownServing && read.IsServing != true))
                (_shown, _isShownServing) = (answer, read.IsServing == true);
        }
        catch (NetworkException fault)
        {
            _failures++;
            _faults.Add(fault);
            _times.Add(null);
            _details.Add($"sample {number}: {fault.Message}");
        }
    }
}
