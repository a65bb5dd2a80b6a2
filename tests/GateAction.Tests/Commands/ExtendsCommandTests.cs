using GateAction.StandIns.GitHub;
using GateAction.StandIns.GitHub.State;

namespace GateAction.Tests.Commands;

/// <summary><c>gate validate</c>, <c>gate expand</c> and <c>gate run</c> on one's own machine, with manifests that extend others.</summary>
internal sealed class ExtendsCommandTests
{
    private const string Base =
        "version: 1\nprobes: { page: { file: page.json } }\ncriteria:\n  up: page.exists\n  old: page.json.old == 1\n";

    private static CommandRun Service(string extends, string criteria = "{ up: { and: page.json.ok == true, weight: 2 } }") =>
        new CommandRun().With("gate.yml", $"version: 1\nname: shop\nextends: {extends}\ncriteria: {criteria}\n");

    [Test]
    public async Task What_is_validated_is_what_it_comes_to()
    {
        using var run = Service("gates/base.yml").With("gates/base.yml", Base);

        Assert.That(await run.RunAsync("validate"), Is.Zero, run.Out);
        Assert.That(run.Out, Is.EqualTo("gate.yml: 2 criteria, 1 probe: no problems\n"));
    }

    [Test]
    public async Task A_problem_is_told_at_its_line_of_its_file()
    {
        using var run = Service("gates/base.yml", "{ up: { and: page.jsn.ok } }")
            .With("gates/base.yml", Base.Replace("page.exists", "page.exits", StringComparison.Ordinal));

        Assert.That(await run.RunAsync("validate"), Is.EqualTo(2));
        Assert.That(run.Out, Does.Contain("gate.yml:4:29: criteria.up.and: ").And.Contain("gates/base.yml:4:12: criteria.up: "));

        await run.RunAsync("validate", "--json");

        Assert.That(run.Out, Does.Contain("\"file\": \"gates/base.yml\",\n          \"line\": 4"));
    }

    [Platform("Linux", Reason = "pipes and links as Linux has them")]
    [TestCase("none.yml", "'none.yml' below 'FOLDER' cannot be read: it does not exist")]
    [TestCase("acme/gates/base.yml", "a file of another repository is written owner/repository/path@ref")]
    [TestCase("gates", "it is a folder")]
    [TestCase("gates/pipe.yml", "only regular files are read")]
    [TestCase("gates/out.yml", "leads out of the workspace, to '/etc/passwd'; put the file itself there, or write owner")]
    [TestCase("gates/large.yml", "larger than 256 KiB")]
    [TestCase("gates/bytes.yml", "is not UTF-8 text")]
    [TestCase("gate.yml", "gate.yml → gate.yml is a circle")]
    public async Task What_cannot_be_read_from_the_checkout_is_one_sentence(string extends, string expected)
    {
        using var run = Service(extends).With("gates/large.yml", $"{Base}# {new string('x', 300_000)}");
        await File.WriteAllBytesAsync(Path.Combine(run.Folder, "gates", "bytes.yml"), [0xC3, 0x28]);
        File.CreateSymbolicLink(Path.Combine(run.Folder, "gates", "out.yml"), "/etc/passwd");
        using (var made = System.Diagnostics.Process.Start("mkfifo", Path.Combine(run.Folder, "gates", "pipe.yml")))
            await made.WaitForExitAsync();

        Assert.That(await run.RunAsync("validate"), Is.EqualTo(2));
        Assert.That(run.Out.Replace(run.Folder, "FOLDER", StringComparison.Ordinal),
            Does.Contain(expected).And.StartsWith("gate.yml:3:10: "));
    }

    [Test]
    public async Task The_root_of_the_repository_is_found_from_a_folder_in_it()
    {
        using var run = Service("gates/base.yml").With("gates/base.yml", Base).With(".git/HEAD", "ref: refs/heads/main\n")
            .With("deep/er/gate.yml", "version: 1\nextends: gates/base.yml\n");

        Assert.That(await run.RunAsync("validate", "deep/er/gate.yml"), Is.Zero, run.Out);
    }

    [Test]
    public async Task What_it_comes_to_is_printed_with_where_each_part_is_from_and_is_a_manifest_itself()
    {
        using var run = Service("gates/base.yml",
            "{ up: { and: page.json.ok == true }, old: { off: 'not here, #812' }, mine: page.size > 0 }")
            .With("gates/base.yml", Base);

        Assert.That(await run.RunAsync("expand"), Is.Zero, run.Error);

        Assert.That(run.Out, Is.EqualTo("""
            # extends gates/base.yml
            # 'old' is switched off by 'gate.yml' (line 4): not here, #812
            version: 1
            name: shop
            # from gates/base.yml:2
            probes:
              page:
                file: page.json
            criteria:
              # from gates/base.yml:4
              up:
                pass: page.exists
                # from gate.yml:4
                and: page.json.ok == true
              mine: page.size > 0

            """));
        using var again = new CommandRun().With("gate.yml", run.Out);
        Assert.That(await again.RunAsync("validate"), Is.Zero, again.Out);
    }

    [Test]
    public async Task Another_repository_is_read_with_a_token_or_as_anybody_reads_it([Values] bool hasToken)
    {
        await using var github = await GitHubStandIn.StartAsync();
        var gates = OtherRepository.Of("acme/gates", hasToken ? "ghp_reader" : null);
        gates.State.Tags["v1"] = gates.State.AddCommit("main", ("base.yml", Base)).Sha;
        github.Others.Add(gates);
        using var run = Service("acme/gates/base.yml@v1").WithVariable("GITHUB_API_URL", github.Url.ToString())
            .With("page.json", """{ "ok": true, "old": 1 }""");
        if (hasToken)
            run.WithVariable("GITHUB_TOKEN", "ghp_reader");

        Assert.That(await run.RunAsync("run"), Is.Zero, run.Error);
        Assert.That(run.Out, Does.Contain($"extends acme/gates/base.yml@v1 at {gates.State.Tags["v1"][..7]}"));
        Assert.That(github.Requests.Select(request => request.Token), Has.All.EqualTo(hasToken ? "ghp_reader" : ""));
    }

    [Test]
    public async Task Evidence_of_another_text_is_decided_here_with_a_note()
    {
        using var run = Service("gates/base.yml").With("gates/base.yml", Base).With("page.json", """{ "ok": true, "old": 1 }""");
        Assert.That(await run.RunAsync("collect"), Is.Zero, run.Error);
        run.With("gates/base.yml", Base.Replace("old == 1", "old == 2", StringComparison.Ordinal));

        Assert.That(await run.RunAsync("decide", "gate-report/evidence.json"), Is.EqualTo(1), run.Error);
        Assert.That(run.Out, Does.Contain("was measured by another text of 'gates/base.yml'"));
    }
}
