using GateAction.Cel;
using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Http;

namespace GateAction.Sources;

/// <summary>Measures one probe: waits where the manifest says so, looks, and turns what happened into a measurement.</summary>
internal sealed class ProbeRun(Probe probe, ProbeContext context)
{
    private const string OtherLocalhost =
        "; the gate runs in a container of its own, whose localhost is not the runner's: name a service container by its name, or run the "
        + "program "
        + "'gate' in a step of the job (docs/github.md)";

    private readonly DateTimeOffset _startedAt = context.Time.GetUtcNow();
    private readonly long _timestamp = context.Time.GetTimestamp();

    public async Task<Measurement> RunAsync(CancellationToken cancellation)
    {
        var subject = probe.Kind.Name;
        try
        {
            subject = probe.SubjectIn(context);
            if (context.Obstacle is { } obstacle)
                throw new NoEvidenceException(obstacle);
            var (ready, waited) = probe.Options.Wait is { } wait ? await WaitAsync(wait, cancellation) : (null, TimeSpan.Zero);
            // What was seen when the condition held is the measurement: a second look could see something else. A soak is more than one
            // look.
            var result = ready is null || (ready.Outcome == Outcome.Measured && probe.IsSoak)
                ? await probe.MeasureFullyAsync(context, cancellation)
                : ready;
            return ToMeasurement(subject, result with { Waited = waited });
        }
        catch (NetworkException fault)
        {
            var advice = fault.IsOwnMachine && context.Shell.IsContainerAction ? OtherLocalhost : "";
            var reason = $"could not be reached: {fault.Message}{advice}";
            return ToMeasurement(subject, new ProbeResult(probe.FactsOf(fault, context), reason) { Outcome = probe.OutcomeOfNoAnswer });
        }
        catch (NoEvidenceException exception)
        {
            return ToMeasurement(subject, new ProbeResult(ProbeResult.NoFacts, exception.Message) { Outcome = Outcome.Unknown });
        }
    }

    private Measurement ToMeasurement(string subject, ProbeResult result) => new(
        probe.Kind.Name,
        result.Outcome,
        result.Reason,
        WithCommon(result),
        _startedAt,
        context.Time.GetElapsedTime(_timestamp),
        result.Caveat,
        subject,
        result.Samples,
        result.Details)
    {
        Declared = probe.Kind.Evidence,
        Content = result.Content,
        AwaitsBaseline = result.AwaitsBaseline,
        KeptFor = result.KeptFor,
        IsPartial = result.IsPartial ? true : null,
        Spread = result.Spread,
    };

    private static Value WithCommon(ProbeResult result) =>
        Value.Map(new ValueMap([.. result.Facts.AsMap.Entries, .. ProbeResult.OfEveryKind.Of(result).AsMap.Entries]));

    /// <summary>Looks until the condition holds; if it does not in time, what was seen last is no evidence of a target that is
    /// ready.</summary>
    private async Task<(ProbeResult Result, TimeSpan Waited)> WaitAsync(Wait wait, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(wait.Within, context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        var started = context.Time.GetTimestamp();
        var last = new ProbeResult(ProbeResult.NoFacts, "there was no answer");
        var seen = "there was no answer";
        try
        {
            for (var (looks, held) = (1, 0); ; looks++)
            {
                (last, var holds, seen) = await TryAsync(wait, last, either.Token);
                // In a row: a server that is ready between two failures is still starting.
                held = holds ? held + 1 : 0;
                if (held >= wait.Consecutive)
                    return (last with { Attempts = looks }, context.Time.GetElapsedTime(started));
                context.Report(holds ? $"waiting: held {held} of {wait.Consecutive} times" : $"waiting: {seen}");
                await Task.Delay(wait.Every, context.Time, either.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // What was seen last stays, so that a reader sees how far it came; the outcome says that it is not to be judged by.
            var reason = $"did not reach a ready state within {UnitText.Duration(wait.Within)}: {seen}";
            return (last with { Outcome = probe.OutcomeOfNoAnswer, Reason = reason }, context.Time.GetElapsedTime(started));
        }
    }

    private async Task<(ProbeResult Result, bool Holds, string Seen)> TryAsync(Wait wait, ProbeResult last,
        CancellationToken cancellation)
    {
        try
        {
            // Not tried again over faults: the next look is the next attempt.
            var result = await probe.MeasureOnceAsync(context, cancellation);
            // Evaluated twice: the words hold values, and those of the real facts may be secret.
            var shown = Evaluate(wait, Shown(result.Facts), result.Reason);
            return (result, Evaluate(wait, result.Facts, result.Reason).Value.IsTrue, Describe(wait, shown));
        }
        catch (NetworkException fault)
        {
            return (last, false, fault.Message);
        }
        catch (NoEvidenceException exception)
        {
            return (last, false, exception.Message);
        }
    }

    private static Evaluation Evaluate(Wait wait, Value facts, string? reason) => wait.Until.Evaluate(new Scope(
        facts.AsMap.Entries.ToDictionary(fact => fact.Key.AsString, fact => fact.Value),
        reason is null ? new Dictionary<string, string>() : wait.Until.Roots.ToDictionary(root => root, _ => reason)));

    /// <summary>The facts as others may see them: what is waited for is judged by the real ones, and told by these.</summary>
    private Value Shown(Value facts)
    {
        FactMask.Learn(facts, probe.Options.Mask, context.Secrets);
        return context.Secrets.MaskFacts(FactMask.Apply(facts, probe.Options.Mask).Facts);
    }

    private static string Describe(Wait wait, Evaluation evaluation) =>
        evaluation.Value.IsError ? $"{wait.Until.Text}: {evaluation.Value.Text}"
        : evaluation.Explanation.Count > 0 ? string.Join("; ", evaluation.Explanation)
        : wait.Until.Text;
}
