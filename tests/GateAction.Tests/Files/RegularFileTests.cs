using System.Diagnostics;
using GateAction.Core.Model;
using GateAction.Files;
using GateAction.Tests.EndToEnd;
using GateAction.Tests.Sources;

namespace GateAction.Tests.Files;

/// <summary>What a change under test may put where the gate reads a file.</summary>
[Platform("Linux")]
internal sealed class RegularFileTests
{
    private string _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("gate-files-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void A_regular_file_is_read_through_a_link_that_stays()
    {
        File.WriteAllText(PathOf("data.txt"), "words");
        File.CreateSymbolicLink(PathOf("link.txt"), "data.txt");

        Assert.That(RegularFile.ReadAllBytes(PathOf("link.txt"), 100, _folder), Is.EqualTo("words"u8.ToArray()));
    }

    [Test]
    public void A_named_pipe_is_refused_at_once()
    {
        MakePipe("pipe");

        Assert.That(() => RegularFile.OpenRead(PathOf("pipe")),
            Throws.InstanceOf<IOException>().With.Message.EqualTo("'pipe' is a named pipe; only regular files are read"));
    }

    [TestCase("/dev/zero", "'zero' is a device; only regular files are read")]
    [TestCase("/dev/null", "'null' is a device; only regular files are read")]
    [TestCase("/proc", "'proc' is a folder; only regular files are read")]
    public void What_is_no_regular_file_is_refused(string path, string message)
    {
        Assert.That(() => RegularFile.OpenRead(path), Throws.InstanceOf<IOException>().With.Message.EqualTo(message));
    }

    [TestCase("/proc/self/environ")]
    [TestCase("/etc/passwd")]
    public void A_link_that_leads_out_is_refused(string target)
    {
        File.CreateSymbolicLink(PathOf("link"), target);

        Assert.That(() => RegularFile.OpenRead(PathOf("link"), _folder),
            Throws.InstanceOf<IOException>().With.Message.Contains("leads out of the workspace"));
    }

    [Test]
    public void A_folder_that_leads_out_is_refused()
    {
        var other = Directory.CreateTempSubdirectory("gate-other-").FullName;
        File.WriteAllText(Path.Combine(other, "data.txt"), "words");
        Directory.CreateSymbolicLink(PathOf("sub"), other);

        Assert.That(() => RegularFile.OpenRead(PathOf("sub/data.txt"), _folder),
            Throws.InstanceOf<IOException>().With.Message.Contains("leads out of the workspace"));
        Directory.Delete(other, recursive: true);
    }

    [Test]
    public void A_link_that_is_exchanged_while_it_is_read_never_leads_out()
    {
        File.WriteAllText(PathOf("data.txt"), "words");
        using var over = new CancellationTokenSource();
        var exchange = Task.Run(() =>
        {
            for (var i = 0; !over.IsCancellationRequested; i++)
            {
                File.CreateSymbolicLink(PathOf("next"), i % 2 == 0 ? "/etc/passwd" : "data.txt");
                File.Move(PathOf("next"), PathOf("link"), overwrite: true);
            }
        });

        var read = Enumerable.Range(0, 3000).Select(_ => TryRead(PathOf("link"))).Where(bytes => bytes is not null).ToList();
        over.Cancel();
        exchange.Wait();

        Assert.That(read, Is.All.EqualTo("words"u8.ToArray()));
    }

    [Test]
    public void A_file_that_is_too_large_is_refused()
    {
        File.WriteAllBytes(PathOf("data"), new byte[2049]);

        Assert.That(() => RegularFile.ReadAllBytes(PathOf("data"), 2048),
            Throws.InstanceOf<IOException>().With.Message.EqualTo("'data' is larger than 2 KiB"));
        Assert.That(RegularFile.ReadAllBytes(PathOf("data"), 2049), Has.Length.EqualTo(2049));
    }

    [TestCase("file: pipe")]
    [TestCase("openapi: pipe")]
    [TestCase("log-file: pipe")]
    [TestCase("{ http: 'https://127.0.0.1:9/', ca: pipe }")]
    public async Task No_probe_waits_for_a_pipe(string probe)
    {
        MakePipe("pipe");

        var measured = await ProbeTesting.MeasureAsync(probe.Replace("pipe", Path.GetRelativePath(Path.GetTempPath(), PathOf("pipe")),
            StringComparison.Ordinal));

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unknown));
        Assert.That(measured.Reason, Does.Contain("is a named pipe"));
    }

    [TestCase("results", "unit.failed == 0")]
    [TestCase("coverage", "unit.lines > 10%")]
    public async Task A_report_that_is_a_pipe_or_a_link_that_leads_out_is_not_clean(string section, string condition)
    {
        var other = Directory.CreateTempSubdirectory("gate-other-").FullName;
        File.WriteAllText(Path.Combine(other, "good.xml"), "<testsuite tests=\"1\"><testcase name=\"a\"/></testsuite>");
        Directory.CreateDirectory(PathOf("reports"));
        MakePipe("reports/pipe.xml");
        File.CreateSymbolicLink(PathOf("reports/link.xml"), Path.Combine(other, "good.xml"));
        File.WriteAllText(PathOf("gate.yml"),
            $"version: 1\n{section}: {{ unit: {{ files: reports/*.xml }} }}\ncriteria: {{ green: '{condition}' }}\n");

        var (exit, output, _) = await ProgramRun.InAsync(_folder, _ => null, CancellationToken.None, "run", "--manifest", "gate.yml");

        Assert.That(exit, Is.EqualTo(3), output);
        Assert.That(output, Does.Contain("'pipe.xml' is a named pipe").And.Contain("'link.xml' leads out of the workspace"));
        Directory.Delete(other, recursive: true);
    }

    private byte[]? TryRead(string path)
    {
        try
        {
            return RegularFile.ReadAllBytes(path, 10_000, _folder);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private void MakePipe(string name)
    {
        using var make = Process.Start("mkfifo", [PathOf(name)]);
        make.WaitForExit();
    }

    private string PathOf(string name) => Path.Combine(_folder, name);
}
