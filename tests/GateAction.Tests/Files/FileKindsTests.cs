using System.Diagnostics;
using GateAction.Files;
using GateAction.Tests.EndToEnd;

namespace GateAction.Tests.Files;

/// <summary>Every place where the program reads or writes a file, with everything that may stand there instead of one.</summary>
[Platform("Linux")]
internal sealed class FileKindsTests
{
    private static readonly string[] Kinds = ["pipe", "device", "proc", "out", "folder", "ring", "dangling"];

    // Each reader with the manifest, the arguments, and the file that it reads.
    private static readonly (string Reader, string Manifest, string[] Args, string File)[] Readers =
    [
        ("results", "results: { x: { files: 'in/*' } }\ncriteria: { a: x.failed == 0 }", ["run"], "in/a.xml"),
        ("coverage", "coverage: { x: { files: 'in/*' } }\ncriteria: { a: x.lines >= 0 }", ["run"], "in/a.xml"),
        ("file", "probes: { x: { file: in.json } }\ncriteria: { a: x.exists || !x.exists }", ["run"], "in.json"),
        ("log-file", "probes: { x: { log-file: in.log, min-lines: 0 } }\ncriteria: { a: x.total >= 0 }", ["run"], "in.log"),
        ("openapi", "probes: { x: { openapi: in.json } }\ncriteria: { a: x.count >= 0 }", ["run"], "in.json"),
        ("ca", "probes: { x: { http: 'https://127.0.0.1:1/', ca: in.pem, attempts: 1 } }\ncriteria: { a: '!x.ok || x.ok' }", ["run"],
            "in.pem"),
        ("manifest", "", ["run"], "gate.yml"),
        ("evidence", "probes: { x: { file: gate.yml } }\ncriteria: { a: x.exists }", ["decide", "in.json"], "in.json"),
        ("baseline", "probes: { x: { file: gate.yml } }\ncriteria: { a: x.exists }", ["run", "--baseline", "in.json"], "in.json"),
        ("eval", "", ["eval", "1 == 1", "--evidence", "in.json"], "in.json"),
        ("results command", "", ["results", "in.xml"], "in.xml"),
    ];

    private string _folder = null!;
    private string _other = null!;

    private static IEnumerable<TestCaseData> Cells => Readers.SelectMany(reader => Kinds.Select(kind =>
        new TestCaseData(reader.Reader, kind).SetName($"{reader.Reader} | {kind}")));

    [SetUp]
    public void CreateFolders()
    {
        _folder = Directory.CreateTempSubdirectory("gate-kinds-").FullName;
        _other = Directory.CreateTempSubdirectory("gate-other-").FullName;
        File.WriteAllText(Path.Combine(_other, "file"), "{}");
    }

    [TearDown]
    public void DeleteFolders()
    {
        Directory.Delete(_folder, recursive: true);
        Directory.Delete(_other, recursive: true);
    }

    [TestCaseSource(nameof(Cells))]
    [CancelAfter(120_000)]
    public async Task No_reader_takes_what_is_no_regular_file_of_the_workspace(string name, string kind, CancellationToken deadline)
    {
        var (_, manifest, args, file) = Readers.Single(reader => reader.Reader == name);
        if (manifest.Length > 0)
            File.WriteAllText(PathOf("gate.yml"), $"version: 1\n{manifest}\n");
        Put(kind, PathOf(file));

        var run = await ProgramRun.InAsync(_folder, _ => null, deadline, args);

        Assert.That(run.ExitCode, Is.Not.Zero, $"{run.Out}{run.Error}");
        Assert.That(run.Out + run.Error, Does.Not.Contain("bug in gate").And.Not.Contains("   at ").And.Not.Contains("root:"));
    }

    [TestCase("pipe")]
    [TestCase("out")]
    [TestCase("dangling")]
    [TestCase("ring")]
    public void What_stands_in_a_reports_place_is_replaced_and_not_written_to(string kind)
    {
        Put(kind, PathOf("report.md"));

        using (var file = NewFile.Beside(PathOf("report.md"), _folder))
        {
            file.Stream.Write("words"u8);
            file.Keep();
        }

        Assert.That(File.ReadAllText(PathOf("report.md")), Is.EqualTo("words"));
        Assert.That(new FileInfo(PathOf("report.md")).LinkTarget, Is.Null);
        Assert.That(File.ReadAllText(Path.Combine(_other, "file")), Is.EqualTo("{}"));
        Assert.That(Directory.GetFileSystemEntries(_folder), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Each_report_file_replaces_the_link_in_its_place()
    {
        File.WriteAllText(PathOf("gate.yml"), "version: 1\nprobes: { x: { file: gate.yml } }\ncriteria: { a: x.exists }\n");
        await ProgramRun.InAsync(_folder, _ => null, CancellationToken.None, "run");
        var names = Directory.GetFiles(PathOf("gate-report")).Select(file => Path.GetFileName(file)).ToArray();
        foreach (var name in names)
        {
            File.Delete(PathOf($"gate-report/{name}"));
            File.CreateSymbolicLink(PathOf($"gate-report/{name}"), Path.Combine(_other, "file"));
        }

        var run = await ProgramRun.InAsync(_folder, _ => null, CancellationToken.None, "run");

        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(names, Has.Length.GreaterThan(5));
        Assert.That(names.Where(name => new FileInfo(PathOf($"gate-report/{name}")).LinkTarget is not null), Is.Empty);
        Assert.That(File.ReadAllText(Path.Combine(_other, "file")), Is.EqualTo("{}"));
    }

    [Test]
    public async Task A_report_folder_that_leads_out_gets_nothing()
    {
        File.WriteAllText(PathOf("gate.yml"), "version: 1\nprobes: { x: { file: gate.yml } }\ncriteria: { a: x.exists }\n");
        Directory.CreateSymbolicLink(PathOf("gate-report"), _other);

        var run = await ProgramRun.InAsync(_folder, _ => null, CancellationToken.None, "run");

        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain("leads out of the workspace"));
        Assert.That(Directory.GetFileSystemEntries(_other), Has.Length.EqualTo(1));
    }

    [Test]
    public void A_linked_folder_inside_is_read_once_and_one_that_leads_out_is_said()
    {
        Write("build/out/a.xml");
        Write("results/run-5/b.xml");
        Directory.CreateSymbolicLink(PathOf("results/latest"), "run-5");
        Directory.CreateSymbolicLink(PathOf("results/built"), PathOf("build/out"));
        Directory.CreateSymbolicLink(PathOf("build/out/ring"), PathOf("build"));

        var found = FileSearch.Search(_folder, ["results/**/*.xml"]);

        Assert.That(found.Files.Select(file => Path.GetRelativePath(_folder, file)),
            Is.EqualTo(["results/built/a.xml", "results/run-5/b.xml"]));
        Assert.That(found.Unread, Is.Empty);
        File.WriteAllText(Path.Combine(_other, "c.xml"), "");
        Directory.CreateSymbolicLink(PathOf("results/away"), _other);
        Assert.That(FileSearch.Search(_folder, ["results/**/*.xml"]).Unread,
            Has.One.Contains("'results/away' is a link that leads out of the workspace"));
    }

    [TestCase("Report.xml", "report.xml")]
    [TestCase("caf\u00e9.xml", "cafe\u0301.xml")]
    [TestCase("a.xml", "a\\b.xml")]
    [TestCase("a.xml", "a .xml")]
    [TestCase("a.xml", "con.xml")]
    [TestCase("a.xml", "a\nb.xml")]
    public void Names_that_differ_are_two_files(string one, string other)
    {
        Write($"results/{one}");
        Write($"results/{other}");

        Assert.That(FileSearch.Find(_folder, ["results/*.xml"]), Has.Count.EqualTo(2));
    }

    private string PathOf(string name) => Path.Combine(_folder, name);

    private void Write(string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllText(PathOf(name), "");
    }

    private void Put(string kind, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        switch (kind)
        {
            case "pipe":
                using (var mkfifo = Process.Start("mkfifo", path))
                    mkfifo.WaitForExit();
                break;
            case "folder":
                Directory.CreateDirectory(path);
                break;
            default:
                File.CreateSymbolicLink(path, kind switch
                {
                    "device" => "/dev/zero",
                    "proc" => "/proc/self/environ",
                    "ring" => path,
                    "dangling" => Path.Combine(_other, "nothing"),
                    _ => Path.Combine(_other, "file"),
                });
                break;
        }
    }
}
