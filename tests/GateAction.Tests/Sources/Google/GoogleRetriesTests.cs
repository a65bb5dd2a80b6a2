using GateAction.Core.Model;
using GateAction.Sources.Google;
using GateAction.StandIns.Google;

namespace GateAction.Tests.Sources.Google;

/// <summary>How often Google is asked, counted where the requests arrive.</summary>
internal sealed class GoogleRetriesTests
{
    private const string CloudRun = "cloud-run: { project: acme-staging, region: us-central1, service: backend }";
    private const string CloudLogging =
        "{ cloud-logging: { project: acme-staging, filter: 'severity>=ERROR' }, since: 1h, settle: 0s, min-lines: 0 }";
    private readonly SkippingTime _time = new(TimeProvider.System.GetUtcNow());
    private GoogleWorld _world = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _world = await GoogleWorld.StartWithServiceAccountAsync();
        _world.Time = _time;
        RunResources.AddTo(_world.Google);
    }

    [TearDown]
    public async Task StopAsync() => await _world.DisposeAsync();

    [TestCase(408)]
    [TestCase(429)]
    [TestCase(500)]
    [TestCase(502)]
    [TestCase(503)]
    [TestCase(504)]
    public async Task What_is_read_is_read_again_if_the_server_is_busy(int status)
    {
        Refuse("services/backend", status, times: 2);

        var measured = await _world.MeasureAsync(CloudRun);

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured), measured.Reason);
        Assert.That(CountOf("GET", "services/backend"), Is.EqualTo(3));
    }

    [Test]
    public async Task Patience_ends_with_the_attempts_of_the_probe()
    {
        Refuse("services/backend", 503, times: 100);

        var measured = await _world.MeasureAsync($"{{ {CloudRun}, attempts: 4 }}");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unknown));
        Assert.That(measured.Reason, Is.EqualTo("Cloud Run gave no answer (status 503, UNAVAILABLE): The service is busy"));
        Assert.That(CountOf("GET", "services/backend"), Is.EqualTo(4));
    }

    [TestCase(400)]
    [TestCase(401)]
    [TestCase(403)]
    [TestCase(404)]
    [TestCase(501)]
    public async Task An_answer_is_not_asked_for_again(int status)
    {
        Refuse("services/backend", status, times: 2);

        var measured = await _world.MeasureAsync(CloudRun);

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unknown));
        Assert.That(CountOf("GET", "services/backend"), Is.EqualTo(1));
    }

    [TestCase(408, 1)]
    [TestCase(429, 2)]
    [TestCase(500, 1)]
    [TestCase(502, 1)]
    [TestCase(503, 1)]
    [TestCase(504, 1)]
    public async Task A_post_is_repeated_only_if_it_cannot_have_had_an_effect(int status, int requests)
    {
        Refuse("entries:list", status, times: 1);

        var measured = await _world.MeasureAsync(CloudLogging);

        Assert.That(CountOf("POST", "entries:list"), Is.EqualTo(requests));
        Assert.That(measured.Outcome == Outcome.Measured, Is.EqualTo(requests == 2), measured.Reason);
    }

    [TestCase("7", 7)]
    [TestCase("0", 0)]
    public async Task A_server_says_how_long_to_wait(string retryAfter, int seconds)
    {
        _world.Google.Refusals.Enqueue(("services/backend", 429, retryAfter));
        var before = _time.GetUtcNow();

        var measured = await _world.MeasureAsync(CloudRun);

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured), measured.Reason);
        Assert.That((_time.GetUtcNow() - before).TotalSeconds, Is.EqualTo(seconds));
    }

    [Test]
    public async Task Nobody_waits_an_hour()
    {
        _world.Google.Refusals.Enqueue(("services/backend", 429, "3600"));

        var measured = await _world.MeasureAsync(CloudRun);

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unknown));
        Assert.That(measured.Reason, Is.EqualTo("Cloud Run allows no more requests for now: The service is busy"));
    }

    [TestCase(429, 2)]
    [TestCase(503, 1)]
    public async Task An_id_token_is_asked_for_again_only_if_none_can_have_been_given(int status, int requests)
    {
        _world.Environment["GOOGLE_APPLICATION_CREDENTIALS"] = _world.Write("federated.json", _world.Federated(actsAsServiceAccount: true));
        Refuse(":generateIdToken", status, times: 1);
        var tokens = new GoogleTokens(_world.Shell, _world.Secrets);

        var token = await Record(() => tokens.IdTokenAsync("https://backend.example.com", TimeSpan.FromSeconds(30), default));

        Assert.That(CountOf("POST", ":generateIdToken"), Is.EqualTo(requests));
        Assert.That(token, Does.StartWith(requests == 2 ? "token" : "the service account gave no ID token (status 503"));
    }

    private static async Task<string> Record(Func<Task<string>> ask)
    {
        try
        {
            return await ask() is { Length: > 0 } ? "token" : "";
        }
        catch (GoogleException fault)
        {
            return fault.Message;
        }
    }

    private void Refuse(string pathEnd, int status, int times)
    {
        for (var i = 0; i < times; i++)
            _world.Google.Refusals.Enqueue((pathEnd, status, null));
    }

    private int CountOf(string method, string pathEnd) =>
        _world.Google.Requests.Count(request => request.StartsWith(method, StringComparison.Ordinal)
        && request.EndsWith(pathEnd, StringComparison.Ordinal));
}
