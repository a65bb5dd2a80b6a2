using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace GateAction.Tests;

/// <summary>
/// Every workflow that the repository runs or shows: the change's code never runs beside a token that may write, and what is copied from
/// here is current.
/// </summary>
internal sealed partial class WorkflowsTests
{
    /// <summary>The current major of each action that a workflow here may use.</summary>
    private static readonly Dictionary<string, string> Majors = new(StringComparer.Ordinal)
    {
        ["actions/checkout"] = "v7",
        ["actions/attest"] = "v4",
        ["actions/setup-dotnet"] = "v6",
        ["actions/upload-artifact"] = "v7",
        ["actions/download-artifact"] = "v8",
        ["google-github-actions/auth"] = "v3",
        ["example/gate-action"] = "v1",
    };

    [Test]
    public void Workflows_are_found_in_the_readme_the_docs_the_examples_and_our_own() => Assert.That(
        All().Select(shown => shown.Where.Split('/', ':')[0]).Distinct(),
        Is.SupersetOf(new[] { "README.md", "docs", "examples", ".github" }));

    [Test]
    public void The_readmes_workflow_is_the_first_example() => Assert.That(
        All().Single(shown => shown.Where.StartsWith("README.md", StringComparison.Ordinal)).Text.Trim(),
        Is.EqualTo(Comment().Replace(File.ReadAllText(Path.Combine(TestFiles.Repository, "examples/workflows/first.yml")), "", 1).Trim()));

    [TestCaseSource(nameof(All))]
    public void Every_action_is_of_its_current_major(Shown shown)
    {
        var steps = shown.Jobs.SelectMany(job => job.Steps).Where(step => step.Uses.Length > 0 && !step.Uses.StartsWith("./"));

        Assert.That(Uses().Count(shown.Text), Is.GreaterThanOrEqualTo(steps.Count()), "none is passed over");
        foreach (Match use in Uses().Matches(shown.Text))
            Assert.That(Majors.GetValueOrDefault(use.Groups["action"].Value), Is.EqualTo(use.Groups["major"].Value), use.Value);
    }

    [TestCaseSource(nameof(All))]
    public void A_workflow_that_a_person_starts_on_what_was_merged_names_every_action_by_its_commit(Shown shown)
    {
        if (shown.IsStartedByHand)
            Assert.That(Uses().Matches(shown.Text), Has.All.Matches<Match>(use => use!.Groups["commit"].Success));
    }

    [TestCaseSource(nameof(All))]
    public void A_checkout_keeps_no_credentials(Shown shown)
    {
        foreach (var job in shown.Jobs.Where(job => !(shown.IsStartedByHand && job.Rights.GetValueOrDefault("contents") == "write")))
            Assert.That(job.Checkouts, Has.All.Matches<Step>(step => step!.With("persist-credentials") == "false"), job.Name);
    }

    [TestCaseSource(nameof(All))]
    public void A_job_whose_token_may_write_runs_no_line_of_the_change(Shown shown)
    {
        foreach (var job in shown.Jobs.Where(job => job.MayWrite && !shown.IsStartedByHand))
        {
            Assert.That(job.Steps, Has.None.Matches<Step>(step => step!.Run.Length > 0), $"{job.Name} runs a command");
            Assert.That(
                job.Checkouts,
                Has.All.Matches<Step>(step => step!.With("ref") == "${{ github.event.repository.default_branch }}"),
                $"{job.Name} checks the change out");
        }
    }

    [TestCaseSource(nameof(All))]
    public void Rights_to_write_are_given_to_a_job_and_never_to_the_workflow(Shown shown)
    {
        Assert.That(shown.Permissions, Is.Not.Null, "without permissions the repository's default is given");
        Assert.That(shown.Permissions!.Values, Has.None.EqualTo("write"));
    }

    [TestCaseSource(nameof(All))]
    public void A_gate_that_speaks_takes_turns_with_itself_and_runs_also_when_the_tests_failed(Shown shown)
    {
        if (shown.IsStartedByHand)
            return;
        Assert.That(shown.Root.Children, Does.Not.ContainKey(new YamlScalarNode("concurrency")),
            "it would cancel the gate for an edited title");
        foreach (var job in shown.Jobs.Where(job => job.MayWrite))
        {
            Assert.That(job.Has("concurrency") || shown.Events.Contains("issue_comment"), Is.True,
                $"{job.Name} has no concurrency");
            if (job.Has("needs"))
                Assert.That(job.If, Does.Contain("!cancelled()").And.Contain("result != 'skipped'"));
        }
    }

    [TestCaseSource(nameof(All))]
    public void An_edited_title_measures_nothing_anew(Shown shown)
    {
        if (!shown.TypesOf("pull_request").Contains("edited"))
            return;

        Assert.That(shown.Jobs.Where(job => !job.Has("needs")),
            Has.All.Property("If").Contains("github.event.action != 'edited' || github.event.changes.base != null"));
    }

    [TestCaseSource(nameof(All))]
    public void What_is_tested_is_the_commit_that_gets_the_status(Shown shown)
    {
        var checkouts = shown.Jobs.Where(job => !job.MayWrite).SelectMany(job => job.Checkouts);

        if (shown.Events.Contains("pull_request") && !shown.Where.StartsWith(".github", StringComparison.Ordinal))
            Assert.That(checkouts,
                Has.All.Matches<Step>(step => step!.With("ref").Contains("github.event.pull_request.head.sha", StringComparison.Ordinal)));
    }

    [TestCaseSource(nameof(All))]
    public void Nothing_that_a_stranger_wrote_gets_into_a_command_or_starts_a_run_with_secrets(Shown shown)
    {
        Assert.That(shown.Jobs.SelectMany(job => job.Steps), Has.None.Matches<Step>(step => Stranger().IsMatch(step!.Run)));
        Assert.That(shown.Text, Does.Not.Contain("pull_request_target").And.Not.Contain("secrets: inherit"));
        if (shown.Events.Contains("workflow_run") || shown.Events.Contains("issue_comment"))
            Assert.That(shown.Text, Does.Not.Contain("actions/checkout"));
    }

    [TestCaseSource(nameof(All))]
    public void A_deployment_is_of_one_environment(Shown shown)
    {
        if (shown.Events.Contains("deployment_status"))
            Assert.That(shown.Jobs, Has.All.Property("If").Contains("github.event.deployment.environment == '"));
    }

    [Test]
    public void The_recipe_for_forks_and_the_one_for_our_own_branches_exclude_each_other()
    {
        var ours = Example("pull-request.yml").Jobs[0].If;
        var theirs = Example("fork-collect.yml").Jobs[0].If;

        Assert.That(ours, Does.Contain("github.event.pull_request.head.repo.full_name == github.repository"));
        Assert.That(theirs, Does.Contain("github.event.pull_request.head.repo.full_name != github.repository"));
        Assert.That(Example("fork-publish.yml").Jobs[0].If,
            Does.Contain("github.event.workflow_run.head_repository.full_name != github.repository"));
    }

    private static Shown Example(string name) => All().Single(shown => shown.Where == $"examples/workflows/{name}");

    private static IEnumerable<Shown> All()
    {
        foreach (var folder in new[] { "examples/workflows", ".github/workflows" })
        {
            foreach (var path in Directory.GetFiles(Path.Combine(TestFiles.Repository, folder), "*.yml"))
                yield return new($"{folder}/{Path.GetFileName(path)}", File.ReadAllText(path));
        }
        var docs = Directory.GetFiles(Path.Combine(TestFiles.Repository, "docs"), "*.md", SearchOption.AllDirectories);
        foreach (var path in docs.Append(Path.Combine(TestFiles.Repository, "README.md")))
        {
            var text = File.ReadAllText(path);
            foreach (Match block in Block().Matches(text))
                yield return new(
                    $"{Path.GetRelativePath(TestFiles.Repository, path).Replace('\\', '/')}:"
                    + $"{text[..block.Index].Count(letter => letter == '\n') + 1}",
                    block.Groups["yaml"].Value);
        }
    }

    [GeneratedRegex("^```ya?ml\n(?<yaml>(?:(?!^```).*\n)*?^on:\n(?:(?!^```).*\n)*?^jobs:\n(?:(?!^```).*\n)*)^```", RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\A(#.*\n)+")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\buses: (?!\./)(?<action>[^@\s]+)(@((?<commit>[0-9a-f]{40}) # )?(?<major>v\d+)?)?")]
    private static partial Regex Uses();

    [GeneratedRegex(@"\$\{\{[^}]*(github\.event\.(?!pull_request\.number)|github\.head_ref|github\.actor|inputs\.)")]
    private static partial Regex Stranger();

    /// <summary>A workflow and the place where it stands.</summary>
    internal sealed record Shown(string Where, string Text)
    {
        public YamlMappingNode Root { get; } = Parse(Text);

        public IReadOnlyList<Job> Jobs =>
            [.. ((YamlMappingNode)Root.Children["jobs"]).Children.Select(job =>
            new Job(((YamlScalarNode)job.Key).Value!, (YamlMappingNode)job.Value, Permissions))];

        public IReadOnlyDictionary<string, string>? Permissions => Rights(Root);

        public IReadOnlyList<string> Events => Root.Children["on"] is YamlMappingNode events
            ? [.. events.Children.Keys.Select(name => ((YamlScalarNode)name).Value!)]
            : [.. Root.Children["on"].AllNodes.OfType<YamlScalarNode>().Select(name => name.Value!)];

        /// <summary>True if only a person who may write starts it, on what was merged: no code of a change runs in it.</summary>
        public bool IsStartedByHand => Events is ["workflow_dispatch"];

        public IReadOnlyList<string> TypesOf(string name) => Root.Children["on"] is YamlMappingNode events
            && events.Children.TryGetValue(name, out var found) && found is YamlMappingNode one
            && one.Children.TryGetValue("types", out var types)
            ? [.. types.AllNodes.OfType<YamlScalarNode>().Select(type => type.Value!)]
            : [];

        public override string ToString() => Where;

        public static IReadOnlyDictionary<string, string>? Rights(YamlMappingNode node) =>
            node.Children.TryGetValue("permissions", out var found)
            ? ((YamlMappingNode)found).Children.ToDictionary(right => ((YamlScalarNode)right.Key).Value!, right =>
            ((YamlScalarNode)right.Value).Value!)
            : null;

        private static YamlMappingNode Parse(string text)
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            return (YamlMappingNode)yaml.Documents[0].RootNode;
        }
    }

    internal sealed record Job(string Name, YamlMappingNode Node, IReadOnlyDictionary<string, string>? Inherited)
    {
        public IReadOnlyDictionary<string, string> Rights => Shown.Rights(Node) ?? Inherited ?? new Dictionary<string, string>();

        public bool MayWrite => Rights.Values.Contains("write");

        public IEnumerable<Step> Checkouts => Steps.Where(step => step.Uses.StartsWith("actions/checkout@", StringComparison.Ordinal));

        public string If => Node.Children.TryGetValue("if", out var condition) ? ((YamlScalarNode)condition).Value! : "";

        public IReadOnlyList<Step> Steps => [.. ((YamlSequenceNode)Node.Children["steps"]).Select(step => new Step((YamlMappingNode)step))];

        public bool Has(string key) => Node.Children.ContainsKey(new YamlScalarNode(key));
    }

    internal sealed record Step(YamlMappingNode Node)
    {
        public string Uses => Text(Node, "uses");

        public string Run => Text(Node, "run");

        public string With(string key) => Node.Children.TryGetValue("with", out var with) ? Text((YamlMappingNode)with, key) : "";

        private static string Text(YamlMappingNode node, string key) =>
            node.Children.TryGetValue(key, out var value) ? ((YamlScalarNode)value).Value ?? "" : "";
    }
}
