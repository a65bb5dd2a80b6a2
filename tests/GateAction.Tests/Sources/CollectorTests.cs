using System.Collections.Concurrent;
using GateAction.Cel;
using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Sources;
using GateAction.StandIns.Staging;
using GateAction.Surroundings;

namespace GateAction.Tests.Sources;

internal sealed class CollectorTests
{
    private StagingServer _staging = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _staging = await StagingServer.StartAsync(Scenario.Healthy);

    [OneTimeTearDown]
    public async Task StopAsync() => await _staging.DisposeAsync();

    [Test]
    public async Task Measurements_keep_the_order_of_the_manifest()
    {
        var evidence = await ProbeTesting.CollectAsync([("slow", "http: /chaos/slow/100"), ("b", "http: /health"), ("a", "http: /health")],
            _staging.Url);

        Assert.That(evidence.Measurements.Keys, Is.EqualTo(new[] { "slow", "b", "a" }));
        Assert.That(evidence.Gate, Is.EqualTo("test"));
    }

    [Test]
    public async Task Probes_run_at_the_same_time()
    {
        const int Count = 30;
        var (here, everybody) = (0, new TaskCompletionSource());
        var sources = Enumerable.Range(0, Count).Select(i => Own($"p{i}", async (_, _) =>
        {
            if (Interlocked.Increment(ref here) == Count)
                everybody.SetResult();
            await everybody.Task;
            throw new InvalidOperationException("everybody was here");
        }));

        var evidence = await ProbeTesting.CollectAsync([.. sources]);

        Assert.That(evidence.Measurements.Values,
            Has.All.Matches<Measurement>(measured => measured!.Reason!.Contains("everybody was here")));
    }

    [Test]
    public async Task What_a_probe_did_not_expect_stops_no_other()
    {
        var broken = Own("broken", (_, _) => throw new InvalidOperationException("oops"));

        var evidence = await ProbeTesting.CollectAsync([broken, ProbeTesting.SourceOf("fine", "http: /health")], _staging.Url);

        Assert.That(evidence.Measurements["broken"].Outcome, Is.EqualTo(Outcome.Unknown));
        Assert.That(evidence.Measurements["broken"].Reason,
            Is.EqualTo("could not be measured: InvalidOperationException: oops (this is a bug in gate; please report it)"));
        Assert.That(evidence.Measurements["fine"].Outcome, Is.EqualTo(Outcome.Measured));
    }

    [Test]
    public async Task The_deadline_of_the_run_leaves_the_rest_unmeasured()
    {
        var evidence = await ProbeTesting.CollectAsync([("fast", "http: /health"), ("hangs", "http: /chaos/hang"),
            ("after", "http: '/echo?${hangs.status}'")], _staging.Url, timeout: TimeSpan.FromSeconds(1));

        Assert.That(evidence.Measurements["fast"].Outcome, Is.EqualTo(Outcome.Measured));
        Assert.That(evidence.Measurements["hangs"].Outcome, Is.EqualTo(Outcome.Unknown));
        Assert.That(evidence.Measurements["hangs"].Reason, Is.EqualTo("was not measured: the run's time of 1s was over"));
        Assert.That(evidence.Measurements["after"].Outcome, Is.EqualTo(Outcome.Unknown));
    }

    [Test]
    public async Task A_run_that_is_stopped_keeps_what_was_measured()
    {
        using var stop = new CancellationTokenSource();
        var progress = new Gathered(change =>
        {
            if (change is { Name: "fast", Stage: ProbeStage.Done })
                stop.Cancel();
        });

        var evidence = await ProbeTesting.CollectAsync(
            [("fast", "http: /health"), ("soak", "{ http: /health, samples: 20, every: 1s }"), ("hangs", "http: /chaos/hang")],
            _staging.Url,
            progress: progress,
            cancellation: stop.Token);

        Assert.That(evidence.Measurements["fast"].Outcome, Is.EqualTo(Outcome.Measured));
        Assert.That(evidence.Measurements.Values.Skip(1).Select(measured => measured.Reason),
            Is.All.EqualTo("was not measured: the run was stopped"));
    }

    [Test]
    public async Task A_source_that_ignores_the_stop_does_not_hold_the_run()
    {
        using var stop = new CancellationTokenSource();
        var deaf = Own("deaf", (_, _) =>
        {
            stop.Cancel();
            return new TaskCompletionSource<Measurement>().Task;
        });

        var evidence = await ProbeTesting.CollectAsync([deaf], cancellation: stop.Token);

        Assert.That(evidence.Measurements["deaf"].Reason, Is.EqualTo("was not measured: the run was stopped"));
    }

    [Test]
    public async Task Each_probe_reports_that_it_waits_measures_and_is_done()
    {
        var progress = new Gathered(_ => { });

        await ProbeTesting.CollectAsync([("backend", "{ http: /health, samples: 2 }")], _staging.Url, progress: progress);

        Assert.That(progress.Changes.Select(change => (change.Stage, change.Note)), Is.EqualTo(new[]
        {
            (ProbeStage.Waiting, ""),
            (ProbeStage.Measuring, ""),
            (ProbeStage.Measuring, "sample 1 of 2"),
            (ProbeStage.Measuring, "sample 2 of 2"),
            (ProbeStage.Done, ""),
        }));
        Assert.That(progress.Changes.Last().Measurement!.Outcome, Is.EqualTo(Outcome.Measured));
    }

    [Test]
    public async Task A_circle_of_references_is_a_problem_and_no_deadlock()
    {
        var exception = await Assert.ThrowsAsync<GateException>(() =>
            ProbeTesting.CollectAsync([("a", "http: 'http://x/${b.url}'"), ("b", "http: 'http://x/${c.url}'"),
            ("c", "http: 'http://x/${b.url}'")]));

        Assert.That(exception!.Message, Is.EqualTo("the probes b → c → b refer to each other in a circle; take one reference out"));
    }

    [Test]
    public async Task One_host_gets_no_more_requests_at_once_than_it_may()
    {
        using var limits = new GateAction.Http.ConcurrencyLimits(total: 4, perHost: 2);
        using var leave = new SemaphoreSlim(0);
        var (now, most) = (0, 0);

        var all = Task.WhenAll(Enumerable.Range(0, 30).Select(async i =>
        {
            using var place = await limits.EnterAsync(i % 3 == 0 ? "a" : "b", CancellationToken.None);
            most = Math.Max(most, Interlocked.Increment(ref now));
            await leave.WaitAsync();
            Interlocked.Decrement(ref now);
        }));
        await Eventually.TrueAsync(() => now == 4, "every place was taken");
        leave.Release(30);
        await all;

        Assert.That(most, Is.EqualTo(4));
    }

    [TestCase("probe.status == 200", false)]
    [TestCase("probe.body.contains('x')", true)]
    [TestCase("other.body.contains('x')", false)]
    [TestCase("probe.latency.p95 <= baseline.probe.latency.p95", false)]
    [TestCase("probe.body == baseline.probe.body", true)]
    public async Task A_large_body_is_kept_only_where_a_condition_reads_it(string condition, bool isKept)
    {
        var sources = new[] { ProbeTesting.SourceOf("probe", "http: /chaos/size/100000") };
        var collection = new Collection("test", sources, Value.Map(), null, _staging.Url, 256, 64, TimeSpan.FromMinutes(1))
        { Conditions = [Condition.Parse(condition).Condition!] };
        using var collector = new Collector(collection, ProbeTesting.Shell, new Secrets());

        var measured = (await collector.CollectAsync(CancellationToken.None)).Measurements["probe"];

        Assert.That(measured.HasFact("body"), Is.EqualTo(isKept));
        Assert.That(measured.Fact("size").AsInt, Is.EqualTo(100_000));
        Assert.That(measured.Reason,
            isKept
            ? Does.StartWith("the body is not JSON")
            : Is.EqualTo("the body of 100000 bytes was not kept, because no condition reads it"));
    }

    private sealed class Gathered(Action<ProbeProgress> onChange) : IProgress<ProbeProgress>
    {
        public ConcurrentQueue<ProbeProgress> Changes { get; } = new();

        public void Report(ProbeProgress value)
        {
            Changes.Enqueue(value);
            onChange(value);
        }
    }

    private static EvidenceSource Own(string name, Func<ProbeContext, CancellationToken, Task<Measurement>> measure) =>
        new(name, [], new OwnSource(measure));

    private sealed record OwnSource(Func<ProbeContext, CancellationToken, Task<Measurement>> Measure) : Source
    {
        public override SourceKind Kind => SourceKinds.All[0];

        public override string SubjectIn(ProbeContext context) => "";

        public override Task<Measurement> MeasureAsync(ProbeContext context, CancellationToken cancellation) =>
            Measure(context, cancellation);
    }
}
