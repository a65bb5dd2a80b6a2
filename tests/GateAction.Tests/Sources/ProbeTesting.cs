using GateAction.Cel;
using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Sources;
using GateAction.Surroundings;
using GateAction.Syntax;

namespace GateAction.Tests.Sources;

/// <summary>Reads probes from YAML as a manifest does and measures them as a run does.</summary>
internal static class ProbeTesting
{
    public static Shell Shell { get; } = Shell.FromProcess()
        with
    { Out = TextWriter.Null, Error = TextWriter.Null, Directory = Path.GetTempPath() };

    /// <summary>Measures one probe, called <c>probe</c>, whose fields are written as YAML.</summary>
    public static async Task<Measurement> MeasureAsync(
        string yaml, Uri? target = null, TimeProvider? time = null, CancellationToken cancellation = default) =>
        (await CollectAsync([SourceOf("probe", yaml)], target, time: time, cancellation: cancellation)).Measurements["probe"];

    public static Task<Evidence> CollectAsync(
        IReadOnlyList<(string Name, string Yaml)> probes,
        Uri? target = null,
        Secrets? secrets = null,
        TimeSpan? timeout = null,
        IProgress<ProbeProgress>? progress = null,
        string? defaults = null,
        CancellationToken cancellation = default) =>
        CollectAsync([.. probes.Select(probe => SourceOf(probe.Name, probe.Yaml, defaults))], target, secrets, timeout, progress,
        cancellation: cancellation);

    public static async Task<Evidence> CollectAsync(
        IReadOnlyList<EvidenceSource> sources,
        Uri? target = null,
        Secrets? secrets = null,
        TimeSpan? timeout = null,
        IProgress<ProbeProgress>? progress = null,
        TimeProvider? time = null,
        string? directory = null,
        CancellationToken cancellation = default)
    {
        var shell = Shell with { Time = time ?? Shell.Time, Directory = directory ?? Shell.Directory };
        var collection = new Collection("test", sources, Value.Map([("sha", Value.String("abc"))]), null, target, 256, 64,
            timeout ?? TimeSpan.FromMinutes(1));
        using var collector =
            new Collector(collection, shell, secrets ?? new Secrets(), progress);
        var evidence = await collector.CollectAsync(cancellation);
        foreach (var (name, measurement) in evidence.Measurements)
            DeclaredFacts.Check(name, measurement);
        return evidence;
    }

    public static Value Fact(this Measurement measurement, string path)
    {
        var value = measurement.Facts;
        foreach (var name in path.Split('.'))
        {
            if (value.Kind != ValueKind.Map || !value.AsMap.TryGet(name, out value))
                return Value.Error($"no fact '{path}'");
        }
        return value;
    }

    public static bool HasFact(this Measurement measurement, string path) => !measurement.Fact(path).IsError;

    /// <summary>What is wrong with a probe's fields.</summary>
    public static IReadOnlyList<string> ProblemsIn(string yaml)
    {
        var problems = new Problems();
        var mapping = (MappingNode)YamlTree.Read(new SourceText("gate.yml", yaml), problems)!;
        var kind = SourceKinds.In(SourceSection.Probes).Single(kind => mapping.Find(kind.Name) is not null);
        var fields = Fields.ToRead(kind.Title, mapping, new Reading(problems, Variables.None));
        kind.Read(fields);
        fields.Finish();
        return [.. problems.InOrder().Select(problem => problem.Message)];
    }

    /// <param name="kind">Null if a field of the YAML says it.</param>
    /// <param name="more">Further fields of a YAML in braces.</param>
    public static EvidenceSource SourceOf(string name, string yaml, string? defaults = null, SourceKind? kind = null, string more = "")
    {
        if (more.Length > 0)
            yaml = yaml.TrimEnd()[..^1] + more + " }";
        var problems = new Problems();
        var reading = new Reading(problems, Variables.None);
        var mapping = (MappingNode)YamlTree.Read(new SourceText("gate.yml", yaml), problems)!;
        var general = defaults is null ? null : (MappingNode)YamlTree.Read(new SourceText("gate.yml", defaults), problems)!;
        kind ??= SourceKinds.In(SourceSection.Probes).Single(kind => mapping.Find(kind.Name) is not null);
        var fields = Fields.ToRead(kind.Title, mapping, reading, general);
        var probe = kind.Read(fields);
        fields.Finish();
        Assert.That(problems.InOrder().Select(problem => problem.Message), Is.Empty);
        return new EvidenceSource(name, [.. ReferencesIn(yaml).SelectMany(reference => reference.Roots).Distinct()], probe)
        {
            References = ReferencesIn(yaml),
        };
    }

    private static Condition[] ReferencesIn(string yaml) =>
        [.. yaml.Split("${").Skip(1).Select(part => Condition.Parse(part.Split('}')[0]).Condition).OfType<Condition>()];
}
