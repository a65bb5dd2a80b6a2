using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Http;

namespace GateAction.Sources.Http;

/// <summary>A TLS session as facts show it.</summary>
/// <param name="Now">What the times of certificates are told against; null leaves out the times, which differ by nature.</param>
internal sealed record TlsRead(TlsSession Session, DateTimeOffset? Now)
{
    public static readonly Facts<TlsRead> Times = new Facts<TlsRead>()
        .Timestamp("starts_at", "when the certificate begins to be valid", tls => tls.Now is null ? null : tls.Session.StartsAt)
        .Timestamp("expires_at", "when the certificate expires", tls => tls.Now is null ? null : tls.Session.ExpiresAt)
        .Duration(
            "expires_in",
            "time until then, of several samples the least; negative once it is over",
            tls => tls.Session.ExpiresAt - tls.Now)
        .Timestamp(
            "chain_expires_at",
            "when the first certificate of the whole chain expires: the server's own or one above it",
            tls => tls.Now is null ? null : tls.Session.ChainExpiresAt)
        .Duration("chain_expires_in", "time until then; negative once it is over", tls => tls.Session.ChainExpiresAt - tls.Now);

    public static readonly Facts<TlsRead> Facts = new Facts<TlsRead>("the TLS session; absent over plain HTTP")
        .Text("version", "1.2 or 1.3", tls => tls.Session.Version.Length > 0 ? tls.Session.Version : null)
        .Text("cipher", "the cipher suite", tls => tls.Session.Version.Length > 0 ? tls.Session.Cipher : null)
        .Text("subject", "whom the certificate names", tls => tls.Session.Subject)
        .Text("issuer", "who issued the certificate", tls => tls.Session.Issuer)
        .Texts("names", "the host names it is for", "one name", tls => tls.Session.Names)
        .Include(Times, tls => tls)
        .Bool(
            "asks_for_certificate",
            "true if the server asks for a client certificate",
            tls => tls.Session.AsksForCertificate)
        .Text(
            "client_certificate",
            "whom the client certificate names that the server was shown; absent if it was shown none",
            tls => tls.Session.ClientSubject)
        .Text("problem", "what is wrong with the certificate, where `insecure` goes on all the same", tls => tls.Session.Problem);

    public static TlsRead? Of(TlsSession? session, ProbeContext context) => session is null ? null : new(session, context.Time.GetUtcNow());
}

/// <summary>One answer as facts show it, whatever it is a sample of; or that there is none.</summary>
internal sealed class AnswerRead
{
    private readonly HttpAnswer? _answer;
    private readonly TlsRead? _tls;
    private readonly string? _text;
    private readonly Value? _json;

    /// <summary>Why some facts are missing; null where none is.</summary>
    public string? Reason { get; }

    /// <param name="now">Null leaves out what differs by nature.</param>
    public AnswerRead(HttpAnswer answer, DateTimeOffset? now)
    {
        _answer = answer;
        _tls = answer.Tls is { } session ? new(session, now) : null;
        (_text, var reason) = answer.Body.Decode();
        _json = _text is not null ? JsonFact.Read("the body", _text, ref reason)
            // Larger than what is kept as text: what conditions read of it was kept while it came.
            : answer.Body is { Json: { } sieve, IsCut: false, Problem: null } ? JsonFact.Read("the body", sieve, out reason)
            : null;
        Reason = reason;
    }

    /// <summary>That nobody answered.</summary>
    public AnswerRead(TlsRead? tls = null) => _tls = tls;

    public static readonly Facts<AnswerRead> Facts = new Facts<AnswerRead>()
        .Int("status", "status of the answer; a condition over several samples must hold for that of each", read => read._answer?.Status)
        .AsFigure(FigureNames.Status)
        .Bool(FactNames.Ok, "true if the status is 200 to 299", read => read._answer?.IsOk ?? false)
        .Text("version", "version of HTTP: 1.1 or 2", read => read._answer is { Version: var version } ? NameOf(version) : null)
        .Map(
            FactNames.Headers,
            "headers of the answer, names in lower case; cookies without their values",
            FactType.String("the value, of several joined by ', '"),
            read => read._answer?.Headers.Select(header => (header.Key, Value.String(header.Value))))
        .Text(FactNames.Body, "the body as text; absent if it is no text or larger than 1 MiB", read => read._text)
        .Dynamic(FactNames.Json, "the body as JSON, whatever its media type; absent if it is none", read => read._json)
        .Size(
            "size",
            "bytes of the body after decompression; absent if it is larger than 1 MiB",
            read => read._answer is { Body: { IsCut: false, Problem: null } body } ? body.Size : null)
        .Bool("truncated", "true if the body is larger than 1 MiB and was cut", read => read._answer?.Body.IsCut)
        .Text("url", "where the answer came from, after redirects", read => read._answer?.Url.AbsoluteUri)
        .Int("redirects", "how many redirects were followed", read => read._answer?.Redirects.Count)
        .Text(
            "proxy",
            "the proxy of the environment that the request went through; absent if it went straight",
            read => read._answer?.Proxy?.GetLeftPart(UriPartial.Authority))
        .Object(FactNames.Tls, TlsRead.Facts, read => read._tls);

    /// <summary>Those that only one answer has in full: of a sample of a soak they are not told.</summary>
    public static bool IsOfOneAnswer(string name) => name is FactNames.Body or FactNames.Tls;

    // HTTP/2 has no minor version.
    private static string NameOf(Version version) => version.Minor == 0 ? version.Major.ToString() : version.ToString();
}

/// <summary>One sample of a soak.</summary>
/// <param name="Answer">What conditions read of its answer, by the names of its facts; of one without an answer empty.</param>
/// <param name="Problem">Why there is no answer; null if there is one.</param>
internal sealed record HttpSample(DateTimeOffset Time, TimeSpan Latency, int? Status, bool IsOk, Value Answer, string? Problem)
{
    public static readonly Facts<HttpSample> Facts = Declare();

    private static Facts<HttpSample> Declare()
    {
        var facts = new Facts<HttpSample>("one sample: besides these its facts that conditions read, but not its body")
            .Timestamp("time", "when it was begun", sample => sample.Time)
            .Duration("latency", "how long it took; of one without an answer the timeout", sample => sample.Latency)
            .Bool(FactNames.Ok, "true if the status is 200 to 299", sample => sample.IsOk)
            .Int("status", "status of the answer; absent if there is none", sample => sample.Status)
            .Text("problem", "why there is no answer; absent if there is one", sample => sample.Problem);
        var declared = facts.Type.Fields!;
        // The sample's own come first: no two facts have one name.
        foreach (var (name, type) in AnswerRead.Facts.Type.Fields!.Where(fact => !declared.ContainsKey(fact.Key)
            && !AnswerRead.IsOfOneAnswer(fact.Key)))
            facts.Add(name, type with { Description = "as the fact of this name" }, sample =>
                sample.Answer.AsMap.TryGet(name, out var value) ? value : null);
        return facts;
    }
}

/// <summary>What the facts of an <c>http</c> probe are made of: the answer that is shown, and the samples.</summary>
/// <param name="Connect">The part of the latency that went into opening connections.</param>
internal sealed record HttpMeasured(AnswerRead Answer, HttpSamples? Samples = null, TimeSpan? Connect = null)
{
    public static readonly Facts<HttpMeasured> Facts = new Facts<HttpMeasured>()
        .Include(AnswerRead.Facts, measured => measured.Answer)
        .Object("latency", Latencies.Facts, measured => measured.Times is { } times ? new(times) : null)
        .List(
            FactNames.Latencies,
            "the time of each sample, in order",
            FactType.Duration("of one sample"),
            measured => measured.Times?.Select(Value.Duration))
        .Map(
            "statuses",
            "how many samples have each status, by its number: statuses[\"200\"]; those without an answer are in none",
            FactType.Int("how many"),
            measured => measured.Times is null
            ? null
            : measured.Samples!.Statuses.Select(status => ($"{status.Status}", Value.Int(status.Count))))
        .List(FactNames.Observations, "the samples of a soak in order; absent for a single look", HttpSample.Facts, measured =>
        measured.Observations)
        .Duration("connect", "the part of the latency that went into opening connections: name, TCP and TLS", measured => measured.Connect)
        .Int("samples", "how many requests were made", measured => measured.Samples?.Count)
        .Int("failures", "samples without an answer or with one that is not ok", measured => measured.Samples?.Failures)
        .Ratio("availability", "share of the samples that are ok", measured => measured.Samples?.Availability)
        .AsFigure(FigureNames.Availability)
        .Refused(measured => measured.IsRefused);

    public IReadOnlyList<HttpSample>? Observations { get; init; }

    public bool? IsRefused { get; init; }

    private TimeSpan[]? Times => Samples is { Latencies: { Length: > 0 } times } ? times : null;

    /// <param name="answer">The one that is shown.</param>
    public static ProbeResult ToResult(HttpAnswer answer, HttpSamples samples, ProbeContext context,
        IReadOnlyList<HttpSample>? observations = null,
        bool? isRefused = null)
    {
        var read = new AnswerRead(answer, context.Time.GetUtcNow());
        var measured = new HttpMeasured(read, samples, answer.Connect) { Observations = observations, IsRefused = isRefused };
        return new ProbeResult(Facts.Of(measured), read.Reason)
        {
            KeptFor = answer.Body.Json is not null && context.Readers.Use.Under(FactNames.Json) is not { IsWhole: true }
                ? context.Readers.Conditions
                : null,
            Samples = samples.Latencies.Select(latency => (TimeSpan?)latency).ToArray(),
            Details =
            [
                .. answer.Redirects.Select(url => $"redirected from {url.AbsoluteUri}"),
                .. answer.DroppedCookies.Select(name =>
                    $"a redirect set the cookie '{name}', which was not sent along (`cookies: true` does)"),
                .. answer.WithheldCookies.Select(name => $"the cookie '{name}' was not sent: it is for https alone (Secure)"),
            ],
            Caveat = answer.Body.IsCut ? "the answer is larger than 1 MiB and was cut; its latency is the time until then" : null,
            IsPartial = answer.Body.IsCut,
        };
    }
}

/// <summary>The samples of one measurement in order.</summary>
/// <param name="Count">How many requests were made.</param>
/// <param name="Latencies">One that nobody answered counts with the timeout; empty if none was answered.</param>
/// <param name="Failures">Samples that nobody answered, or whose status is not 200 to 299.</param>
/// <param name="Statuses">How many samples have each status.</param>
internal sealed record HttpSamples(int Count, TimeSpan[] Latencies, int Failures, IReadOnlyList<(int Status, int Count)> Statuses)
{
    public double Availability => (double)(Count - Failures) / Count;

    public static HttpSamples Unanswered(int count) => new(count, [], count, []);
}
