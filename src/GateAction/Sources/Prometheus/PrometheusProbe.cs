using GateAction.Syntax;

namespace GateAction.Sources.Prometheus;

/// <summary>Asks Prometheus, or what speaks its query API, for the value of an expression: now, several times, or over a range of
/// time.</summary>
internal sealed record PrometheusProbe(
    Template Query,
    Template Url,
    RequestHeaders Headers,
    ServiceLogin Login,
    ServerTrust Trust,
    TimeSpan? Range,
    TimeSpan Step,
    int Samples,
    TimeSpan Every,
    int AllowMissing,
    ProbeOptions Options) : Probe(Options)
{
    // Prometheus itself gives no more points of a series.
    private const int MaxPoints = 11_000;

    public static readonly SourceKind Prometheus = SourceKind.OfProbe(
        "prometheus", "Asks Prometheus, or what speaks its query API, for the value of an expression.", Read, PrometheusFacts.Facts);

    public override SourceKind Kind => Prometheus;

    public override (int Count, TimeSpan Every) Sampling => (Samples, Every);

    /// <summary>How many samples each series should have.</summary>
    public int ExpectedSamples => Range is { } range ? (int)(range / Step) + 1 : Samples;

    public static PrometheusProbe Read(Fields fields)
    {
        var probe = new PrometheusProbe(
            fields.Required("prometheus", Syntaxes.Template, "the expression in PromQL"),
            fields.Required("url", Syntaxes.Url("http", "https"), "the address of Prometheus, without /api/v1"),
            // Those of `defaults` are for the target, which Prometheus is not.
            RequestHeaders.Read(fields) with { General = [] },
            ServiceLogin.ReadForApi(fields, "monitoring.read",
            "'google' sends a token of Google, for its managed Prometheus, 'oauth' one of an OAuth 2.0 server"),
            ServerTrust.Read(fields),
            fields.Optional("range", Syntaxes.Duration, "asks for the values over this time up to now, instead of the value now"),
            fields.Optional("step", Syntaxes.Duration, TimeSpan.FromSeconds(30), "time between two values of a range"),
            fields.Optional("samples", Syntaxes.Int(1, 10_000), 1, "how often the expression is asked for"),
            fields.Optional("every", Syntaxes.Duration, TimeSpan.FromSeconds(15),
            "time from the start of one sample to the start of the next"),
            fields.Optional("allow-missing", Syntaxes.Int(0, MaxPoints), 0,
            "how many samples of a range, or of several, may be missing for 'min', 'mean' and 'max' to count, and of several for a "
            + "condition over "
            + "'value' to hold"),
            ProbeOptions.Read(fields, Prometheus));
        fields.Check(probe.Range is null || probe.Samples == 1, "samples",
            "'range' is given too; a range has the samples that 'step' gives");
        fields.Check(probe.Step >= TimeSpan.FromSeconds(1), "step", "expected at least 1s");
        // Its only value would be the one from the beginning of the range.
        fields.Check(probe.Range is null || probe.Step <= probe.Range, "step", "it is longer than 'range'; write a shorter one");
        fields.Check(probe.Range is null || probe.Range / probe.Step < MaxPoints, "range",
            $"the range has more than {MaxPoints} steps; write a longer 'step'");
        return probe;
    }

    public override string SubjectIn(ProbeContext context) => Query.Written;

    public override string AskedIn(ProbeContext context) => context.ExpandUrl(Url).AbsoluteUri;

    public override async Task<ProbeResult> MeasureOnceAsync(ProbeContext context, CancellationToken cancellation)
    {
        var answer = await AskAsync(context, cancellation);
        return ToResult(answer, context);
    }

    public override Task<ProbeResult> MeasureFullyAsync(ProbeContext context, CancellationToken cancellation) =>
        IsSoak ? new PrometheusSoak(this, context).RunAsync(cancellation) : base.MeasureFullyAsync(context, cancellation);

    public Task<PrometheusAnswer> AskAsync(ProbeContext context, CancellationToken cancellation) =>
        new PrometheusQuery(this, context).AskAsync(cancellation);

    public ProbeResult ToResult(PrometheusAnswer answer, ProbeContext context)
    {
        var (outcome, reason) = PrometheusFacts.Judge(answer.Series, this);
        var now = context.Time.GetUtcNow();
        var read = new PrometheusRead([.. answer.Series.Select(series => new SeriesRead(series, this, now))],
            [.. answer.Warnings, .. answer.Hints]);
        return new ProbeResult(PrometheusFacts.Facts.Of(read), reason)
        {
            Outcome = outcome,
            Caveat = answer.Warnings.Count == 0 ? null : $"Prometheus warns: {string.Join("; ", answer.Warnings)}",
            IsPartial = answer.Warnings.Count > 0,
            Details = [.. answer.Warnings.Select(warning => $"Prometheus warns: {warning}"),
                .. answer.Hints.Select(hint => $"Prometheus notes: {hint}")],
        };
    }
}
