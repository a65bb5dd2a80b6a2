using GateAction.Core.Model;

namespace GateAction.Core.Documents;

/// <summary>Puts the shares that several jobs collected together again.</summary>
public static class EvidenceMerge
{
    /// <param name="files">Each with the name of its file, for messages.</param>
    /// <exception cref="GateException">They are not of one gate and commit, or tell different things of one probe.</exception>
    public static Evidence Merge(IReadOnlyList<(string Source, Evidence Evidence)> files)
    {
        if (files.Count == 0)
            throw new GateException("there is no evidence to decide by: name at least one evidence file");
        var (firstSource, first) = files[0];
        var measurements = new OrderedDictionary<string, Measurement>(StringComparer.Ordinal);
        var sources = new Dictionary<string, string>(StringComparer.Ordinal);
        var variables = new OrderedDictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (source, evidence) in files)
        {
            ExpectSame("gate", (firstSource, first.Gate), (source, evidence.Gate));
            ExpectSame("repository", (firstSource, first.Run?.Repository), (source, evidence.Run?.Repository));
            ExpectSame("commit", (firstSource, first.Commit), (source, evidence.Commit));
            Add(source, evidence.Measurements, measurements, sources);
            foreach (var (name, text) in VariablesOf(evidence))
            {
                // A variable that one job lacks differs too: its measurements would be judged by another job's value.
                if (!variables.TryAdd(name, text) && variables[name] != text)
                    throw new GateException(
                        $"the variable '{name}' was {Shown(variables[name])} where one file was measured and {Shown(text)} in '{source}': "
                        + "only evidence of one environment can be decided together; set it to one value in each job that measures");
            }
        }
        var startedAt = files.Min(file => file.Evidence.StartedAt);
        var endedAt = files.Max(file => file.Evidence.StartedAt + file.Evidence.Duration);
        return first with
        {
            StartedAt = startedAt,
            Duration = endedAt - startedAt,
            Changed = Changed(files),
            Measurements = measurements,
            Variables = variables.Where(entry => entry.Value is not null).ToDictionary(entry => entry.Key, entry => entry.Value!),
            UnsetVariables = [.. variables.Where(entry => entry.Value is null).Select(entry => entry.Key)],
            Unmeasured = Unmeasured(files, measurements),
            Run = Newest(files)
        };
    }

    /// <summary>What one job left out another may have measured.</summary>
    private static List<string>? Unmeasured(
        IReadOnlyList<(string Source, Evidence Evidence)> files, OrderedDictionary<string, Measurement> measured) =>
        files.SelectMany(file => file.Evidence.Unmeasured ?? []).Distinct().Where(name => !measured.ContainsKey(name))
        .ToList() is { Count: > 0 } left
            ? left
            : null;

    private static void Add(
        string source, IReadOnlyDictionary<string, Measurement> share, OrderedDictionary<string, Measurement> all,
        Dictionary<string, string> sources)
    {
        foreach (var (name, measurement) in share)
        {
            if (all.TryAdd(name, measurement))
                sources.Add(name, source);
            // One file given twice is no contradiction. Two jobs that measured the same never agree to the byte, in their times at least.
            else if (!EvidenceJson.Bytes(all[name]).AsSpan().SequenceEqual(EvidenceJson.Bytes(measurement)))
                throw new GateException(
                    $"'{sources[name]}' and '{source}' both hold a measurement of '{name}' and differ: measure each probe and result set "
                    + "in one job only ('--only')");
        }
    }

    private static IEnumerable<(string Name, string? Text)> VariablesOf(Evidence evidence) =>
        evidence.Variables.Select(entry => (entry.Key, (string?)entry.Value))
            .Concat(evidence.UnsetVariables.Select(name => (name, (string?)null)));

    private static string Shown(string? text) => text is null ? "not set (or a secret)" : $"'{text}'";

    private static void ExpectSame(string what, (string Source, string? Value) first, (string Source, string? Value) other)
    {
        // A share that was measured outside a workflow knows no commit and no repository.
        if (first.Value is not null && other.Value is not null && first.Value != other.Value)
            throw new GateException(
                $"'{first.Source}' is evidence of {what} '{first.Value}' and '{other.Source}' of '{other.Value}': only evidence of one "
                + $"{what} can be decided together");
    }

    /// <summary>Null, not known, where one of the files does not know.</summary>
    private static IReadOnlyList<string>? Changed(IReadOnlyList<(string Source, Evidence Evidence)> files) =>
        files.All(file => file.Evidence.Changed is not null) ? [.. files.SelectMany(file => file.Evidence.Changed!).Distinct()] : null;

    /// <summary>Jobs that are run again leave their evidence in a later attempt than the others.</summary>
    private static RunIdentity? Newest(IReadOnlyList<(string Source, Evidence Evidence)> files) =>
        files.Select(file => file.Evidence.Run).OfType<RunIdentity>().MaxBy(run => (run.Id, run.Attempt));
}
