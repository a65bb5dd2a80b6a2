namespace GateAction.Tests.Commands;

/// <summary><c>gate validate</c> says which probes start a program that the container of the action does not have.</summary>
internal sealed class ContainerFitTests
{
    private const string Manifest = """
        version: 1
        probes:
          schema: { command: [dotnet, ef, migrations] }
          tool: { command: [./tools/check] }
          clean: { git: . }
          notes: { file: notes.txt }
        criteria:
          all: schema.exit_code == 0 && tool.exit_code == 0 && clean.clean && notes.exists
        """;

    private static CommandRun With(string step, string manifest = ".github/gate.yml") => new CommandRun()
        .With(manifest, Manifest)
        .With(".github/workflows/gate.yaml", $"on: push\njobs:\n  gate:\n    runs-on: ubuntu-latest\n    steps:\n      - {step}\n");

    [TestCase("uses: example/gate-action@v1")]
    [TestCase("{ uses: example/gate-action@v1, with: { command: collect } }")]
    [TestCase("{ uses: example/gate-action@v1, with: { manifest: .github/gate.yml } }")]
    [TestCase("{ uses: example/gate-action@0123456789012345678901234567890123456789, with: { entrypoint: gate, args: collect } }")]
    public async Task What_the_container_lacks_is_a_warning_at_its_probe(string step)
    {
        using var run = With(step);

        Assert.That(await run.RunAsync("validate"), Is.Zero);
        Assert.That(run.Out, Does.Match(@"gate\.yml:3:\d+: warning: probes\.schema: '\.github/workflows/gate\.yaml' measures this with the "
            + "container action, and the action's container holds nothing but gate: 'dotnet' is not there"));
        Assert.That(run.Out, Does.Match(@"gate\.yml:5:\d+: warning: probes\.clean: .*'git' is not there"));
        Assert.That(run.Out, Does.Contain("2 warnings").And.Not.Contain("probes.tool").And.Not.Contain("probes.notes"));
        Assert.That(await run.RunAsync("validate", "--strict"), Is.EqualTo(2));
    }

    [TestCase("uses: example/gate-action/setup@v1")]
    [TestCase("run: gate run")]
    [TestCase("uses: actions/checkout@v7")]
    [TestCase("{ uses: example/gate-action@v1, with: { command: publish, evidence: shares } }")]
    [TestCase("{ uses: example/gate-action@v1, with: { command: decide, evidence: shares } }")]
    [TestCase("{ uses: example/gate-action@v1, with: { manifest: other.yml } }")]
    [TestCase("{ uses: example/gate-action@v1, with: { manifest: \"${{ matrix.manifest }}\" } }")]
    [TestCase("{ uses: [")]
    public async Task What_runs_elsewhere_or_is_not_known_is_none(string step)
    {
        using var run = With(step);

        Assert.That(await run.RunAsync("validate"), Is.Zero);
        Assert.That(run.Out, Does.EndWith("no problems\n"));
    }

    [Test]
    public async Task Within_the_container_there_is_no_doubt()
    {
        using var run = new CommandRun().With("gate.yml", Manifest)
            .WithVariable("GITHUB_ACTIONS", "true").WithVariable("GITHUB_WORKSPACE", "/github/workspace");

        await run.RunAsync("validate");

        Assert.That(run.Out, Does.Contain("this is the container action").And.Contain("2 warnings"));
    }
}
