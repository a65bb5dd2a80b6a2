using GateAction.Cel;
using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Http;
using GateAction.Syntax;

namespace GateAction.Sources.Http;

/// <summary>Asks a server and measures the answer, once or over a time. An answer of any status is one; nobody answering is a
/// finding.</summary>
internal sealed record HttpProbe(
    Template Url,
    HttpMethod? Method,
    RequestHeaders Headers,
    ServiceLogin Login,
    RequestBody Body,
    int Samples,
    TimeSpan Every,
    int MaxRedirects,
    bool KeepsCookies,
    Session? Session,
    SocketPath? Socket,
    bool ExpectsRefusal,
    Version? Version,
    ServerTrust Trust,
    ProbeOptions Options) : Probe(Options)
{
    public static readonly SourceKind Http =
        SourceKind.OfProbe("http", "Asks a server over HTTP/1.1 or HTTP/2 and measures its answer.", Read, HttpMeasured.Facts);

    public override SourceKind Kind => Http;

    // Silence does not show that nobody may connect: the network may be down.
    public override Outcome OutcomeOfNoAnswer => ExpectsRefusal ? Outcome.Unknown : Outcome.Unreachable;

    public override (int Count, TimeSpan Every) Sampling => (Samples, Every);

    public override string? SessionName => Session?.Name;

    public static HttpProbe Read(Fields fields)
    {
        var probe = ReadFields(fields);
        fields.Check(!probe.ExpectsRefusal || !probe.IsSoak, "samples", "a refusal is looked for once; leave out 'samples'");
        return probe;
    }

    private static HttpProbe ReadFields(Fields fields) => new(
        fields.Required("http", Syntaxes.Url("http", "https"), "the URL, or a path below the manifest's `target`"),
        fields.Optional("method", MethodSyntax, "GET, or POST where there is a body"),
        RequestHeaders.Read(fields),
        ServiceLogin.Read(fields),
        RequestBody.Read(fields),
        fields.Optional("samples", Syntaxes.Int(1, 10_000), 1, "how many requests make one measurement; of several, none is tried again"),
        fields.Optional("every", Syntaxes.Duration, TimeSpan.Zero, "time from the start of one sample to the start of the next"),
        fields.Optional("redirects", Syntaxes.Int(0, 5), 5, "how many redirects are followed at most; 0 takes a redirect as the answer"),
        fields.Optional("cookies", Syntaxes.Bool, false,
        "sends cookies that a redirect sets along the redirects of a request, to whom they are for"),
        Session.Read(fields),
        SocketPath.Read(fields),
        fields.Optional("expect", Syntaxes.EnumOf(("an answer", false), (ExpectedRefusal.Word, true)), false,
        "'refused' where nobody may connect: the fact `refused` says whether it is so"),
        fields.Optional("http-version", VersionSyntax, null, "which version to speak; 'auto' takes what the server offers"),
        ServerTrust.Read(fields),
        ProbeOptions.Read(fields, Http));

    public override string SubjectIn(ProbeContext context) => $"{MethodName} {context.ExpandUrl(Url).AbsoluteUri}";

    public override async Task<ProbeResult> MeasureOnceAsync(ProbeContext context, CancellationToken cancellation)
    {
        try
        {
            var result = await LookOnceAsync(context, cancellation);
            return ExpectsRefusal ? ExpectedRefusal.Missing(result) : result;
        }
        catch (NetworkException fault) when (ExpectsRefusal && fault.IsRefusal)
        {
            return ExpectedRefusal.Of(fault, HttpMeasured.Facts.Of(new(new AnswerRead()) { IsRefused = true }));
        }
    }

    private async Task<ProbeResult> LookOnceAsync(ProbeContext context, CancellationToken cancellation)
    {
        var answer = await SendAsync(context, cancellation);
        var samples = new HttpSamples(1, [answer.Latency], answer.IsOk ? 0 : 1, [(answer.Status, 1)]);
        return HttpMeasured.ToResult(answer, samples, context, isRefused: ExpectsRefusal ? false : null);
    }

    public override Task<ProbeResult> MeasureFullyAsync(ProbeContext context, CancellationToken cancellation) =>
        IsSoak ? new HttpSoak(this, context).RunAsync(cancellation) : base.MeasureFullyAsync(context, cancellation);

    public override Value FactsOf(NetworkException fault, ProbeContext context) =>
        HttpMeasured.Facts.Of(new(new AnswerRead(TlsRead.Of(fault.Session, context)), HttpSamples.Unanswered(Samples)));

    /// <summary>How much of a body is kept where no condition reads it, for people to look at.</summary>
    private const int UnreadBytes = 16 * 1024;

    public async Task<HttpAnswer> SendAsync(ProbeContext context, CancellationToken cancellation)
    {
        var url = context.ExpandUrl(Url);
        var (body, contentType) = Body.For(context);
        List<(string Name, string Value)> headers =
            [.. await Login.HeadersAsync(url, url, Headers, context, Options.Timeout, cancellation)];
        // The manifest's own header counts: some APIs want application/vnd.api+json, or take JSON as text.
        if (contentType is not null && !headers.Any(header => header.Name.Equals("content-type", StringComparison.OrdinalIgnoreCase)))
            headers.Add(("Content-Type", contentType));
        // The condition of `wait` may read what no condition of the gate does, and it must be kept for it.
        var use = Options.Wait is { } wait ? new FactUse().Add(context.Readers.Use).Add(wait.Until) : context.Readers.Use;
        var keepBytes = use.Under(FactNames.Body) is null ? UnreadBytes : HttpBody.MaxBytes;
        return await context.Http.SendAsync(
            // A redirect is an answer: that nobody listens where it leads does not close the server that gave it.
            new HttpCall(new HttpMethod(MethodName), url, headers, body, Version, Trust.In(context), ExpectsRefusal ? 0 : MaxRedirects,
            Options.Timeout, keepBytes)
            {
                JsonUse = use.Under(FactNames.Json),
                Cookies = Session?.JarIn(context) ?? (KeepsCookies ? new CookieJar(context.Time, context.Secrets.Add) : null),
                Socket = Socket?.In(context),
            },
            cancellation);
    }

    private string MethodName => Method?.Method ?? (Body.IsNone ? "GET" : "POST");

    private static Syntax<HttpMethod> MethodSyntax { get; } = Syntaxes.EnumOf<HttpMethod>(
        [.. new[] { HttpMethod.Get, HttpMethod.Head, HttpMethod.Post, HttpMethod.Put, HttpMethod.Patch, HttpMethod.Delete,
        HttpMethod.Options }.Select(method => (method.Method, method))]);

    private static Syntax<Version?> VersionSyntax { get; } =
        Syntaxes.EnumOf<Version?>(("auto", null), ("1.1", System.Net.HttpVersion.Version11), ("2", System.Net.HttpVersion.Version20));
}
