using GateAction.Surroundings;

namespace GateAction.Tests.Surroundings;

internal sealed class WatchdogTests
{
    private readonly List<string> _said = [];
    private FakeTimeProvider _time = null!;
    private string? _end;
    private Watchdog _watchdog = null!;

    [SetUp]
    public void Create()
    {
        (_time, _end) = (new FakeTimeProvider(), null);
        _said.Clear();
        _watchdog = new Watchdog(_time, why => _end ??= why);
    }

    [Test]
    public async Task After_a_signal_it_speaks_within_5_s_and_ends_within_10()
    {
        _watchdog.Speak = SayAsync;

        _watchdog.Stop();
        Pass(TimeSpan.FromSeconds(2));
        Assert.That((_said.Count, _end), Is.EqualTo((0, (string?)null)), "the run has time for its own last word");
        Pass(TimeSpan.FromSeconds(3));
        await Eventually.TrueAsync(() => _said.Count == 1, "the last word is said");
        Pass(TimeSpan.FromSeconds(5));

        Assert.That(_said, Is.EqualTo(new[] { "the run was stopped, and something in it did not end" }));
        Assert.That(_end, Is.Not.Null);
    }

    [Test]
    public async Task After_its_timeout_a_run_that_hangs_gets_a_word_within_10_s_and_ends()
    {
        _watchdog.Speak = SayAsync;

        _watchdog.Expect(TimeSpan.FromMinutes(2));
        Pass(TimeSpan.FromMinutes(2));
        Assert.That((_said.Count, _end), Is.EqualTo((0, (string?)null)));
        Pass(TimeSpan.FromSeconds(10));
        await Eventually.TrueAsync(() => _said.Count == 1, "the last word is said");
        await Eventually.TrueAsync(() => Ended(), "the process is ended");

        Assert.That(_end, Is.EqualTo("something in the run hangs: it did not end 5s after its timeout of 2m"));
    }

    [Test]
    public async Task A_word_that_waits_for_a_limit_of_GitHub_is_waited_for_and_not_for_ever()
    {
        var waiting = new TaskCompletionSource();
        _watchdog.Speak = (what, _) =>
        {
            _said.Add(what);
            return waiting.Task;
        };

        _watchdog.Expect(TimeSpan.FromSeconds(30));
        Pass(TimeSpan.FromSeconds(40));
        await Eventually.TrueAsync(() => _said.Count == 1, "the last word is being said");
        Pass(TimeSpan.FromMinutes(14));
        Assert.That(_end, Is.Null);
        Pass(TimeSpan.FromMinutes(2));

        Assert.That(_end, Is.Not.Null);
        Assert.That(_said, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_run_without_a_status_that_hangs_is_ended_too()
    {
        _watchdog.Expect(TimeSpan.FromSeconds(30));

        Pass(TimeSpan.FromSeconds(40));

        Assert.That(_end, Does.StartWith("something in the run hangs: it did not end 5s after its timeout of 30s"));
    }

    [Test]
    public void A_new_limit_takes_the_place_of_the_one_before()
    {
        _watchdog.Expect(TimeSpan.FromSeconds(30));
        Pass(TimeSpan.FromSeconds(20));
        _watchdog.Expect(TimeSpan.FromSeconds(30));
        Pass(TimeSpan.FromSeconds(20));

        Assert.That(_end, Is.Null);
    }

    [Test]
    public void A_limit_that_GitHub_names_is_waited_for_on_top_and_one_that_several_calls_wait_for_counts_once()
    {
        _watchdog.Expect(TimeSpan.FromSeconds(30));
        _watchdog.Pause(TimeSpan.FromSeconds(60));
        _watchdog.Pause(TimeSpan.FromSeconds(60));
        Pass(TimeSpan.FromSeconds(94));
        Assert.That(_end, Is.Null, "30 s and 60 s and 5 s");
        Pass(TimeSpan.FromSeconds(1));

        Assert.That(_end, Is.EqualTo(
            "something in the run hangs: it did not end 5s after its timeout of 30s and 1m in which GitHub asked it to wait"));
    }

    [Test]
    public void Limits_are_waited_for_15_min_in_all()
    {
        _watchdog.Expect(TimeSpan.FromSeconds(30));
        for (var minute = 0; minute < 15; minute++)
        {
            _watchdog.Pause(TimeSpan.FromMinutes(1));
            Pass(TimeSpan.FromMinutes(1));
        }
        _watchdog.Pause(TimeSpan.FromMinutes(1));
        Pass(TimeSpan.FromSeconds(34));
        Assert.That(_end, Is.Null);
        Pass(TimeSpan.FromSeconds(1));

        Assert.That(_end, Is.Not.Null);
    }

    [Test]
    public void What_is_expected_anew_has_nothing_of_pauses_that_are_over()
    {
        _watchdog.Expect(TimeSpan.FromSeconds(30));
        _watchdog.Pause(TimeSpan.FromSeconds(60));
        Pass(TimeSpan.FromSeconds(50));
        _watchdog.Expect(TimeSpan.FromSeconds(30));
        Pass(TimeSpan.FromSeconds(44));
        Assert.That(_end, Is.Null, "10 s of the pause were left");
        Pass(TimeSpan.FromSeconds(1));

        Assert.That(_end, Is.Not.Null);
    }

    [Test]
    public void After_a_signal_no_limit_is_waited_for()
    {
        _watchdog.Expect(TimeSpan.FromSeconds(30));
        _watchdog.Pause(TimeSpan.FromSeconds(60));
        _watchdog.Stop();
        Pass(Watchdog.EndAfterSignal);

        Assert.That(_end, Is.EqualTo("the run was stopped, and something in it did not end: the process is ended"));
    }

    private bool Ended()
    {
        Pass(TimeSpan.FromSeconds(10));
        return _end is not null;
    }

    private void Pass(TimeSpan time)
    {
        _time.Advance(time);
        _watchdog.Check();
    }

    private Task SayAsync(string what, TimeSpan within)
    {
        _said.Add(what);
        return Task.CompletedTask;
    }
}
