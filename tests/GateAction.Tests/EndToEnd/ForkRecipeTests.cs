using System.IO.Compression;
using GateAction.StandIns.GitHub;
using GateAction.Tests.GitHub;

namespace GateAction.Tests.EndToEnd;

/// <summary>The two workflows of examples/workflows for a pull request from a fork, through the whole program.</summary>
internal sealed class ForkRecipeTests
{
    private const string Manifest = """
        version: 1
        name: staging
        probes:
          arch: { file: compliance.json }
        criteria:
          compliant: arch.json.violations == 0
        """;

    private GateScene _scene = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _scene = await GateScene.StartAsync();
        _scene.Pull.Fork = "somebody/shop";
        _scene.Pull.BaseSha = _scene.GitHub.Repository.AddCommit("main", (".github/gate.yml", Manifest)).Sha;
    }

    [TearDown]
    public async Task StopAsync() => await _scene.DisposeAsync();

    [Test]
    public async Task The_first_half_measures_and_the_second_decides_comments_and_sets_the_status()
    {
        var (firstExit, folder) = await CollectAsync();
        Assert.That((firstExit, _scene.GitHub.Repository.Statuses.Count), Is.EqualTo((0, 0)));
        Upload(Zip(("evidence.json", File.ReadAllBytes(Path.Combine(folder, "evidence.json")))));

        var exitCode = await PublishAsync();

        Assert.That(exitCode, Is.Zero, _scene.Error.ToString());
        Assert.That(_scene.GitHub.Repository.Statuses.Select(status => (status.State, status.Sha)),
            Is.EqualTo([("pending", _scene.Pull.HeadSha), ("success", _scene.Pull.HeadSha)]));
        Assert.That(_scene.GitHub.Repository.Comments.Single().Body,
            Does.Contain("measured by run 100, which the fork's own workflow controls"));
    }

    [TestCase("pull_request", "failure")]
    [TestCase("workflow_run", "failure")]
    [TestCase("push", "success")]
    public async Task What_holds_for_pull_requests_holds_for_one_from_a_fork(string happening, string expected)
    {
        _scene.Pull.BaseSha = _scene.GitHub.Repository.AddCommit("main", (".github/gate.yml", $$"""
            version: 1
            name: staging
            probes: { arch: { file: compliance.json } }
            criteria:
              compliant: arch.json.violations == 0
              reviewed: { pass: arch.json.violations > 0, when: { event: {{happening}} } }
            """)).Sha;
        var (_, folder) = await CollectAsync();
        Upload(Zip(("evidence.json", File.ReadAllBytes(Path.Combine(folder, "evidence.json")))));

        await PublishAsync();

        Assert.That(_scene.FinalStatuses.Single().State, Is.EqualTo(expected), _scene.Error.ToString());
    }

    [Test]
    public async Task Evidence_about_another_commit_sets_no_green_status()
    {
        var (_, folder) = await CollectAsync();
        Upload(Zip(("evidence.json", File.ReadAllBytes(Path.Combine(folder, "evidence.json")))));
        _scene.Pull.HeadSha = _scene.GitHub.Repository.AddCommit("feature", ("evil.cs", "x")).Sha;

        var exitCode = await PublishAsync();

        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(_scene.FinalStatuses.Single().State, Is.EqualTo("error"));
        Assert.That(_scene.Error.ToString(), Does.Contain("is about gate 'staging' and commit"));
    }

    [TestCase("no artifact", "left no artifact 'gate-report'", 3)]
    [TestCase("no zip", "is not a zip that can be read", 2)]
    [TestCase("empty", "holds no 'evidence.json'; it holds nothing", 2)]
    [TestCase("two", "holds 'evidence.json' 2 times", 2)]
    [TestCase("bomb", "is longer than 32 MiB", 2)]
    [TestCase("text", "the artifact 'gate-report' of run 100", 2)]
    public async Task An_artifact_is_untrusted_data(string content, string expected, int exit)
    {
        Upload(content switch
        {
            "no artifact" => null,
            "no zip" => [1, 2, 3],
            "empty" => Zip(),
            "two" => Zip(("a/evidence.json", []), ("../../etc/evidence.json", [])),
            "bomb" => Zip(("evidence.json", new byte[40 * 1024 * 1024])),
            _ => Zip(("../evidence.json", "hello"u8.ToArray())),
        });

        var exitCode = await PublishAsync();

        Assert.That(_scene.Error.ToString(), Does.Contain(expected));
        Assert.That(exitCode, Is.EqualTo(exit));
        Assert.That(_scene.FinalStatuses.Single().State, Is.EqualTo("error"));
    }

    private async Task<(int ExitCode, string Folder)> CollectAsync()
    {
        var token = _scene.GitHub.Tokens[0];
        _scene.GitHub.Tokens[0] = StandInToken.ReadOnly(token.Value);
        var job = _scene.Job();
        await File.WriteAllTextAsync(Path.Combine(job.Directory, "compliance.json"), """{"violations":0}""");
        var exitCode = await Program.RunAsync(["run"], _scene.Shell(job), CancellationToken.None);
        _scene.GitHub.Tokens[0] = token;
        return (exitCode, Path.Combine(job.Directory, "gate-report"));
    }

    private async Task<int> PublishAsync()
    {
        var job = _scene.Keep(StandInJob.WorkflowRun(_scene.GitHub, _scene.Pull));
        job["INPUT_EVIDENCE"] = "artifact";
        return await Program.RunAsync(["run"], _scene.Shell(job), CancellationToken.None);
    }

    private void Upload(byte[]? zip)
    {
        if (zip is not null)
            _scene.GitHub.Repository.Artifacts.Add(new(7, 100, "gate-report", zip));
    }

    private static byte[] Zip(params (string Name, byte[] Content)[] files)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }
        return stream.ToArray();
    }
}
