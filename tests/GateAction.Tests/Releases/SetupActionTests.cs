using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using GateAction.Tests.EndToEnd;

namespace GateAction.Tests.Releases;

/// <summary>What <c>setup/</c> puts on the PATH, and what it refuses; with releases that are files here.</summary>
[Platform("Linux", Reason = "the scripts of a runner, with bash")]
internal sealed class SetupActionTests
{
    private const string Archive = "gate-1.2.3-linux-x64.tar.gz";

    private string _folder = "";

    [SetUp]
    public void Create()
    {
        _folder = Directory.CreateTempSubdirectory("gate-setup-").FullName;
        Directory.CreateDirectory(Path.Combine(_folder, "release"));
        WriteArchive(Archive, "#!/bin/sh\necho 1.2.3+abc\n");
        WriteChecksums(Archive);
    }

    [TearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task A_release_is_put_on_the_path_and_what_was_checked_is_said()
    {
        var run = await InstallAsync();

        Assert.That(run.Out, Does.StartWith("gate 1.2.3 for linux-x64, from the release; checked: its checksum (came with the release); "
            + "not its attestation, because it comes from download-url."));
        var place = File.ReadAllText(Path.Combine(_folder, "path")).Trim();
        Assert.That(File.Exists(Path.Combine(place, "gate")), Is.True);
        Assert.That(File.ReadAllText(Path.Combine(_folder, "output")), Does.StartWith($"version=1.2.3\npath={place}\nchecked="));
    }

    [Test]
    public async Task A_second_run_takes_it_from_the_cache_and_checks_it_again()
    {
        await InstallAsync();
        File.Delete(Path.Combine(_folder, "release", Archive));

        Assert.That((await InstallAsync()).Out, Does.StartWith("gate 1.2.3 for linux-x64, from the cache; checked: its checksum"));
    }

    [Test]
    public async Task A_cache_that_was_tampered_with_is_not_believed()
    {
        await InstallAsync();
        File.AppendAllText(Path.Combine(_folder, "tools", "gate", "1.2.3", "linux-x64", Archive), "x");

        Assert.That((await InstallAsync()).Out, Does.StartWith("gate 1.2.3 for linux-x64, from the release;"));
    }

    [Test]
    public async Task An_archive_that_is_not_what_was_released_is_not_installed()
    {
        WriteArchive(Archive, "#!/bin/sh\necho evil\n");

        var run = await InstallAsync();

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Out, Does.Contain("is not what was released: its SHA-256 is").And.Contain("Nothing was installed."));
        Assert.That(File.Exists(Path.Combine(_folder, "path")), Is.False);
    }

    [TestCase("main", "X64", "'main' is no version of gate. Use a released tag of this action")]
    [TestCase("", "X64", "'none' is no version of gate. Use a released tag of this action")]
    [TestCase("1.2.3", "S390X", "gate is not built for linux-S390X; there is linux-x64, linux-arm64, osx-arm64 and win-x64.")]
    [TestCase("1.2.3", "ARM64", "the checksums of version 1.2.3 know no gate-1.2.3-linux-arm64.tar.gz")]
    [TestCase("9.9.9", "X64", "SHA256SUMS of version 9.9.9 could not be fetched from file://")]
    public async Task What_cannot_be_installed_is_told_in_a_sentence(string version, string architecture, string sentence)
    {
        if (version == "9.9.9")
            File.Delete(Path.Combine(_folder, "release", "SHA256SUMS"));

        var run = await InstallAsync(version, architecture);

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Out, Does.Contain("::error title=gate setup::").And.Contain(sentence));
    }

    [Test]
    public void What_the_runner_knows_of_the_event_is_handed_over_as_the_container_action_gets_it()
    {
        static string Events(string file) =>
            string.Join('\n', File.ReadLines(Path.Combine(TestFiles.Repository, file))
                .SkipWhile(line => !line.StartsWith("  event-", StringComparison.Ordinal))
                .TakeWhile(line => line.StartsWith("  ", StringComparison.Ordinal)));

        var setup = File.ReadAllText(Path.Combine(TestFiles.Repository, "setup", "action.yml"));
        var names = Events("action.yml").Split('\n').Where(line => line.StartsWith("  event-", StringComparison.Ordinal))
            .Select(line => line.Trim(' ', ':')).ToList();

        Assert.That(names, Is.Not.Empty);
        Assert.That(Events("setup/action.yml"), Is.EqualTo(Events("action.yml")));
        foreach (var name in names)
            Assert.That(setup, Does.Contain($"        INPUT_{name.ToUpperInvariant()}: ${{{{ inputs.{name} }}}}\n"));
    }

    private Task<ProgramRun> InstallAsync(string version = "1.2.3", string architecture = "X64") => GateProcess.RunAsync(
        ["bash", Path.Combine(TestFiles.Repository, "setup", "install.sh")],
        _folder,
        new Dictionary<string, string>
        {
            ["VERSION"] = version,
            ["REPOSITORY"] = "example/gate-action",
            ["SERVER_URL"] = "https://github.com",
            ["DOWNLOAD_URL"] = $"file://{_folder}/release",
            ["TOOL_CACHE"] = Path.Combine(_folder, "tools"),
            ["RUNNER_OS"] = "Linux",
            ["RUNNER_ARCH"] = architecture,
            ["GITHUB_PATH"] = Path.Combine(_folder, "path"),
            ["GITHUB_OUTPUT"] = Path.Combine(_folder, "output"),
        });

    private void WriteArchive(string name, string program)
    {
        using var file = File.Create(Path.Combine(_folder, "release", name));
        using var packed = new GZipStream(file, CompressionLevel.Fastest);
        using var tar = new TarWriter(packed);
        tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, "./gate")
        {
            DataStream = new MemoryStream(Encoding.UTF8.GetBytes(program)),
            Mode = UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite,
        });
    }

    private void WriteChecksums(string name)
    {
        var release = Path.Combine(_folder, "release");
        var hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(release, name))));
        File.WriteAllText(Path.Combine(release, "SHA256SUMS"), $"{hash}  {name}\n");
    }
}
