using GateAction.StandIns.GitHub;
using GateAction.StandIns.GitHub.State;
using GateAction.Tests.GitHub;

namespace GateAction.Tests.EndToEnd;

/// <summary>Manifests that extend a file of their own repository or of another one, through the whole program.</summary>
internal sealed class ExtendsRunTests
{
    private const string Secret = "ghp_reads_the_gates";

    private const string Own = "version: 1\nname: shop\nextends: gates/base.yml\ncriteria: { few: { and: arch.json.age < 9 } }\n";
    private const string Other = "version: 1\nname: shop\nextends: acme/gates/base.yml@v3\ncriteria: { few: { and: arch.json.age < 9 } }\n";
    private const string Base = "version: 1\nprobes: { arch: { file: compliance.json } }\ncriteria: { few: arch.json.violations < 5 }\n";

    private static readonly string Circle = "version: 1\nextends: acme/gates/base.yml@v3\ncriteria: { a: 'true' }\n";

    private GateScene _scene = null!;
    private OtherRepository _gates = null!;

    private RepositoryState Repository => _scene.GitHub.Repository;

    /// <summary>What is in the other repository or of it, and the words of the sentence.</summary>
    private static readonly (string Name, string? Extends, Action<ExtendsRunTests>? Arrange, string Expected)[] Faults =
    [
        ("no such ref", "acme/gates/base.yml@v9", null, "'acme/gates' has no branch, tag or commit 'v9'"),
        ("no such path", "acme/gates/bass.yml@v3", null, "there is no 'bass.yml' in 'acme/gates' at commit"),
        ("no such repository", "acme/gate/base.yml@v3", null, "there is no repository 'acme/gate', or the token may not read it"),
        ("no right", null, test => test.Replace(test._gates with { Token = "ghp_another" }), "'contents: read' there as 'extends-token'"),
        ("forbidden", null, test => test.Replace(test._gates with { IsForbidden = true }),
            "give a token that may read it as 'extends-token'"),
        ("a tag that moved", $"acme/gates/base.yml@v3#{new string('0', 40)}", null, "it was moved"),
        ("a branch called like a commit", $"acme/gates/base.yml@{new string('a', 40)}", test =>
            test._gates.State.Branches[new string('a', 40)] = test._gates.State.Tags["v3"], "it was moved"),
        ("a folder", null, test => test.Put(("base.yml/in.yml", "x")), "is a folder; a manifest is a file"),
        ("a link", null, test => test.Put(("base.yml", new StoredFile([], "symlink", "x.yml"))), "is a symbolic link to 'x.yml'"),
        ("a submodule", null, test => test.Put(("base.yml", new StoredFile([], "submodule", "x"))), "is a submodule"),
        ("no text", null, test => test.Put(("base.yml", new StoredFile([0xC3, 0x28]))), "is not UTF-8 text"),
        ("a list", null, test => test.Put(("base.yml", "- a\n")), "'acme/gates/base.yml@v3' is no manifest: found a list"),
        ("a text", null, test => test.Put(("base.yml", "hello")), "is no manifest: found 'hello'"),
        ("nothing", null, test => test.Put(("base.yml", "")), "the file is empty"),
        ("no version", null, test => test.Put(("base.yml", "name: a\n")), "is no manifest: it has no 'version: 1'"),
        ("another version", null, test => test.Put(("base.yml", Base.Replace("version: 1", "version: 2"))), "it has no 'version: 1'"),
        ("no YAML", null, test => test.Put(("base.yml", "version: 1\na: [\n")), "acme/gates/base.yml@v3:"),
        ("too large", null, test => test.Put(("base.yml", $"{Base}# {new string('x', 300_000)}\n")), "the file is larger than 256 KiB"),
        ("far too large", null, test => test.Put(("base.yml", $"{Base}# {new string('x', 2_000_000)}\n")), "more than GitHub gives (1 MB)"),
        ("a circle", null, test => test.Put(("base.yml", Circle)), "is a circle"),
        ("too deep", null, test => test.Put([.. Enumerable.Range(0, 12).Select(depth => (depth == 0 ? "base.yml" : $"b{depth}.yml",
            (StoredFile)$"version: 1\nextends: b{depth + 1}.yml\n"))]), "this is number 11 of the files"),
        ("an unknown field", null, test => test.Put(("base.yml", $"{Base}colour: red\n")), "manifest has no field 'colour'"),
        ("a wrong condition", null, test => test.Put(("base.yml", Base.Replace("violations", "violations ("))),
            "acme/gates/base.yml@v3:3:"),
        ("the own repository's deleted file", "gates/base.yml", null, "there is no 'gates/base.yml' at commit"),
        ("a path that leads out", "../../etc/passwd", null, "without '.', '..' or an empty name"),
        ("no text at all", "[a, b]", null, "expected a path from the root of the repository"),
    ];

    private static IEnumerable<TestCaseData> FaultCases =>
        Faults.Select(fault => new TestCaseData(fault.Name).SetArgDisplayNames(fault.Name));

    [SetUp]
    public async Task StartAsync()
    {
        _scene = await GateScene.StartAsync();
        _gates = OtherRepository.Of("acme/gates", Secret);
        _scene.GitHub.Others.Add(_gates);
        Put(("base.yml", Base));
    }

    [TearDown]
    public async Task StopAsync() => await _scene.DisposeAsync();

    [TestCase("""{ "violations": 3, "age": 1 }""", "success")]
    [TestCase("""{ "violations": 3, "age": 10 }""", "failure")]
    [TestCase("""{ "violations": 6, "age": 1 }""", "failure")]
    [TestCase("""{ "violations": 3 }""", "failure")]
    public async Task Both_conditions_hold_wherever_the_extended_file_is(string measured, string expected)
    {
        Repository.AddCommit("main", (".github/gate.yml", Own), ("gates/base.yml", Base));
        await RunAsync(_scene.Job(), measured);
        Repository.AddCommit("main", (".github/gate.yml", Other));
        await RunAsync(_scene.Job(101), measured);

        Assert.That(_scene.FinalStatuses.Select(status => (status.Context, status.State)),
            Is.EqualTo([("gate/shop", expected), ("gate/shop", expected)]), _scene.Error.ToString());
    }

    [TestCaseSource(nameof(FaultCases))]
    public async Task What_cannot_be_read_blocks_with_a_sentence(string name)
    {
        var (_, extends, arrange, expected) = Faults.Single(fault => fault.Name == name);
        arrange?.Invoke(this);
        Repository.AddCommit("main", (".github/gate.yml", Other.Replace("acme/gates/base.yml@v3", extends ?? "acme/gates/base.yml@v3")));

        var exitCode = await RunAsync(_scene.Job());

        Assert.That(exitCode, Is.EqualTo(2), _scene.Error.ToString());
        Assert.That(_scene.Error.ToString(), Does.Contain(expected).And.Not.Contain(Secret).And.Not.Contain("   at "));
        Assert.That(_scene.FinalStatuses.Select(status => (status.Context, status.State)), Is.EqualTo([("gate/shop", "error")]));
        Assert.That(Repository.Comments.Single().Body, Does.Contain("Blocked"));
    }

    [Test]
    public async Task A_commit_that_is_pinned_and_not_moved_is_read([Values("tag", "branch", "commit")] string what)
    {
        var sha = _gates.State.Tags["v3"];
        var reference = what switch { "tag" => $"v3#{sha.ToUpperInvariant()}", "branch" => $"heads/main#{sha}", _ => sha };
        Repository.AddCommit("main", (".github/gate.yml", Other.Replace("@v3", $"@{reference}")));

        Assert.That(await RunAsync(_scene.Job()), Is.Zero, _scene.Error.ToString());
    }

    /// <summary>Comment, page, terminal and verdict.json.</summary>
    [Test]
    public async Task Each_file_is_named_with_its_commit()
    {
        Repository.AddCommit("main", (".github/gate.yml", Other));
        var job = _scene.Job();

        await RunAsync(job);

        var sha = _gates.State.Tags["v3"];
        Assert.That(Repository.Comments.Single().Body,
            Does.Contain("which extends [acme/gates/base.yml@&#8203;v3](").And.Contain($"acme/gates/blob/{sha}/base.yml").And.Contain(
            $"`{sha[..7]}`"));
        Assert.That(_scene.Out.ToString(), Does.Contain($"extends acme/gates/base.yml@v3 at {sha[..7]}"));
        Assert.That(Report(job, "report.html"), Does.Contain("acme/gates/base.yml@v3").And.Contain(sha));
        Assert.That(Report(job, "verdict.json"), Does.Contain($"\"commit\": \"{sha}\"").And.Contain("\"repository\": \"acme/gates\""));
        Assert.That(Report(job, "evidence.json"), Does.Contain($"\"commit\": \"{sha}\""));
    }

    [Test]
    public async Task What_is_off_is_shown_everywhere_with_its_reason()
    {
        Put(("base.yml", $"{Base.TrimEnd(' ', '}', '\n')}, old: arch.json.age < 0 }}\n"));
        Repository.AddCommit("main", (".github/gate.yml", Other.Replace("criteria: {", "criteria: { old: { off: 'not here, #812' },")));
        var job = _scene.Job();

        Assert.That(await RunAsync(job), Is.Zero, _scene.Error.ToString());

        const string Told = "switched off by '.github/gate.yml' (line 4): not here, #812";
        Assert.That(Repository.Comments.Single().Body.Replace("\\", ""),
            Does.Contain("switched off by '.github/gate.yml'").And.Contain("not here"));
        Assert.That(_scene.Out.ToString(), Does.Contain(Told));
        Assert.That(System.Net.WebUtility.HtmlDecode(Report(job, "report.html")), Does.Contain(Told));
        Assert.That(Report(job, "verdict.json"), Does.Contain("\"off\": {").And.Contain("not here, #812"));
        Assert.That(System.Net.WebUtility.HtmlDecode(Report(job, "criteria.junit.xml")), Does.Contain(Told));
    }

    [Test]
    public async Task A_change_of_an_extended_file_is_a_preview([Values] bool isStricter)
    {
        Repository.AddCommit("main", (".github/gate.yml", Own), ("gates/base.yml", Base));
        _scene.Pull.HeadSha = Repository.AddCommit("feature",
            (".github/gate.yml", Own), ("gates/base.yml", Base.Replace("< 5", isStricter ? "< 1" : "< 99"))).Sha;
        _scene.Pull.Files.Add("gates/base.yml");

        await RunAsync(_scene.Job(), isStricter ? """{ "violations": 3, "age": 1 }""" : """{ "violations": 7, "age": 1 }""");

        Assert.That(_scene.FinalStatuses.Single().State, Is.EqualTo(isStricter ? "success" : "failure"));
        Assert.That(Repository.Comments.Single().Body,
            Does.Contain("this change edits 'gates/base.yml', which '.github/gate.yml' extends").And.Contain("does not count"));
    }

    [Test]
    public async Task A_changes_own_manifest_reads_no_repository_that_its_base_does_not_name()
    {
        Repository.AddCommit("main", (".github/gate.yml", Own), ("gates/base.yml", Base));
        _scene.Pull.HeadSha = Repository.AddCommit("feature", (".github/gate.yml", Other)).Sha;
        _scene.Pull.Files.Add(".github/gate.yml");

        await RunAsync(_scene.Job());

        Assert.That(_scene.FinalStatuses.Single().State, Is.EqualTo("success"), _scene.Error.ToString());
        Assert.That(_scene.GitHub.Requests.Select(request => request.Path), Has.None.Contains("acme"));
        Assert.That(Repository.Comments.Single().Body, Does.Contain("is read once this is merged"));
    }

    [Test]
    public async Task The_token_for_other_repositories_goes_to_the_API_and_nowhere_else()
    {
        Repository.AddCommit("main", (".github/gate.yml", Other));

        await RunAsync(_scene.Job());

        Assert.That(_scene.GitHub.Requests.Where(request => request.Token == Secret).Select(request => request.Path),
            Is.Not.Empty.And.All.StartsWith("/repos/acme/gates"));
        Assert.That(_scene.GitHub.Requests.Where(request => request.Path.StartsWith("/repos/acme", StringComparison.Ordinal))
            .Select(request => request.Token),
            Has.All.EqualTo(Secret));
        Assert.That($"{_scene.Out}{_scene.Error}{Repository.Comments.Single().Body}", Does.Not.Contain(Secret));
    }

    [TestCase("same", 0)]
    [TestCase("moved", 2)]
    [TestCase("commented", 2)]
    [TestCase("extends nothing any more", 2)]
    public async Task A_file_that_moved_between_collect_and_decide_is_not_mixed(string what, int expected)
    {
        Repository.AddCommit("main", (".github/gate.yml", Other));
        var job = _scene.Job();
        Assert.That(await RunAsync(job, command: ["collect"]), Is.Zero, _scene.Error.ToString());
        if (what == "extends nothing any more")
            Repository.AddCommit("main", (".github/gate.yml", Base.Replace("probes", "name: shop\nprobes")));
        else if (what != "same")
            Put(("base.yml", what == "moved" ? Base.Replace("< 5", "< 50") : $"# a comment\n{Base}"));

        var decided = await RunAsync(job, command: ["decide", "gate-report/evidence.json"]);
        var published = await RunAsync(job, command: ["publish", "gate-report/evidence.json"]);

        Assert.That((decided, published), Is.EqualTo((expected, expected)), _scene.Error.ToString());
        Assert.That(_scene.FinalStatuses.Single().State, Is.EqualTo(expected == 0 ? "success" : "error"));
        if (expected != 0)
            Assert.That(_scene.Error.ToString(), Does.Contain("measure again"));
    }

    [Test]
    public async Task A_file_of_the_own_repository_at_a_ref_is_read_with_its_own_token()
    {
        Repository.AddCommit("main", ("base.yml", Base));
        Repository.Tags["v1"] = Repository.Branches["main"];
        Repository.AddCommit("main", (".github/gate.yml", Other.Replace("acme/gates/base.yml@v3", "Octo-Org/shop/base.yml@v1")));

        Assert.That(await RunAsync(_scene.Job()), Is.Zero, _scene.Error.ToString());
        Assert.That(_scene.GitHub.Requests.Select(request => request.Token), Has.None.EqualTo(Secret));
    }

    [Test]
    public async Task A_manifest_of_the_checkout_extends_what_is_in_the_checkout()
    {
        Repository.AddCommit("main", (".github/gate.yml", Own), ("gates/base.yml", Base));
        var job = _scene.Job();
        Directory.CreateDirectory(Path.Combine(job.Directory, "gates"));
        Directory.CreateDirectory(Path.Combine(job.Directory, ".github"));
        await File.WriteAllTextAsync(Path.Combine(job.Directory, ".github", "gate.yml"), Own);
        await File.WriteAllTextAsync(Path.Combine(job.Directory, "gates", "base.yml"), Base.Replace("< 5", "< 1"));

        Assert.That(await RunAsync(job, command: ["run", "--manifest-from", "workspace"]), Is.EqualTo(1), _scene.Error.ToString());
    }

    private void Put(params (string Path, StoredFile File)[] files) => _gates.State.Tags["v3"] = _gates.State.AddCommit("main", files).Sha;

    private void Replace(OtherRepository other)
    {
        _scene.GitHub.Others.Clear();
        _scene.GitHub.Others.Add(other);
    }

    private static string Report(StandInJob job, string name) => File.ReadAllText(Path.Combine(job.Directory, "gate-report", name));

    private async Task<int> RunAsync(StandInJob job, string measured = """{ "violations": 3, "age": 1 }""", params string[] command)
    {
        await File.WriteAllTextAsync(Path.Combine(job.Directory, "compliance.json"), measured);
        var shell = _scene.Shell(job);
        return await Program.RunAsync(
            command is [] ? ["run"] : command,
            shell with
            {
                Environment = name => name == "INPUT_EXTENDS-TOKEN" ? Secret : shell.Environment(name),
            },
            CancellationToken.None);
    }
}
