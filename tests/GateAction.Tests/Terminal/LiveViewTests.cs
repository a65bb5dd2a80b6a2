using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Sources;
using GateAction.Surroundings;
using GateAction.Terminal;
using GateAction.Tests.Documents;

namespace GateAction.Tests.Terminal;

internal sealed class LiveViewTests
{
    [TestCase(60)]
    [TestCase(120)]
    public void The_table_shows_what_each_source_is_doing_and_came_to(int width)
    {
        var time = new FakeTimeProvider(new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        var shell = Scene.Of(width, time: time);
        var table = new LiveTable(shell);
        foreach (var progress in Run(time))
            table.Report(progress);

        TerminalConsole.Of(shell, shell.Out).Write(table.Draw());

        Snapshot.Match(shell.Out.ToString()!, name: $"{width}");
    }

    [Test]
    public async Task Without_a_terminal_each_source_gets_a_line_and_a_slow_one_several()
    {
        var time = new FakeTimeProvider(new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        var shell = Scene.Of(time: time);
        var evidence = SampleEvidence.Of();

        var shown = await LiveView.ShowAsync(shell, progress =>
        {
            foreach (var step in Run(time))
                progress.Report(step);
            time.Advance(TimeSpan.FromSeconds(31));
            progress.Report(new("service", "cloud-run", ProbeStage.Measuring, "revision 3 is not ready yet", null));
            return Task.FromResult(evidence);
        });

        Assert.That(shown, Is.SameAs(evidence));
        Snapshot.Match(shell.Out.ToString()!);
    }

    [Test]
    public async Task On_a_terminal_the_table_moves_and_stays()
    {
        using var screen = new Screen();
        var shell = Scene.Of(isTerminal: true) with { Out = screen };
        var evidence = SampleEvidence.Of();

        var shown = await LiveView.ShowAsync(shell, async progress =>
        {
            progress.Report(new("backend", "http", ProbeStage.Measuring, "sample 1 of 20", null));
            await Eventually.TrueAsync(() => screen.Shows("sample 1 of 20"), "the table is drawn while it is measured");
            progress.Report(new("backend", "http", ProbeStage.Done, "", Measured()));
            return evidence;
        });

        Assert.That(shown, Is.SameAs(evidence));
        Assert.That(shell.Out.ToString(), Does.Contain("sample 1 of 20").And.Contain("status 200").And.Contain("\u001b["));
    }

    [Test]
    public async Task What_was_stopped_before_it_was_measured_leaves_no_spinner_behind()
    {
        var shell = Scene.Of(isTerminal: true);

        await LiveView.ShowAsync(shell, progress =>
        {
            progress.Report(new("slow", "http", ProbeStage.Measuring, "sample 1 of 20", null));
            progress.Report(new("next", "http", ProbeStage.Waiting, "", null));
            return Task.FromResult(SampleEvidence.Of());
        });

        var last = shell.Out.ToString()!.Split("slow")[^1];
        Assert.That(last, Does.Contain("stopped before it was measured").And.Not.Match("[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏·]").And.Not.Contain("sample 1"));
    }

    [TestCase(OutputMode.Quiet)]
    [TestCase(OutputMode.Json)]
    public async Task Who_wants_the_verdict_alone_sees_nothing_of_the_measurement(OutputMode mode)
    {
        var shell = Scene.Of() with { Output = mode };

        await LiveView.ShowAsync(shell, progress =>
        {
            progress.Report(new("backend", "http", ProbeStage.Done, "", Measured()));
            return Task.FromResult(SampleEvidence.Of());
        });

        Assert.That(shell.Out.ToString(), Is.Empty);
    }

    [Test]
    public void An_exception_of_the_collector_gets_through() =>
        Assert.That(
            async () => await LiveView.ShowAsync(Scene.Of(isTerminal: true), _ => Task.FromException<Evidence>(new GateException("no"))),
            Throws.TypeOf<GateException>());

    /// <summary>Is written to by a thread of the terminal library while the test reads it.</summary>
    private sealed class Screen : StringWriter
    {
        private readonly Lock _lock = new();

        public bool Shows(string text)
        {
            lock (_lock)
                return ToString().Contains(text, StringComparison.Ordinal);
        }

        public override void Write(char value)
        {
            lock (_lock)
                base.Write(value);
        }

        public override void Write(string? value)
        {
            lock (_lock)
                base.Write(value);
        }
    }

    private static IEnumerable<ProbeProgress> Run(FakeTimeProvider time)
    {
        string[] names = ["backend", "service", "logs", "a_name_of_a_source_that_is_rather_long_for_a_table"];
        string[] kinds = ["http", "cloud-run", "cloud-logging", "command"];
        foreach (var (name, kind) in names.Zip(kinds))
            yield return new(name, kind, ProbeStage.Waiting, "", null);
        yield return new("backend", "http", ProbeStage.Measuring, "sample 3 of 20", null);
        yield return new("service", "cloud-run", ProbeStage.Measuring, "", null);
        time.Advance(TimeSpan.FromSeconds(2.5));
        yield return new("backend", "http", ProbeStage.Done, "", Measured());
        yield return new("a_name_of_a_source_that_is_rather_long_for_a_table", "command", ProbeStage.Done, "",
            Measured() with { Outcome = Outcome.Unreachable, Reason = "could not be reached: [red]connection refused\u001b[2J" });
    }

    private static Measurement Measured() =>
        SampleEvidence.Measured("http", ("status", Value.Int(200)),
        ("latency", Value.Map(("p95", Value.Duration(TimeSpan.FromMilliseconds(640))))), ("availability", Value.Double(1)));
}
