using GateAction.GitHub.Doctor;

namespace GateAction.Tests.GitHub.Doctor;

/// <summary>Which steps of a workflow set a gate's status, and by which manifest.</summary>
internal sealed class WorkflowStepTests
{
    [TestCase("uses: example/gate-action@v1", null)]
    [TestCase("{ uses: example/gate-action@v1, with: { command: run, manifest: a.yml } }", "a.yml")]
    [TestCase("{ uses: example/gate-action@v1, with: { command: publish, evidence: shares } }", null)]
    [TestCase("{ uses: example/gate-action@v1, with: { entrypoint: gate, args: publish shares } }", null)]
    [TestCase("run: gate run", null)]
    [TestCase("run: gate run a.yml", "a.yml")]
    [TestCase("run: gate run --quiet --manifest a.yml", "a.yml")]
    [TestCase("run: ./gate run b.yml; echo", "b.yml")]
    [TestCase("run: gate publish shares", null)]
    public void A_step_that_speaks_is_found_with_its_manifest(string step, string? manifest)
    {
        var gate = WorkflowOf(step).Gates.Single();

        Assert.That(gate.Manifest, Is.EqualTo(manifest));
    }

    [TestCase("{ uses: example/gate-action@v1, with: { command: collect } }")]
    [TestCase("{ uses: example/gate-action@v1, with: { command: Collect } }")]
    [TestCase("{ uses: example/gate-action@v1, with: { command: decide, evidence: shares } }")]
    [TestCase("{ uses: example/gate-action@v1, with: { entrypoint: gate, args: collect } }")]
    [TestCase("uses: example/gate-action/setup@v1")]
    [TestCase("run: gate collect")]
    [TestCase("run: gate decide shares")]
    [TestCase("run: gate validate")]
    public void A_step_that_says_nothing_is_none(string step) => Assert.That(WorkflowOf(step).Gates, Is.Empty);

    [TestCase("on: { [push]: {}, [pull_request]: {} }")]
    [TestCase("on: { {a: 1}: {}, {b: 1}: {} }")]
    [TestCase("on: [[push], [pull_request]]")]
    [TestCase("on: { push: { branches: { a: [b] } } }")]
    [TestCase("on: 5")]
    public void Whatever_stands_under_on_the_workflow_is_read(string on) =>
        Assert.That(Workflow.Read("gate.yml", $"{on}\njobs: {{ gate: {{ steps: [ {{ run: gate run }} ] }} }}"), Is.Not.Null);

    [Test]
    public void Setting_the_program_up_and_running_it_is_one_gate()
    {
        var workflow = Workflow.Read("gate.yml",
            "on: push\njobs: { gate: { steps: [ { uses: example/gate-action/setup@v1 }, { run: gate run } ] } }")!;

        Assert.That(workflow.Gates.Count(), Is.EqualTo(1));
    }

    private static Workflow WorkflowOf(string step) =>
        Workflow.Read("gate.yml", $"on: push\njobs:\n  gate:\n    steps:\n      - {step}\n")!;
}
