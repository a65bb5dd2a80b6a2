using GateAction.Commands;
using GateAction.Surroundings;

namespace GateAction.Tests.Commands;

/// <summary><c>gate validate --watch</c>, with editors that write, replace, move away and delete.</summary>
internal sealed class ManifestWatchTests
{
    private const string Good = "version: 1\nprobes: { b: { file: x.txt } }\ncriteria: { a: b.exists }\n";
    private static readonly string Bad = Good.Replace("b.exists", "b.exits", StringComparison.Ordinal);

    private readonly FakeTimeProvider _time = new();
    private DirectoryInfo _folder = null!;
    private CancellationTokenSource _stop = null!;
    private TextWriter _out = null!;
    private StringWriter _written = null!;

    private string Manifest => Path.Combine(_folder.FullName, "gate.yml");

    [SetUp]
    public void Prepare()
    {
        _folder = Directory.CreateTempSubdirectory("gate-");
        _stop = new();
        _written = new();
        _out = TextWriter.Synchronized(_written);
    }

    [TearDown]
    public void Remove()
    {
        _stop.Dispose();
        _out.Dispose();
        _written.Dispose();
        _folder.Delete(recursive: true);
    }

    [Test]
    public async Task Each_change_is_told_and_the_last_one_is_the_exit_code([Values] bool endsWell)
    {
        File.WriteAllText(Manifest, endsWell ? Bad : Good);
        var watching = StartAsync("validate", "--watch");
        await SaysAsync(endsWell ? "1 problem\n" : "no problems\n", 1);

        File.WriteAllText(Manifest, endsWell ? Good : Bad);
        await SaysAsync(endsWell ? "no problems\n" : "1 problem\n", 1);

        await _stop.CancelAsync();
        Assert.That(await watching, Is.EqualTo(endsWell ? 0 : 2));
    }

    [Test]
    public async Task An_editor_may_replace_move_or_delete_the_file()
    {
        var watching = StartAsync("validate", "--watch", "gate.yml");
        await SaysAsync("there is no manifest 'gate.yml'", 1);
        File.WriteAllText(Manifest, Good);
        await SaysAsync("no problems\n", 1);

        File.WriteAllText(Manifest + ".swp", Bad);
        File.Move(Manifest + ".swp", Manifest, overwrite: true);
        await SaysAsync("1 problem\n", 1);
        File.Move(Manifest, Manifest + "~");
        await SaysAsync("there is no manifest 'gate.yml'", 2);
        File.Move(Manifest + "~", Manifest);
        await SaysAsync("1 problem\n", 2);
        // As long and of the same time: only what it says tells the two apart.
        var time = File.GetLastWriteTimeUtc(Manifest);
        File.WriteAllText(Manifest, Bad.Replace("b.exits", "b.exist", StringComparison.Ordinal));
        File.SetLastWriteTimeUtc(Manifest, time);
        await SaysAsync("'exist'; did you mean", 1);

        await _stop.CancelAsync();
        Assert.That(await watching, Is.EqualTo(2));
    }

    [Test]
    public async Task A_file_that_is_still_being_written_is_waited_for_and_what_is_the_same_is_not_told_twice()
    {
        File.WriteAllText(Manifest, Good);
        var watching = StartAsync("validate", "--watch");
        await SaysAsync("no problems\n", 1);

        File.WriteAllText(Manifest, "version: 1\n");
        _time.Advance(ManifestWatch.Pace);
        File.WriteAllText(Manifest, Good);
        File.WriteAllText(Path.Combine(_folder.FullName, "gate.yaml"), "version: 2\n");
        await SaysAsync("no problems\n", 2);

        await _stop.CancelAsync();
        Assert.That(await watching, Is.Zero);
        Assert.That(Said("problem\n"), Is.Zero);
    }

    [TestCase("'--watch' and '--json' contradict each other", "--json")]
    [TestCase("'-' is the input, which does not change", "-")]
    public async Task What_cannot_be_watched_is_refused(string expected, string argument)
    {
        using var run = new CommandRun().With("gate.yml", Good);

        Assert.That(await run.RunAsync("validate", "--watch", argument), Is.EqualTo(2));
        Assert.That(run.Error, Does.StartWith($"gate: {expected}"));
    }

    private Task<int> StartAsync(params string[] args) => Task.Run(() => Program.RunAsync(
        args,
        new Shell(TextReader.Null, _out, _out, _ => null, _folder.FullName, _time, IsTerminal: false, Width: 100),
        _stop.Token));

    private string Written()
    {
        // The synchronized writer locks itself while it writes.
        lock (_out)
            return _written.ToString();
    }

    private int Said(string text) => Written().ReplaceLineEndings("\n").Split(text).Length - 1;

    private Task SaysAsync(string text, int times) => Eventually.TrueAsync(
        () =>
        {
            _time.Advance(ManifestWatch.Pace);
            return Said(text) >= times;
        },
        $"'{text}' is said {times} times");
}
