using System.Text.RegularExpressions;

namespace GateAction.GitHub.Doctor;

/// <summary>A step that sets a gate's status, once for each manifest and name that the legs of its job's matrix give it.</summary>
/// <param name="Manifest">Null for the usual places.</param>
/// <param name="NamePattern">The input <c>status-name</c>; null for the gate's own names.</param>
internal sealed partial record GateUse(Workflow Workflow, WorkflowJob Job, WorkflowStep Step, string? Manifest, string? NamePattern)
{
    /// <summary>True if only a run knows the manifest or the name.</summary>
    public bool IsHidden => $"{Manifest}{NamePattern}".Contains("${{", StringComparison.Ordinal);

    /// <summary>True if every leg of a matrix says the same.</summary>
    public bool IsOneForAllLegs => Job.IsMatrix
        && !$"{Step.Manifest}{Step.NamePattern}{Step.If}{Job.If}".Contains("matrix.", StringComparison.Ordinal);

    public static IEnumerable<GateUse> Of(Workflow workflow, WorkflowJob job, WorkflowStep step)
    {
        var keys = Place().Matches($"{step.Manifest} {step.NamePattern}").Select(place => place.Groups["key"].Value)
            .Where(job.Matrix.ContainsKey).Distinct();
        IEnumerable<Func<string?, string?>> legs = [text => text];
        foreach (var key in keys)
            legs = [.. legs.SelectMany(leg => job.Matrix[key].Select(value => Filler(leg, key, value)))];
        return legs.Select(fill => new GateUse(workflow, job, step, fill(step.Manifest), fill(step.NamePattern))).Distinct();
    }

    private static Func<string?, string?> Filler(Func<string?, string?> before, string key, string value) =>
        text => before(text) is { } left ? Place().Replace(left, place => place.Groups["key"].Value == key ? value : place.Value) : null;

    [GeneratedRegex(@"\$\{\{\s*matrix\.(?<key>[A-Za-z_][\w-]*)\s*\}\}")]
    private static partial Regex Place();
}
