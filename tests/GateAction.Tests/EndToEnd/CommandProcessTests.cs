using System.Diagnostics;
using System.Globalization;
using GateAction.Platform;

namespace GateAction.Tests.EndToEnd;

/// <summary>What a <c>command</c> probe runs, beside a gate that is a process of its own: it neither outlives it nor looks into
/// it.</summary>
[Platform("Linux")]
internal sealed class CommandProcessTests
{
    private const string Secret = "s3cr3t-of-the-gate-83164";
    private const string RunnersUser = "1001";

    /// <summary>All that it can read of any process: environments, and the memory that is mapped for writing.</summary>
    private const string Spy = """
        id -u > user
        echo from=$0 > loot
        for process in /proc/[0-9]*; do
          cat $process/environ >> loot
          while read -r range rights rest; do
            case $rights in rw*) ;; *) continue ;; esac
            start=$((0x${range%-*})) end=$((0x${range#*-}))
            [ $((end - start)) -gt 16777216 ] || dd if=$process/mem bs=4096 skip=$((start / 4096)) count=$(((end - start) / 4096)) >> loot
          done < $process/maps
        done 2>/dev/null
        exit 0
        """;

    private static int _sleeps;

    private string _directory = null!;

    [SetUp]
    public void Create() => _directory = Directory.CreateTempSubdirectory("gate-command-").FullName;

    [TearDown]
    public void Delete() => Directory.Delete(_directory, recursive: true);

    [TestCase("KILL")]
    [TestCase("TERM")]
    [TestCase("INT")]
    [TestCase("HUP")]
    [TestCase("QUIT")]
    [CancelAfter(120_000)]
    public async Task Nothing_that_a_command_started_outlives_a_gate_that_is_ended(string signal, CancellationToken cancellation)
    {
        var sleep = NextSleep();
        Write("gate.yml", $$"""
            version: 1
            probes:
              it: { command: [sh, -c, "setsid env -i sh -c 'setsid {{sleep}} & exec {{sleep}}' & {{sleep}}"], timeout: 5m }
            criteria: { ends: it.exit_code == 0 }
            """);
        using var process = GateProcess.Start(_directory, new Dictionary<string, string>(), "run");
        try
        {
            await Eventually.TrueAsync(() => Running(sleep) == 3, "three processes run");

            Send(signal, process.Id);
            await process.WaitForExitAsync(cancellation);

            await Eventually.TrueAsync(() => Running(sleep) == 0, "none of them is left");
        }
        finally
        {
            process.Kill();
        }
    }

    [TestCase("INT")]
    [TestCase("QUIT")]
    [TestCase("TERM")]
    [CancelAfter(120_000)]
    public async Task A_gate_in_the_background_of_a_script_hears_a_signal_that_the_shell_has_it_ignore(string signal,
    CancellationToken cancellation)
    {
        var sleep = NextSleep();
        Write("gate.yml", $$"""
            version: 1
            probes: { it: { command: [{{sleep.Replace(" ", ", '", StringComparison.Ordinal)}}'], timeout: 5m } }
            criteria: { ends: it.exit_code == 0 }
            """);
        using var process = GateProcess.StartIgnoring("INT QUIT TERM", _directory, new Dictionary<string, string>(), "run");
        try
        {
            await Eventually.TrueAsync(() => Running(sleep) == 1, "the command runs");

            Send(signal, process.Id);
            await process.WaitForExitAsync(cancellation);

            Assert.That(process.ExitCode, Is.EqualTo(3), await process.StandardError.ReadToEndAsync(cancellation));
        }
        finally
        {
            process.Kill();
        }
    }

    [TestCase(null, TestName = "A_command_reads_neither_environment_nor_memory_of_the_gate (in a folder of whoever runs it)")]
    [TestCase(RunnersUser, TestName = "A_command_reads_neither_environment_nor_memory_of_the_gate (in a folder of another user)")]
    public async Task A_command_reads_neither_environment_nor_memory_of_the_gate(string? owner)
    {
        Write("spy.sh", Spy);
        Write("gate.yml", """
            version: 1
            secrets: [TOKEN]
            probes: { spy: { command: [sh, spy.sh], timeout: 1m }, uses: { file: "${TOKEN}" } }
            criteria: { ran: spy.exit_code == 0 }
            """);
        if (owner is not null)
            GiveTo(owner);
        var variables = new Dictionary<string, string> { ["GITHUB_TOKEN"] = Secret, ["TOKEN"] = Secret, ["HOME"] = "/root" };

        var run = await GateProcess.RunAsync(_directory, variables, "run");

        Assert.That(run.ExitCode, Is.Zero, run.Out + run.Error);
        var loot = await File.ReadAllBytesAsync(Path.Combine(_directory, "loot"));
        Assert.That(loot.AsSpan().IndexOf("PATH="u8), Is.GreaterThan(0), "its own environment it reads");
        Assert.That(loot.Length, Is.GreaterThan(10_000), "and its own memory");
        Assert.That(loot.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(Secret)), Is.Negative);
        Assert.That((await File.ReadAllTextAsync(Path.Combine(_directory, "user"))).Trim(), Is.EqualTo(owner ?? Whoami()));
    }

    [Test]
    public async Task A_command_has_a_home_that_it_can_write_to_and_that_goes_with_it()
    {
        Write("gate.yml", """
            version: 1
            probes: { it: { command: [sh, -c, "touch $HOME/file && echo \"\\\"$HOME\\\"\""] } }
            criteria: { wrote: it.exit_code == 0 }
            """);
        GiveTo(RunnersUser);

        var run = await GateProcess.RunAsync(_directory, new Dictionary<string, string> { ["HOME"] = "/root" }, "run");

        Assert.That(run.ExitCode, Is.Zero, run.Out + run.Error);
        Assert.That(Directory.GetDirectories(Path.GetTempPath(), "gate-home-*").Where(home => File.Exists(Path.Combine(home, "file"))),
            Is.Empty);
    }

    [Test]
    public async Task The_runtime_leaves_no_door_open_for_debuggers()
    {
        var sleep = NextSleep();
        Write("gate.yml", $$"""
            version: 1
            probes: { it: { command: [sh, -c, "{{sleep}}"], timeout: 5m } }
            criteria: { ends: it.exit_code == 0 }
            """);
        using var process = GateProcess.Start(_directory, new Dictionary<string, string>(), "run");
        try
        {
            await Eventually.TrueAsync(() => Running(sleep) > 0, "the command runs");

            Assert.That(Directory.GetFileSystemEntries(Path.GetTempPath(), $"*-{process.Id}-*"), Is.Empty);
        }
        finally
        {
            process.Kill();
        }
        await Eventually.TrueAsync(() => Running(sleep) == 0, "it has ended with the gate");
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_directory, name), text);

    private void GiveTo(string owner)
    {
        if (!Environment.IsPrivilegedProcess)
            Missing.User("only root can give files away, and the tests are not root's");
        Run("chown", "-R", $"{owner}:{owner}", _directory);
    }

    /// <summary>A command line that no other test has.</summary>
    private static string NextSleep() =>
        $"sleep {300 + Interlocked.Increment(ref _sleeps)}.{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}";

    private static int Running(string commandLine) =>
        ProcessEntry.All().Count(entry =>
        CommandLineOf(entry.Id).EndsWith(commandLine.Replace(' ', '\0') + "\0", StringComparison.Ordinal));

    private static string CommandLineOf(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static string Whoami() => Run("id", "-u").Trim();

    private static void Send(string signal, int process) => Run("kill", $"-{signal}", process.ToString(CultureInfo.InvariantCulture));

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
