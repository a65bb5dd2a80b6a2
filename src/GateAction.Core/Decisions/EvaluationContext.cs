using GateAction.Cel;
using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Core.Decisions;

/// <summary>What criteria are judged by: the measurements, the base branch's, and the scope that conditions read them in.</summary>
/// <param name="Baseline">The measurements of the base branch's last run that are whole, by name; null if there was no such run.</param>
/// <param name="TolerateFlaky">Names whose caveats do not degrade.</param>
internal sealed record EvaluationContext(
    Scope Scope,
    IReadOnlyDictionary<string, Measurement> Measurements,
    IReadOnlyDictionary<string, Measurement>? Baseline,
    IReadOnlySet<string> TolerateFlaky)
{
    private const string NoBaseline = "there is no baseline yet: no earlier run of the base branch left its evidence";

    /// <summary>True for the name of a probe or a set, false for what conditions read beside them.</summary>
    public static bool IsSource(string root) => !GateVariables.All.Contains(root);

    public static EvaluationContext Of(Gate gate, Evidence evidence, Evidence? baseline, DateTimeOffset now)
    {
        // What was not whole then says nothing of how it was.
        var whole = baseline is null ? null : Whole(baseline);
        var variables = evidence.Measurements.ToDictionary(entry => entry.Key, entry => FactsOf(entry.Value), StringComparer.Ordinal);
        var reasons = evidence.Measurements
            .Where(entry => entry.Value.Reason is not null)
            .ToDictionary(entry => entry.Key, entry => entry.Value.Reason!, StringComparer.Ordinal);
        foreach (var name in gate.Criteria.SelectMany(Reads).Where(name => !variables.ContainsKey(name)).Distinct())
        {
            // There, and empty: so the error says why a fact of it is missing, and not that there is no such name.
            variables[name] = Value.Map();
            reasons[name] = NoMeasurement(name);
        }
        variables[GateVariables.Baseline] = baseline is null ? Value.Map() : BaselineFacts(baseline);
        variables[GateVariables.GitHub] = evidence.GitHub;
        variables[GateVariables.Environment] = Value.Map(evidence.Variables.Select(entry => (entry.Key, Value.String(entry.Value))));
        reasons[GateVariables.Environment] = "where it was measured the variable was not set, or it holds a secret";
        variables[GateVariables.Now] = Value.Timestamp(now);
        reasons[GateVariables.Baseline] = whole is null ? "there is no baseline yet" : "the baseline run has no such measurement";
        return new(new Scope(variables, reasons), evidence.Measurements, whole, gate.TolerateFlaky);
    }

    /// <summary>The variable <c>baseline</c>: of an earlier run's evidence only what was whole.</summary>
    public static Value BaselineFacts(Evidence baseline) => Value.Map(Whole(baseline).Select(entry => (entry.Key, FactsOf(entry.Value))));

    /// <summary>The probes and result sets that a criterion's conditions name, each once.</summary>
    public static IEnumerable<string> Reads(Criterion criterion) =>
        criterion.Conditions.SelectMany(condition => condition.Roots).Where(root => IsSource(root))
        .Distinct(StringComparer.Ordinal);

    public static bool ReadsBaseline(Criterion criterion) =>
        criterion.Conditions.SelectMany(condition => condition.Roots).Contains(GateVariables.Baseline);

    /// <summary>The facts of probes and result sets that a criterion's conditions read by name, each once.</summary>
    public static IEnumerable<FactName> Facts(Criterion criterion) =>
        criterion.Conditions.SelectMany(condition => condition.Selections)
            .Where(selection => selection.Root == GateVariables.Baseline || IsSource(selection.Root))
            .Select(selection => new FactName(selection.Root, selection.Fact))
            .Distinct();

    /// <summary>The measurements among the names, in their order.</summary>
    public IEnumerable<(string Name, Measurement Measurement)> Of(IEnumerable<string> names) =>
        names.Where(Measurements.ContainsKey).Select(name => (name, Measurements[name]));

    /// <summary>Why a value that rests on these names has no baseline to rest on, or null if it has or needs none.</summary>
    /// <param name="roots">All names of the condition: what the baseline must know too where the value is an error.</param>
    public string? WhyNoBaseline(Evaluation evaluation, IReadOnlyList<string> roots)
    {
        // What was decided without it, as by the left side of '||', needs none.
        if (!evaluation.Support.Contains(GateVariables.Baseline))
            return null;
        if (Baseline is null)
            return NoBaseline;
        if (!evaluation.Value.IsError)
            return null;
        var absent = roots.FirstOrDefault(root => IsSource(root) && !Baseline.ContainsKey(root));
        return absent is null ? null : NotInBaseline(absent);
    }

    /// <summary>Why a fact that compares with the baseline (<c>unit.new_failures</c>) is missing, if that is why the value is an error;
    /// else null.</summary>
    public string? WhyNotCompared(Evaluation evaluation, IReadOnlyList<(string Root, string Fact)> selections)
    {
        if (!evaluation.Value.IsError)
            return null;
        var awaited = selections.FirstOrDefault(selection => evaluation.Support.Contains(selection.Root)
            && Measurements.TryGetValue(selection.Root, out var found) && found.Outcome == Outcome.Measured
            && found.AwaitsBaseline.Contains(selection.Fact));
        return awaited.Root switch
        {
            null => null,
            _ when Baseline is null => NoBaseline,
            var root => Baseline.ContainsKey(root) ? null : NotInBaseline(root),
        };
    }

    /// <summary>Why a condition cannot be judged by answers that were kept in part, for other conditions; or null. What was left out of
    /// them would look absent.</summary>
    public string? WhyNotKept(Condition condition)
    {
        var lacks = condition.Roots.FirstOrDefault(root => Lacks(Measurements, root)
            || (condition.Roots.Contains(GateVariables.Baseline) && Baseline is not null && Lacks(Baseline, root)));
        return lacks is null
            ? null
            : $"of the answer to '{lacks}' only what other conditions read was kept when it was measured: measure again with this manifest";

        bool Lacks(IReadOnlyDictionary<string, Measurement> measurements, string root) =>
            measurements.TryGetValue(root, out var found) && found.KeptFor?.Contains(condition.Text) == false;
    }

    /// <summary>Why a name of the condition cannot have been looked at, or null.</summary>
    public string? WhyMissing(IEnumerable<string> roots)
    {
        var missing = roots.FirstOrDefault(root => IsSource(root) && !Measurements.ContainsKey(root));
        return missing is null ? null : NoMeasurement(missing);
    }

    private static Dictionary<string, Measurement> Whole(Evidence baseline) => baseline.Measurements
        .Where(entry => entry.Value.Outcome == Outcome.Measured)
        .ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);

    private static string NotInBaseline(string name) => $"the baseline has no measurement of '{name}'";

    private static string NoMeasurement(string name) => $"'{name}' was not measured in this run: no evidence file holds it";

    private static Value FactsOf(Measurement measurement) => measurement.Facts.Kind == ValueKind.Map ? measurement.Facts : Value.Map();
}
