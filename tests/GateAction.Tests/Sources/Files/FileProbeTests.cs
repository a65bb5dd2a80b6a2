using System.Diagnostics;
using System.Text;
using GateAction.Core.Model;

namespace GateAction.Tests.Sources.Files;

internal sealed class FileProbeTests
{
    private string _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("gate-file-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task A_JSON_file_gives_every_fact()
    {
        Write("compliance.json", """{ "score": 98.7, "checks": ["a"] }""");
        var time = new FakeTimeProvider(new(File.GetLastWriteTimeUtc(Path.Combine(_folder, "compliance.json")) + TimeSpan.FromSeconds(42)));

        var measured = await ProbeTesting.MeasureAsync($"file: {Path.Combine(_folder, "compliance.json")}", time: time);

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured), measured.Reason);
        Assert.Multiple(() =>
        {
            Assert.That(measured.Reason, Is.Null);
            Assert.That(measured.Subject, Does.EndWith("compliance.json"));
            Assert.That(measured.Fact("exists").IsTrue);
            Assert.That(measured.Fact("size").AsInt, Is.EqualTo(34));
            Assert.That(measured.Fact("json.score").AsDouble, Is.EqualTo(98.7));
            Assert.That(measured.Fact("text").AsString, Does.StartWith("{ \"score\""));
            Assert.That(measured.Fact("age").Seconds, Is.EqualTo(42));
        });
    }

    [Test]
    public async Task A_YAML_file_is_read_with_the_types_of_JSON()
    {
        Write("values.yaml", "replicas: 3\nready: true\nname: on\nratio: 0.5\nempty:\nports: [80, 443]\n");

        var measured = await MeasureAsync("values.yaml");

        Assert.Multiple(() =>
        {
            Assert.That(measured.Fact("json.replicas").AsInt, Is.EqualTo(3));
            Assert.That(measured.Fact("json.ready").IsTrue);
            Assert.That(measured.Fact("json.name").AsString, Is.EqualTo("on"));
            Assert.That(measured.Fact("json.ratio").AsDouble, Is.EqualTo(0.5));
            Assert.That(measured.Fact("json.empty").Kind, Is.EqualTo(GateAction.Cel.Values.ValueKind.Null));
            Assert.That(measured.Fact("json.ports").AsList, Has.Count.EqualTo(2));
        });
    }

    [Test]
    public async Task A_missing_file_is_measured_and_all_but_one_fact_is_missing_with_it()
    {
        var measured = await MeasureAsync("nothing.json");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured));
        Assert.That(measured.Fact("exists").IsFalse);
        Assert.That(measured.Reason, Does.Match("^there is no file '.*nothing.json'$"));
        Assert.That(measured.HasFact("json") || measured.HasFact("text") || measured.HasFact("size"), Is.False);
    }

    private static IEnumerable<TestCaseData> Contents()
    {
        yield return Case("truncated.json", "{ \"score\": ", @"is not JSON \(line 1, byte \d+\)$");
        yield return Case("empty.json", "", "is empty, so there is no JSON in it$");
        yield return Case("twice.json", "{\"a\": 1, \"a\": 2}", "is not JSON that can be read: a key stands twice$");
        yield return Case("nan.json", "{\"a\": NaN}", @"is not JSON \(line 1, byte 7\)$");
        yield return Case("deep.json", new string('[', 100_000), "is JSON that is nested more than 64 levels deep, which is not read$");
        yield return Case("empty.yaml", "\n", "is empty, so there is no YAML in it$");
        yield return Case("twice.yaml", "a: 1\na: 2\n", @"is no YAML that can be read \(line 2: key 'a' stands here a second time");
        yield return Case("deep.yaml", new string('[', 100_000), "is no YAML that can be read");
        yield return Case("bomb.yaml",
            "a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d "
            + "[*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\n", "is no YAML that can be read");
        yield return Case("tag.yaml", "a: !Ref b\n", @"is no YAML that can be read \(line 1: tag '!Ref' has no meaning here");
        yield return Case("merge.yaml", "<<: 1\n", "a merge key takes a mapping or a list of mappings");
        yield return Case("latin1.json", Encoding.Latin1.GetBytes("{\"name\": \"caf\u00e9\"}"), "^the file is no text in UTF-8$");
        yield return Case("large.json", Encoding.ASCII.GetBytes(new string(' ', 1024 * 1024) + "1"),
            "^the file is larger than 1024 KiB, too large to be read as a text$");

        static TestCaseData Case(string name, object content, string reason) =>
            new TestCaseData(name, content as byte[] ?? Encoding.UTF8.GetBytes((string)content), reason).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Contents))]
    public async Task What_cannot_be_read_is_missing_and_says_why(string name, byte[] content, string reason)
    {
        File.WriteAllBytes(Path.Combine(_folder, name), content);

        var measured = await MeasureAsync(name);

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured));
        Assert.That(measured.Fact("size").AsInt, Is.EqualTo(content.Length));
        Assert.That(measured.HasFact("json"), Is.False);
        Assert.That(measured.Reason, Does.Match(reason));
    }

    [Test]
    public async Task A_byte_order_mark_says_the_encoding()
    {
        File.WriteAllText(Path.Combine(_folder, "utf16.json"), "{\"name\": \"caf\u00e9\"}", Encoding.Unicode);

        var measured = await MeasureAsync("utf16.json");

        Assert.That(measured.Fact("json.name").AsString, Is.EqualTo("caf\u00e9"));
    }

    [Test]
    public async Task What_a_YAML_file_merges_is_a_part_of_it()
    {
        File.WriteAllText(Path.Combine(_folder, "compose.yml"),
            "x: &all { restart: always, user: root }\nservices: { web: { <<: *all, user: web } }\n");

        var measured = await MeasureAsync("compose.yml");

        Assert.That(measured.Fact("json.services.web.restart").AsString, Is.EqualTo("always"));
        Assert.That(measured.Fact("json.services.web.user").AsString, Is.EqualTo("web"));
    }

    [Test]
    public async Task A_directory_is_no_evidence()
    {
        var measured = await ProbeTesting.MeasureAsync($"file: {_folder}");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unknown));
        Assert.That(measured.Reason, Is.EqualTo($"'{_folder}' is a directory; the path of a file is accepted"));
    }

    [TestCase("../../etc/hostname")]
    [TestCase("link-to-file")]
    [TestCase("link-to-folder/hostname")]
    [TestCase("chain")]
    public void A_relative_path_stays_within_the_workspace(string path)
    {
        File.CreateSymbolicLink(Path.Combine(_folder, "link-to-file"), "/etc/hostname");
        File.CreateSymbolicLink(Path.Combine(_folder, "link-to-folder"), "/etc");
        File.CreateSymbolicLink(Path.Combine(_folder, "chain"), "link-to-file");

        var resolved = Assert.Throws<GateAction.Sources.NoEvidenceException>(() =>
            GateAction.Sources.Files.WorkspacePath.Resolve(_folder, path));

        Assert.That(resolved!.Message,
            Does.Match($"^'{path}' leads out of the workspace, to '.*/etc/hostname'; write the absolute path where that is meant$"));
    }

    [Test]
    public void A_link_within_the_workspace_is_followed_and_a_circle_of_links_ends()
    {
        Write("real.json", "1");
        File.CreateSymbolicLink(Path.Combine(_folder, "inner"), "real.json");
        File.CreateSymbolicLink(Path.Combine(_folder, "a"), "b");
        File.CreateSymbolicLink(Path.Combine(_folder, "b"), "a");

        Assert.That(GateAction.Sources.Files.WorkspacePath.Resolve(_folder, "inner"), Is.EqualTo(Path.Combine(_folder, "inner")));
        Assert.That(() => GateAction.Sources.Files.WorkspacePath.Resolve(_folder, "a"),
            Throws.InstanceOf<IOException>().With.Message.EndsWith("goes through more than 40 links"));
    }

    [Test]
    [Platform("Linux")]
    public async Task A_named_pipe_without_a_writer_does_not_hang_the_gate()
    {
        var pipe = Path.Combine(_folder, "pipe");
        Process.Start("mkfifo", pipe).WaitForExit();

        var measured = await ProbeTesting.MeasureAsync($"file: {pipe}");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unknown));
        Assert.That(measured.Reason, Is.EqualTo($"'{pipe}' could not be read: 'pipe' is a named pipe; only regular files are read"));
    }

    [Test]
    [Platform("Linux")]
    public async Task A_device_is_not_read()
    {
        var measured = await ProbeTesting.MeasureAsync("file: /dev/zero");

        Assert.That(measured.Reason, Is.EqualTo("'/dev/zero' could not be read: 'zero' is a device; only regular files are read"));
    }

    [Test]
    public async Task A_file_that_comes_later_can_be_waited_for()
    {
        var path = Path.Combine(_folder, "later.json");
        var time = new SkippingTime { Paused = () => File.WriteAllText(path, "{\"done\": true}") };
        var source = ProbeTesting.SourceOf("probe", $"{{ file: {path}, wait: {{ until: exists && json.done, every: 10s, within: 40s }} }}");

        var measured = (await ProbeTesting.CollectAsync([source], time: time)).Measurements["probe"];

        Assert.That(measured.Fact("json.done").IsTrue, measured.Reason);
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);

    private Task<Measurement> MeasureAsync(string name) => ProbeTesting.MeasureAsync($"file: {Path.Combine(_folder, name)}");
}
