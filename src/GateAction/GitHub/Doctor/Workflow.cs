using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace GateAction.GitHub.Doctor;

/// <summary>A workflow of the repository, as far as the doctor looks at it.</summary>
/// <param name="Events">What starts it, each with the branches that it is limited to.</param>
internal sealed partial record Workflow(string Path, IReadOnlyDictionary<string, IReadOnlyList<string>> Events,
    IReadOnlyList<WorkflowJob> Jobs)
{
    /// <summary>No workflow is nested so deep. YamlDotNet reads by recursion, and a document that is nested much deeper would end the
    /// process.</summary>
    private const int MostDepth = 60;

    /// <summary>GitHub follows no longer chain of workflows that call each other.</summary>
    private const int MostCalls = 10;

    public string File => Path.Split('/')[^1];

    /// <summary>True if an event starts it, not only another workflow.</summary>
    public bool HasEvents => Events.Keys.Any(name => name != "workflow_call");

    /// <summary>The steps that set a gate's status.</summary>
    public IEnumerable<GateUse> Gates => Jobs.SelectMany(job => job.Steps.Where(step => step.Speaks)
        .SelectMany(step => GateUse.Of(this, job, step)));

    /// <summary>True if an event on a branch starts it, as far as names of branches tell.</summary>
    public bool IsStartedBy(string name, string branch) => Events.TryGetValue(name, out var branches)
        && (branches is [] || branches.Any(pattern => pattern == branch || !IsName(pattern)));

    /// <summary>The workflow with the jobs of those that it calls, as far as they lie in the same repository.</summary>
    public Workflow WithCalled(IReadOnlyList<Workflow> others, int depth = 0) => this with
    {
        Jobs =
        [
            .. Jobs.SelectMany(job => depth < MostCalls
                && others.FirstOrDefault(other => job.Calls == $"./{other.Path}")?.WithCalled(others, depth + 1) is { } called
                ? called.Jobs.Select(inner => inner with { IsMatrix = inner.IsMatrix || job.IsMatrix })
                : [job]),
        ],
    };

    /// <summary>False for a pattern of branches.</summary>
    public static bool IsName(string branch) => branch.All(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_' or '.' or '/');

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
                [.. jobs.Children.Select(job => ReadJob(job.Key, job.Value))])
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
        // YAML 1.1 takes the key 'on' for true; YamlDotNet's nodes keep it as it is written.
        YamlScalarNode name => new() { [Text(name)] = [] },
        YamlSequenceNode names => names.Select(Text).Distinct().ToDictionary(name => name, _ => (IReadOnlyList<string>)[]),
        YamlMappingNode events =>
            events.Children.DistinctBy(one => Text(one.Key)).ToDictionary(one => Text(one.Key), one => Branches(one.Value)),
        _ => [],
    };

    private static IReadOnlyList<string> Branches(YamlNode settings) => Node(settings, "branches") switch
    {
        YamlScalarNode one => [Text(one)],
        YamlSequenceNode some => [.. some.Select(Text)],
        _ => [],
    };

    private static WorkflowJob ReadJob(YamlNode name, YamlNode job)
    {
        var matrix = Node(Node(job, "strategy"), "matrix");
        return new(
            Text(name),
            Text(Node(job, "if")),
            matrix is not null,
            ReadMatrix(matrix as YamlMappingNode),
            Text(Node(job, "uses")),
            Node(job, "steps") is YamlSequenceNode steps ? [.. steps.Select(ReadStep)] : []);
    }

    /// <summary>What each of a matrix's keys can be, in whatever leg.</summary>
    private static Dictionary<string, IReadOnlyList<string>> ReadMatrix(YamlMappingNode? matrix)
    {
        // A matrix may also be one expression, whose values only a run knows: then it is no mapping and there are no keys.
        var listed = matrix?.Children.Where(entry => Text(entry.Key) is not ("include" or "exclude"))
            .SelectMany(entry => (entry.Value as YamlSequenceNode)?.Select(value => (Key: Text(entry.Key), Value: Text(value))) ?? []);
        var included = (Node(matrix, "include") as YamlSequenceNode)?.OfType<YamlMappingNode>()
            .SelectMany(leg => leg.Children.Select(entry => (Key: Text(entry.Key), Value: Text(entry.Value))));
        return (listed ?? []).Concat(included ?? []).Where(entry => entry.Value.Length > 0).GroupBy(entry => entry.Key)
            .ToDictionary(key => key.Key, key => (IReadOnlyList<string>)[.. key.Select(entry => entry.Value).Distinct()]);
    }

    private static WorkflowStep ReadStep(YamlNode step) => new(
        Text(Node(step, "uses")),
        Text(Node(step, "run")),
        Text(Node(step, "if")),
        Node(step, "with") is YamlMappingNode with
            ? with.Children.DistinctBy(input => Text(input.Key)).ToDictionary(input => Text(input.Key), input => Text(input.Value))
            : []);
}

/// <param name="Matrix">What each key of its matrix can be.</param>
/// <param name="Calls">The workflow that it consists of, as <c>./.github/workflows/gate.yml</c>; empty for a job of steps.</param>
internal sealed record WorkflowJob(
    string Name, string If, bool IsMatrix, IReadOnlyDictionary<string, IReadOnlyList<string>> Matrix, string Calls,
    IReadOnlyList<WorkflowStep> Steps);

internal sealed partial record WorkflowStep(string Uses, string Run, string If, IReadOnlyDictionary<string, string> With)
{
    /// <summary>True if the step is the gate and sets its status: <c>collect</c> and <c>decide</c> do not.</summary>
    public bool Speaks => IsAction
        ? !SilentCommand().IsMatch(Command)
        : SpeakingCommand().IsMatch(Run);

    /// <summary>True for the container action if it measures.</summary>
    public bool MeasuresInContainer => IsAction && !DecidingCommand().IsMatch(Command);

    /// <summary><c>setup</c> only puts the program on the PATH.</summary>
    private bool IsAction => GateUse().Match(Uses) is { Success: true } use
        && !use.Groups[2].Value.EndsWith("/setup", StringComparison.Ordinal);

    private string Command => With.GetValueOrDefault("args") is { Length: > 0 } args ? args : With.GetValueOrDefault("command", "");

    /// <summary>The manifest that it names; null for the usual places.</summary>
    public string? Manifest => InputOf("manifest")
        ?? (Argument().Match(Run) is { Success: true } argument ? argument.Groups["value"].Value : null);

    /// <summary>The pattern by which it calls the status; null for the gate's own names.</summary>
    public string? NamePattern => InputOf("status-name");

    /// <summary>True if it sets a check run and no status.</summary>
    public bool ReportsByCheck => InputOf("report") == "check";

    /// <summary>True for a checkout of a pull request's own code.</summary>
    public bool ChecksHeadOut => (Uses.StartsWith("actions/checkout@", StringComparison.Ordinal)
        && HeadReference().IsMatch(With.GetValueOrDefault("ref", "") + With.GetValueOrDefault("repository", "")))
        || HeadCommand().IsMatch(Run);

    public bool Pushes => PushingCommand().IsMatch(Run) || PushingAction().IsMatch(Uses);

    // By the repository's name, whoever owns the copy: forks and mirrors of the action are gates too.
    [GeneratedRegex(@"(^|/)[\w.-]*gate-action(/[\w./-]+)?@")]
    private static partial Regex GateUse();

    [GeneratedRegex(@"^\s*(collect|decide|validate|eval|results|history|init|schema|expand|doctor)\b", RegexOptions.IgnoreCase)]
    private static partial Regex SilentCommand();

    [GeneratedRegex(@"^\s*(decide|publish)\b", RegexOptions.IgnoreCase)]
    private static partial Regex DecidingCommand();

    [GeneratedRegex(@"(?m)(^|[\s/;&|])gate\s+(run|publish)\b")]
    private static partial Regex SpeakingCommand();

    private string? InputOf(string name) => With.GetValueOrDefault(name) is { Length: > 0 } input ? input
        : Option().Matches(Run).FirstOrDefault(option => option.Groups["name"].Value == name)?.Groups["value"].Value;

    [GeneratedRegex(@"--(?<name>[a-z-]+)(=|\s+)(?!--)(?:""(?<value>[^""\n]*)""|'(?<value>[^'\n]*)'|(?<value>(?:\$\{\{.*?\}\}|[^\s""'])+))")]
    private static partial Regex Option();

    [GeneratedRegex(@"(?m)(^|[\s/;&|])gate\s+run\s+[""']?(?<value>\$\{\{.*?\}\}|[^\s""'\-][^\s""';&|]*)")]
    private static partial Regex Argument();

    [GeneratedRegex(@"\bgh\s+pr\s+checkout\b|\bgit\s+(fetch|pull|checkout)\b.*(\bpull/|head\.(sha|ref)|head_ref)")]
    private static partial Regex HeadCommand();

    [GeneratedRegex(@"head\.(sha|ref|repo)|head_ref|refs/pull/|merge_commit_sha|head_sha|head_branch")]
    private static partial Regex HeadReference();

    [GeneratedRegex(@"(?m)\bgit\s+(-\S+\s+\S+\s+)*push\b|\bsemantic-release\b|\bnpm\s+version\b")]
    private static partial Regex PushingCommand();

    [GeneratedRegex(@"git-auto-commit-action@|semantic-release|github-push-action@|add-and-commit@")]
    private static partial Regex PushingAction();
}

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
