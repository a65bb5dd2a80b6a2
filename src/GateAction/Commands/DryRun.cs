using System.Text;
using System.Text.Json;
using GateAction.Cel.Values;
using GateAction.Core.Documents;
using GateAction.Core.Model;
using GateAction.Surroundings;
using GateAction.Terminal;

namespace GateAction.Commands;

/// <summary><c>--dry-run</c>: what would be measured and written. GitHub is read as a run reads it; nobody else is asked.</summary>
internal static class DryRun
{
    /// <param name="isJudged">False for <c>gate collect</c>.</param>
    public static async Task<ExitCode> ShowAsync(Shell shell, Inputs inputs, bool isJudged, CancellationToken cancellation)
    {
        if (inputs.Evidence is { } evidence)
            throw new GateException($"'evidence' is '{evidence}', so nothing would be measured: leave it out to see what would be");
        var named = GivenFiles.Of(shell, inputs).Baseline;
        using var opened = await JobContext.OpenAsync(shell, inputs, cancellation);
        if (opened.Event?.Ignored is { } ignored)
        {
            shell.Answer.NothingToJudge = ignored;
            await shell.Out.WriteLineAsync($"gate: nothing to judge: {ignored}");
            return ExitCode.Met;
        }
        if (opened.Event?.Asked is not null)
            throw new GateException("a comment set this run off, which measures nothing: '--dry-run' has nothing to show");
        var judge = await EffectiveManifest.ReadAsync(opened, cancellation);
        if (judge.Reading.Manifest is not { } manifest)
            return BadManifest.Of(opened, judge).ExitCode;
        // A run would only find out after minutes that the baseline names nothing.
        _ = named?.Require();
        var job = await opened.ConfirmChangedAsync(manifest.Gate, cancellation);
        var plan = RunPlan.Of(job, judge, manifest, isJudged);
        if (shell.Answer.IsAsked)
            await shell.Answer.GiveAsync(Json(plan));
        else
            await shell.Out.WriteAsync(TerminalConsole.ForLog(shell, Text(plan, job.Session is not null)));
        return ExitCode.Met;
    }

    private static string Text(RunPlan plan, bool isInWorkflow)
    {
        var text = new StringBuilder($"Dry run of gate '{plan.Gate}' by {plan.Manifest}: nothing is measured, written or said.\n\n");
        if (plan.NotConcerned is { } reason)
            text.Append($"Would measure nothing: {reason}.\n");
        else
            text.Append($"Would measure, within {UnitText.Duration(plan.Timeout)}:\n");
        if (plan.Deployment is { } deployment && plan.Sources.Count > 0)
            text.Append($"  first waits up to {UnitText.Duration(deployment.Wait)} for the deployment to '{deployment.Environment}'\n");
        foreach (var source in plan.Sources)
            text.Append(Lines(source));
        if (plan.Unmeasured.Count > 0)
            text.Append($"  left out: {string.Join(", ", plan.Unmeasured)}\n");
        if (plan.Baseline is { } baseline)
            text.Append($"Would compare with the baseline {PlainText(baseline)}.\n");
        if (plan.Criteria.Count > 0)
            text.Append(Judged(plan));
        text.Append($"Would write {string.Join(", ", plan.Files)}.\n");
        return text.Append(plan.Words.Count > 0 ? $"Would set {string.Join(", ", plan.Words)}.\n"
            : isInWorkflow ? "Would say nothing to GitHub.\n" : "Would say nothing to GitHub: this is no workflow.\n").ToString();
    }

    private static string Lines(PlannedSource source)
    {
        var subject = source.Subject is { } known ? known + (source.Server is { } server ? $" at {server}" : "") : source.Why!;
        return $"  {source.Name} ({source.Kind}): {PlainText(subject)}\n      {string.Join("; ", How(source))}\n";
    }

    private static IEnumerable<string> How(PlannedSource source)
    {
        if (source.Samples > 1)
            yield return $"{source.Samples} samples, one every {UnitText.Duration(source.Every)}";
        if (source.Options is { } options)
        {
            yield return $"each attempt {UnitText.Duration(options.Timeout)} at most, {options.Attempts} attempt"
                + (options.Attempts == 1 ? "" : "s");
            if (options.Wait is { } wait)
                yield return $"first polls every {UnitText.Duration(wait.Every)} for up to {UnitText.Duration(wait.Within)} until "
                    + PlainText(wait.Until.Text);
        }
        yield return source.Criteria.Count > 0 ? $"read by {string.Join(", ", source.Criteria)}" : "no criterion reads it";
        if (source.NeededBy.Count > 0)
            yield return $"measured before {string.Join(", ", source.NeededBy)}";
    }

    private static string Judged(RunPlan plan)
    {
        var text = new StringBuilder("Would judge:\n");
        foreach (var criterion in plan.Criteria)
            text.Append($"  {criterion.Id}{(criterion.Required ? "" : " (advisory)")}: ")
                .Append(criterion.Skipped is { } reason ? $"skipped, {reason}" : PlainText(criterion.Condition)).Append('\n');
        return text.ToString();
    }

    private static string PlainText(string data) => TerminalConsole.Plain(data, 1000);

    private static string Json(RunPlan plan) => IndentedJson.Object(json =>
    {
        json.WriteString("schema", "gateaction/plan/1");
        json.WriteString("gate", plan.Gate);
        json.WriteString("manifest", plan.Manifest);
        json.WriteString("timeout", UnitText.Duration(plan.Timeout));
        Optional(json, "not_concerned", plan.NotConcerned);
        Optional(json, "target", plan.Target?.AbsoluteUri);
        Optional(json, "deployment", plan.Deployment?.Environment);
        Optional(json, "baseline", plan.Baseline);
        json.WriteStartArray("sources");
        foreach (var source in plan.Sources)
            Write(json, source);
        json.WriteEndArray();
        List(json, "unmeasured", plan.Unmeasured);
        json.WriteStartArray("criteria");
        foreach (var criterion in plan.Criteria)
            Write(json, criterion);
        json.WriteEndArray();
        List(json, "files", plan.Files);
        List(json, "publishes", plan.Words);
    });

    private static void Write(Utf8JsonWriter json, PlannedSource source)
    {
        json.WriteStartObject();
        json.WriteString("name", source.Name);
        json.WriteString("kind", source.Kind);
        Optional(json, "subject", source.Subject);
        Optional(json, "server", source.Server);
        Optional(json, "why_no_subject", source.Why);
        json.WriteNumber("samples", source.Samples);
        if (source.Samples > 1)
            json.WriteString("every", UnitText.Duration(source.Every));
        if (source.Options is { } options)
        {
            json.WriteString("timeout", UnitText.Duration(options.Timeout));
            json.WriteNumber("attempts", options.Attempts);
            Optional(json, "waits_until", options.Wait?.Until.Text);
        }
        List(json, "criteria", source.Criteria);
        List(json, "needed_by", source.NeededBy);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, PlannedCriterion criterion)
    {
        json.WriteStartObject();
        json.WriteString("id", criterion.Id);
        json.WriteBoolean("required", criterion.Required);
        json.WriteString("condition", criterion.Condition);
        Optional(json, "skipped", criterion.Skipped);
        json.WriteEndObject();
    }

    private static void Optional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }

    private static void List(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
