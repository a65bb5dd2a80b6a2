using System.Diagnostics;
using GateAction.Files;
using GateAction.Tests.EndToEnd;

namespace GateAction.Tests.Files;

/// <summary>A container writes as root into the workspace of the runner's user, who must be able to remove it.</summary>
[Platform("Linux")]
internal sealed class WorkspaceOwnerTests
{
    private const string RunnersUser = "1001:1002";

    private string _workspace = null!;

    [SetUp]
    public void Create()
    {
        if (!Environment.IsPrivilegedProcess)
            Missing.User("only root can give files away, and the tests are not root's");
        _workspace = Directory.CreateTempSubdirectory("gate-workspace-").FullName;
        Chown(RunnersUser, _workspace);
    }

    [TearDown]
    public void Delete()
    {
        if (_workspace is not null)
            Directory.Delete(_workspace, recursive: true);
    }

    [TestCase("gate-report")]
    [TestCase("out/of/the/way")]
    public async Task Every_file_and_folder_of_a_report_belongs_to_the_workspaces_owner(string folder)
    {
        await File.WriteAllTextAsync(Path.Combine(_workspace, "gate.yml"), """
            version: 1
            probes: { it: { file: gate.yml } }
            criteria: { there: it.exists }
            """);
        Chown(RunnersUser, Path.Combine(_workspace, "gate.yml"));

        var run = await ProgramRun.InAsync(_workspace, _ => null, CancellationToken.None, "run", "--out", folder);

        Assert.That(run.ExitCode, Is.Zero, run.Error);
        var entries = Directory.GetFileSystemEntries(_workspace, "*", SearchOption.AllDirectories);
        Assert.That(entries, Has.Length.GreaterThan(8));
        Assert.That(entries.Where(entry => OwnerOf(entry) != RunnersUser), Is.Empty);
    }

    [Test]
    public void A_folder_that_an_earlier_container_left_to_root_is_given_back_with_those_above_it()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_workspace, "a", "gate-report")).FullName;

        WorkspaceOwner.Of(_workspace).GiveFolders(folder);

        Assert.That((OwnerOf(folder), OwnerOf(Path.Combine(_workspace, "a"))), Is.EqualTo((RunnersUser, RunnersUser)));
    }

    [Test]
    public void What_lies_outside_stays_roots_also_through_a_link()
    {
        var outside = Directory.CreateTempSubdirectory("gate-outside-").FullName;
        try
        {
            Directory.CreateSymbolicLink(Path.Combine(_workspace, "gate-report"), outside);
            var owner = WorkspaceOwner.Of(_workspace);

            owner.GiveFolders(Path.Combine(_workspace, "gate-report"));
            using (var file = File.Create(Path.Combine(_workspace, "gate-report", "evidence.json")))
                owner.Give(file.SafeFileHandle);

            Assert.That((OwnerOf(outside), OwnerOf(Path.Combine(outside, "evidence.json"))), Is.EqualTo(("0:0", "0:0")));
        }
        finally
        {
            Directory.Delete(outside, recursive: true);
        }
    }

    [Test]
    public void What_belongs_to_a_third_user_stays_theirs()
    {
        var path = Path.Combine(_workspace, "theirs");
        using var file = File.Create(path);
        Chown("2000:2000", path);

        WorkspaceOwner.Of(_workspace).Give(file.SafeFileHandle);

        Assert.That(OwnerOf(path), Is.EqualTo("2000:2000"));
    }

    [Test]
    public void In_a_workspace_of_root_everything_stays_roots()
    {
        Chown("0:0", _workspace);
        var path = Path.Combine(_workspace, "report.md");
        using var file = File.Create(path);

        WorkspaceOwner.Of(_workspace).Give(file.SafeFileHandle);

        Assert.That(OwnerOf(path), Is.EqualTo("0:0"));
    }

    private static void Chown(string owner, string path) => Run("chown", owner, path);

    private static string OwnerOf(string path) => Run("stat", "-c", "%u:%g", path).Trim();

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
