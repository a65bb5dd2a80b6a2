namespace GateAction.Tests.GitHub.Doctor;

/// <summary>What the doctor sees in the repository's workflows.</summary>
internal sealed class DoctorWorkflowTests
{
    public const string Workflow = """
        on:
          pull_request:
            branches: [main]
          merge_group:
        jobs:
          gate:
            steps:
              - uses: actions/checkout@v7
                with: { ref: "${{ github.event.pull_request.head.sha }}" }
              - uses: example/gate-action@v1
        """;

    private GateScene _scene = null!;

    [SetUp]
    public async Task StartAsync() => _scene = await GateScene.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _scene.DisposeAsync();

    [TestCase("merge_group:", "", "has a merge queue, and no workflow with the gate is started by it")]
    [TestCase("branches: [main]", "branches: [master]",
        "waits for the branch 'master', which does not exist: was it renamed? The default branch is 'main'")]
    [TestCase("    steps:", "    strategy: { matrix: { os: [a, b] } }\n    steps:",
        "every leg of the matrix of job 'gate' in 'gate.yml' speaks under one name")]
    [TestCase("  merge_group:", "  merge_group:\n  pull_request_target:",
        "'gate.yml' runs on 'pull_request_target' with this repository's secrets")]
    public async Task A_fault_of_a_workflow_is_named(string before, string after, string expected)
    {
        _scene.GitHub.Repository.Rules["main"] = [("gate/staging", 15368)];
        _scene.GitHub.Repository.Queues.Add("main");
        Commit((".github/workflows/gate.yml", Workflow));
        Assert.That(await RunAsync(), Is.Zero, _scene.Out.ToString());

        Commit((".github/workflows/gate.yml", Workflow.Replace(before, after, StringComparison.Ordinal)));

        Assert.That(await RunAsync(), Is.EqualTo(1));
        Assert.That(_scene.Out.ToString(), Does.Contain(expected));
    }

    [TestCase("pull_request_target:", "uses: actions/checkout@v7\n        with: { ref: 'refs/pull/7/merge' }", true)]
    [TestCase("pull_request_target:", "run: gh pr checkout 7", true)]
    [TestCase("pull_request_target:", "run: git fetch origin pull/7/head && git checkout FETCH_HEAD", true)]
    [TestCase("pull_request_target:", "uses: actions/checkout@v7", false)]
    [TestCase("pull_request_target:", "run: git fetch origin main", false)]
    [TestCase("pull_request:", "run: gh pr checkout 7", false)]
    public async Task A_stranger_is_not_let_in_whichever_way_his_code_is_checked_out(string started, string step, bool isFound)
    {
        _scene.GitHub.Repository.Rules["main"] = [("gate/staging", 15368)];
        Commit((".github/workflows/label.yml", $"on:\n  {started}\njobs:\n  label:\n    steps:\n      - {step}\n"));

        Assert.That(await RunAsync(), Is.EqualTo(isFound ? 1 : 0), _scene.Out.ToString());

        Assert.That(_scene.Out.ToString(), isFound ? Does.Contain("'label.yml' runs on 'pull_request_target'") : Does.Not.Contain("✗"));
    }

    [TestCase("on: [pull_request, merge_group]\njobs: { gate: { uses: ./.github/workflows/called.yml } }", true)]
    [TestCase("on: { merge_group: { branches: [main] } }\njobs: { gate: { uses: ./.github/workflows/called.yml } }", true)]
    [TestCase("on: { merge_group: { branches: ['ma*'] } }\njobs: { gate: { uses: ./.github/workflows/called.yml } }", true)]
    [TestCase("on: merge_group\njobs: { gate: { uses: acme/shared/.github/workflows/gate.yml@v1 } }", true)]
    [TestCase("on: { merge_group: { branches: [release] } }\njobs: { gate: { uses: ./.github/workflows/called.yml } }", false)]
    [TestCase("on: pull_request\njobs: { gate: { uses: ./.github/workflows/called.yml } }", false)]
    [TestCase("on: merge_group\njobs: { test: { steps: [ { run: make test } ] } }", false)]
    public async Task A_merge_queue_is_served_by_a_workflow_that_calls_the_gates(string workflow, bool isServed)
    {
        _scene.GitHub.Repository.AddCommit("release", (".github/gate.yml", GateScene.Manifest));
        _scene.GitHub.Repository.Rules["main"] = [("gate/staging", 15368)];
        _scene.GitHub.Repository.Queues.Add("main");
        Commit(
            (".github/workflows/called.yml", "on: workflow_call\njobs: { gate: { steps: [ { uses: example/gate-action@v1 } ] } }"),
            (".github/workflows/other.yml", "on: pull_request\njobs: { gate: { uses: ./.github/workflows/called.yml } }"),
            (".github/workflows/queue.yml", workflow));

        Assert.That(await RunAsync(), Is.EqualTo(isServed ? 0 : 1), _scene.Out.ToString());

        Assert.That(_scene.Out.ToString(), isServed ? Does.Not.Contain("merge queue") : Does.Contain("has a merge queue"));
    }

    [TestCase("strategy: { matrix: { part: [web, api] } }")]
    [TestCase("strategy: { matrix: { include: [ { part: web, os: a }, { part: api, os: b } ] } }")]
    public async Task The_manifests_of_a_matrix_are_all_looked_at(string strategy)
    {
        _scene.GitHub.Repository.Rules["main"] = [("gate/web", 15368), ("gate/api", 15368)];
        _scene.GitHub.Repository.AddCommit(
            "main",
            ("gates/web.yml", GateScene.Manifest.Replace("staging", "web", StringComparison.Ordinal)),
            ("gates/api.yml", GateScene.Manifest.Replace("staging", "api", StringComparison.Ordinal)),
            (".github/workflows/gate.yml", $$$"""
                on: pull_request
                jobs:
                  gate:
                    {{{strategy}}}
                    steps:
                      - uses: example/gate-action@v1
                        with: { manifest: "gates/${{ matrix.part }}.yml" }
                """));

        Assert.That(await RunAsync(), Is.Zero, _scene.Out.ToString());

        Assert.That(_scene.Out.ToString(), Does.Contain("✓ 'gate/web' is required").And.Contain("✓ 'gate/api' is required"));
    }

    [TestCase("manifest: '${{ vars.GATE }}'")]
    [TestCase("status-name: '${{ inputs.name }}'")]
    public async Task A_name_that_only_a_run_knows_is_not_called_wrong(string with)
    {
        _scene.GitHub.Repository.Rules["main"] = [("gate/staging", 15368), ("gate/night", 15368)];
        Commit((".github/workflows/gate.yml",
            Workflow.Replace("gate-action@v1", $"gate-action@v1\n        with: {{ {with} }}", StringComparison.Ordinal)));

        Assert.That(await RunAsync(), Is.Zero, _scene.Out.ToString());

        Assert.That(_scene.Out.ToString(), Does.Contain("! 'main' requires 'gate/night', and none of the gates whose names can be read"));
    }

    [TestCase("gate/{name}", "gate/staging", "gate/staging")]
    [TestCase("{base} is met by {name}", "main is met by staging", "release is met by staging")]
    public async Task A_pattern_of_names_is_kept_to(string pattern, string main, string release)
    {
        _scene.GitHub.Repository.Rules["main"] = [(main, 15368)];
        var workflow = Workflow.Replace(
            "gate-action@v1", $"gate-action@v1\n        with: {{ status-name: '{pattern}' }}", StringComparison.Ordinal);
        foreach (var branch in new[] { "main", "release" })
            _scene.GitHub.Repository.AddCommit(
                branch, (".github/gate.yml", GateScene.Manifest), (".github/workflows/gate.yml", workflow));
        Assert.That(await RunAsync(), Is.Zero, _scene.Out.ToString());

        Assert.That(await RunAsync("--branch", "release"), Is.EqualTo(1));

        Assert.That(_scene.Out.ToString(), Does.Contain($"'{main}' is required on 'main'").And.Contain(
            $"'{release}' is not required on 'release'"));
    }

    [TestCase("one", "two")]
    [TestCase("one", "one")]
    public async Task Two_steps_of_a_workflow_under_one_name_are_named(string first, string second)
    {
        _scene.GitHub.Repository.Rules["main"] = [("gate/staging", 15368)];
        var steps = first == second
            ? $"  {first}: {{ steps: [ {{ run: gate run }}, {{ run: ./bin/gate publish evidence.json }} ] }}"
            : $"  {first}: {{ steps: [ {{ run: gate run }} ] }}\n  {second}: {{ steps: [ {{ run: gate run }} ] }}";
        Commit((".github/workflows/gate.yml", $"on: pull_request\njobs:\n{steps}\n"));

        Assert.That(await RunAsync(), Is.Zero, _scene.Out.ToString());

        Assert.That(_scene.Out.ToString(), Does.Contain("! 2 steps of 'gate.yml' (job 'one'"));
    }

    [Test]
    public async Task Two_gates_under_one_name_are_named()
    {
        _scene.GitHub.Repository.Rules["main"] = [("gate/staging", 15368)];
        var other = Workflow.Replace("gate-action@v1", "gate-action@v1\n        with: { manifest: nightly.yml }", StringComparison.Ordinal);
        Commit((".github/workflows/gate.yml", Workflow), (".github/workflows/other.yaml", Workflow),
            (".github/workflows/nightly.yml", other), ("nightly.yml", GateScene.Manifest));

        Assert.That(await RunAsync(), Is.EqualTo(1));

        Assert.That(_scene.Out.ToString(), Does.Contain("'.github/gate.yml' and 'nightly.yml' have one name, 'staging'")
            .And.Contain("'gate.yml' and 'other.yaml' both judge on 'pull_request' by one manifest"));
    }

    [TestCase("not: [a workflow")]
    [TestCase("jobs: 7")]
    [TestCase("[[[[[[")]
    [TestCase("on: &a [*a]\njobs: {}")]
    public async Task A_file_that_is_no_workflow_is_passed_by(string text)
    {
        _scene.GitHub.Repository.Rules["main"] = [("gate/staging", 15368)];
        Commit((".github/workflows/odd.yml", text + new string(' ', 3)), (".github/workflows/deep.yml", new string('[', 5000)));

        Assert.That(await RunAsync(), Is.Zero, _scene.Out.ToString() + _scene.Error);
    }

    private void Commit(params (string Path, StandIns.GitHub.State.StoredFile File)[] files) =>
        _scene.GitHub.Repository.AddCommit("main", [(".github/gate.yml", GateScene.Manifest), .. files]);

    private Task<int> RunAsync(params string[] options) =>
        Program.RunAsync(["doctor", .. options], _scene.Shell(_scene.Job()), CancellationToken.None);
}
