using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace GateAction.GitHub.Doctor;

/// <summary>A workflow of the repository, as far as the doctor looks at it.</summary>
/// <param name="Events">What starts it, each with the branches that it is limited to.</param>
internal sealed partial record Workflow(string Path, IReadOnlyDictionary<string, IReadOnlyList<string>> Events,
    IReadOnlyList<WorkflowJob> Jobs)
{
    /// <summary>Workflows are deep by hand at most so far; a deeper document is none, and would end the process.</summary>
    private const int MostDepth = 60;

    public string File => Path.Split('/')[^1];

    /// <summary>The steps that set a gate's status.</summary>
    public IEnumerable<(WorkflowJob Job, WorkflowStep Step)> Gates =>
        Jobs.SelectMany(job => job.Steps.Where(step => step.Speaks).Select(step => (job, step)));

    /// <summary>Null for what is no workflow.</summary>
    public static Workflow? Read(string path, string text)
    {
        try
        {
            if (IsTooDeep(text))
                return null;
            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            return yaml.Documents is [{ RootNode: YamlMappingNode root }] && Node(root, "jobs") is YamlMappingNode jobs
                ? new(path, ReadEvents(Node(root, "on")),
                [.. jobs.Children.Select(job => ReadJob(job.Key, job.Value)).OfType<WorkflowJob>()])
                : null;
        }
        catch (YamlException)
        {
            return null;
        }
    }

    internal static YamlNode? Node(YamlNode? node, string key) =>
        node is YamlMappingNode mapping && mapping.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;

    internal static string Text(YamlNode? node) => (node as YamlScalarNode)?.Value ?? "";

    private static bool IsTooDeep(string text)
    {
        var (parser, depth) = (new Parser(new StringReader(text)), 0);
        while (parser.MoveNext())
        {
            depth += parser.Current!.NestingIncrease;
            if (depth > MostDepth)
                return true;
        }
        return false;
    }

    private static Dictionary<string, IReadOnlyList<string>> ReadEvents(YamlNode? on) => on switch
    {
        YamlScalarNode name => new() { [Text(name)] = [] },
        YamlSequenceNode names => names.Select(Text).Distinct().ToDictionary(name => name, _ => (IReadOnlyList<string>)[]),
        YamlMappingNode events => events.Children.ToDictionary(one => Text(one.Key), one => Branches(one.Value)),
        _ => [],
    };

    private static IReadOnlyList<string> Branches(YamlNode settings) => Node(settings, "branches") switch
    {
        YamlScalarNode one => [Text(one)],
        YamlSequenceNode some => [.. some.Select(Text)],
        _ => [],
    };

    private static WorkflowJob? ReadJob(YamlNode name, YamlNode job) => Node(job, "steps") is not YamlSequenceNode steps ? null : new(
        Text(name),
        Node(Node(job, "strategy"), "matrix") is not null,
        [.. steps.Select(step => new WorkflowStep(
            Text(Node(step, "uses")),
            Text(Node(step, "run")),
            Node(step, "with") is YamlMappingNode with
                ? with.Children.DistinctBy(input => Text(input.Key)).ToDictionary(input => Text(input.Key), input => Text(input.Value))
                : []))]);
}

internal sealed record WorkflowJob(string Name, bool IsMatrix, IReadOnlyList<WorkflowStep> Steps);

internal sealed partial record WorkflowStep(string Uses, string Run, IReadOnlyDictionary<string, string> With)
{
    /// <summary>True if the step is the gate and sets its status: <c>collect</c> and <c>decide</c> do not.</summary>
    public bool Speaks => GateUse().IsMatch(Uses)
        ? !SilentCommand().IsMatch(With.GetValueOrDefault("args", ""))
        : SpeakingCommand().IsMatch(Run);

    /// <summary>The manifest that it names; null for the usual places.</summary>
    public string? Manifest => With.GetValueOrDefault("manifest") is { Length: > 0 } input ? input
        : ManifestOption().Match(Run) is { Success: true } match ? match.Groups["path"].Value : null;

    /// <summary>True for a checkout of a pull request's own code.</summary>
    public bool ChecksHeadOut => Uses.StartsWith("actions/checkout@", StringComparison.Ordinal)
        && HeadReference().IsMatch(With.GetValueOrDefault("ref", "") + With.GetValueOrDefault("repository", ""));

    public bool Pushes => PushingCommand().IsMatch(Run) || PushingAction().IsMatch(Uses);

    [GeneratedRegex(@"(^|/)[\w.-]*gate-action(/[\w./-]+)?@")]
    private static partial Regex GateUse();

    [GeneratedRegex(@"^\s*(collect|decide|validate|eval|results|history|init|schema|expand|doctor)\b")]
    private static partial Regex SilentCommand();

    [GeneratedRegex(@"(?m)(^|[\s/;&|])gate\s+(run|publish)\b")]
    private static partial Regex SpeakingCommand();

    [GeneratedRegex(@"--manifest[= ]+(?<path>\S+)")]
    private static partial Regex ManifestOption();

    [GeneratedRegex(@"head\.(sha|ref|repo)|head_ref|refs/pull/|merge_commit_sha|head_sha|head_branch")]
    private static partial Regex HeadReference();

    [GeneratedRegex(@"(?m)\bgit\s+(-\S+\s+\S+\s+)*push\b|\bsemantic-release\b|\bnpm\s+version\b")]
    private static partial Regex PushingCommand();

    [GeneratedRegex(@"git-auto-commit-action@|semantic-release|github-push-action@|add-and-commit@")]
    private static partial Regex PushingAction();
}
