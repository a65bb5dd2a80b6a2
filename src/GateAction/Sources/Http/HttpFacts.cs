using GateAction.Cel.Values;
using GateAction.Http;

namespace GateAction.Sources.Http;

/// <summary>The facts of an answer.</summary>
internal static class HttpFacts
{
    private static readonly string[] Times = ["starts_at", "expires_at", "expires_in", "chain_expires_at", "chain_expires_in"];

    private static readonly FactType TlsType = FactType.Object(
        "the TLS session; absent over plain HTTP",
        ("version", FactType.String("1.2 or 1.3")),
        ("cipher", FactType.String("the cipher suite")),
        ("subject", FactType.String("whom the certificate names")),
        ("issuer", FactType.String("who issued the certificate")),
        ("names", FactType.List("the host names it is for", FactType.String("one name"))),
        ("starts_at", FactType.Timestamp("when the certificate begins to be valid")),
        ("expires_at", FactType.Timestamp("when the certificate expires")),
        ("expires_in", FactType.Duration("time until then, of several samples the least; negative once it is over")),
        ("chain_expires_at", FactType.Timestamp("when the first certificate of the whole chain expires: the server's own or one above it")),
        ("chain_expires_in", FactType.Duration("time until then; negative once it is over")),
        ("asks_for_certificate", FactType.Bool("true where the server asks for a client certificate; the gate shows none")),
        ("problem", FactType.String("what is wrong with the certificate, where `insecure` goes on all the same")));

    private static readonly FactType Observation = FactType.Object(
        "one sample: besides these its facts that conditions read, but not its body",
        ("time", FactType.Timestamp("when it was begun")),
        ("latency", FactType.Duration("how long it took; of one without an answer the timeout")),
        ("ok", FactType.Bool("true where the status is 200 to 299")),
        ("status", FactType.Int("status of the answer; absent where there is none")),
        ("problem", FactType.String("why there is no answer; absent where there is one")),
        ("version", FactType.String("as the fact of this name")),
        ("url", FactType.String("as the fact of this name")),
        ("headers", FactType.Map("as the fact of this name", FactType.String("the value"))),
        ("json", FactType.Dynamic("as the fact of this name")));

    public static FactType Type { get; } = ProbeOptions.FactsWith(
        ("status", FactType.Int("status of the answer; a condition over several samples must hold for that of each")),
        ("ok", FactType.Bool("true where the status is 200 to 299")),
        ("version", FactType.String("version of HTTP: 1.1 or 2")),
        ("headers", FactType.Map("headers of the answer, names in lower case; cookies without their values",
        FactType.String("the value, of several joined by ', '"))),
        ("body", FactType.String("the body as text; absent where it is no text or larger than 1 MiB")),
        ("json", FactType.Dynamic("the body as JSON, whatever its media type; absent where it is none")),
        ("size", FactType.Size("bytes of the body after decompression; absent where it is larger than 1 MiB")),
        ("truncated", FactType.Bool("true where the body is larger than 1 MiB and was cut")),
        ("latency", Latencies.Type),
        ("latencies", FactType.List("the time of each sample, in order", FactType.Duration("of one sample"))),
        ("statuses", FactType.Map(
        "how many samples have each status, by its number: statuses[\"200\"]; those without an answer are in none",
        FactType.Int("how many"))),
        ("observations", FactType.List("the samples of a soak in order; absent for a single look", Observation)),
        ("connect", FactType.Duration("the part of the latency that went into opening connections: name, TCP and TLS")),
        ("samples", FactType.Int("how many requests were made")),
        ("failures", FactType.Int("samples without an answer or with one that is not ok")),
        ("availability", FactType.Ratio("share of the samples that are ok")),
        Refusal.Fact,
        ("url", FactType.String("where the answer came from, after redirects")),
        ("redirects", FactType.Int("how many redirects were followed")),
        ("proxy", FactType.String("the proxy of the environment that the request went through; absent where it went straight")),
        ("tls", TlsType));

    public static Look Of(HttpAnswer answer, HttpSamples samples, ProbeContext context)
    {
        var (own, reason) = OfAnswer(answer, context);
        List<(string, Value)> facts =
        [
            .. own,
            ("latency", Latencies.Of(samples.Latencies)),
            ("latencies", Value.List(samples.Latencies.Select(Value.Duration).ToArray())),
            ("statuses", Value.Map(samples.Statuses.Select(status => ($"{status.Status}", Value.Int(status.Count))))),
            ("connect", Value.Duration(answer.Connect)),
            ("samples", Value.Int(samples.Latencies.Length)),
            ("failures", Value.Int(samples.Failures)),
            ("availability", Value.Double(samples.Availability)),
        ];
        return new Look(facts, reason)
        {
            IsPartial = answer.Body.Json is not null && context.Use.Under("json") is not { IsWhole: true },
            Samples = samples.Latencies.Select(latency => (TimeSpan?)latency).ToArray(),
            Details =
            [
                .. answer.Redirects.Select(url => $"redirected from {url.AbsoluteUri}"),
                .. answer.DroppedCookies.Select(name =>
                    $"a redirect set the cookie '{name}', which was not sent along (`cookies: true` does)"),
            ],
            Caveat = answer.Body.IsCut ? "the answer is larger than 1 MiB and was cut; its latency is the time until then" : null,
        };
    }

    /// <summary>The facts of one answer, whatever it is a sample of, and why some are missing.</summary>
    public static (IReadOnlyList<(string Name, Value Value)> Facts, string? Reason) OfAnswer(HttpAnswer answer, ProbeContext context)
    {
        var (text, reason) = answer.Body.Decode();
        var json = text is not null ? JsonFact.Read("the body", text, ref reason)
            : answer.Body is { Json: { } sieve, IsCut: false, Problem: null } ? JsonFact.Read("the body", sieve, out reason)
            : null;
        List<(string, Value)> facts =
        [
            ("status", Value.Int(answer.Status)),
            ("ok", Value.Bool(answer.IsOk)),
            ("version", Value.String(answer.Version.Minor == 0 ? answer.Version.Major.ToString() : answer.Version.ToString())),
            ("headers", Value.Map(answer.Headers.Select(header => (header.Key, Value.String(header.Value))))),
            ("truncated", Value.Bool(answer.Body.IsCut)),
            ("url", Value.String(answer.Url.AbsoluteUri)),
            ("redirects", Value.Int(answer.Redirects.Count)),
        ];
        if (answer.Proxy is { } proxy)
            facts.Add(("proxy", Value.String(proxy.GetLeftPart(UriPartial.Authority))));
        if (answer.Body is { IsCut: false, Problem: null })
            facts.Add(("size", Value.Int(answer.Body.Size)));
        if (text is not null)
            facts.Add(("body", Value.String(text)));
        if (json is { } value)
            facts.Add(("json", value));
        if (answer.Tls is { } tls)
            facts.Add(("tls", OfTls(tls, context.Time.GetUtcNow())));
        return (facts, reason);
    }

    /// <summary>A session without what differs by nature.</summary>
    public static Value WithoutTimes(Value tls) =>
        Value.Map(tls.AsMap.Entries.Where(fact => !Times.Contains(fact.Key.AsString)).Select(fact => (fact.Key.AsString, fact.Value)));

    /// <summary>A session with the times of another.</summary>
    public static Value WithTimes(Value tls, TlsSession times, DateTimeOffset now) => Value.Map(
        tls.AsMap.Entries.Concat(OfTls(times, now).AsMap.Entries.Where(fact => Times.Contains(fact.Key.AsString)))
        .Select(fact => (fact.Key.AsString, fact.Value)));

    public static Value OfTls(TlsSession tls, DateTimeOffset now)
    {
        List<(string, Value)> facts =
        [
            ("subject", Value.String(tls.Subject)),
            ("issuer", Value.String(tls.Issuer)),
            ("names", Value.List(tls.Names)),
            ("starts_at", Value.Timestamp(tls.StartsAt)),
            ("expires_at", Value.Timestamp(tls.ExpiresAt)),
            ("expires_in", Value.Duration(tls.ExpiresAt - now)),
            ("chain_expires_at", Value.Timestamp(tls.ChainExpiresAt)),
            ("chain_expires_in", Value.Duration(tls.ChainExpiresAt - now)),
            ("asks_for_certificate", Value.Bool(tls.AsksForCertificate)),
        ];
        if (tls.Version.Length > 0)
            facts.AddRange([("version", Value.String(tls.Version)), ("cipher", Value.String(tls.Cipher))]);
        if (tls.Problem is { } problem)
            facts.Add(("problem", Value.String(problem)));
        return Value.Map(facts);
    }
}
