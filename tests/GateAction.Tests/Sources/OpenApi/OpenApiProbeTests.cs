using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Sources;
using GateAction.StandIns.Staging;
using GateAction.Surroundings;
using GateAction.Tests.Sources.Google;

namespace GateAction.Tests.Sources.OpenApi;

internal sealed class OpenApiProbeTests
{
    private StagingServer _staging = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _staging = await StagingServer.StartAsync(Scenario.Healthy);

    [OneTimeTearDown]
    public async Task StopAsync() => await _staging.DisposeAsync();

    [Test]
    public async Task The_operations_of_a_service_are_counted_and_listed()
    {
        var measured = await MeasureAsync("openapi: /openapi.json");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured));
        Assert.That(measured.Subject, Is.EqualTo($"{_staging.Url.AbsoluteUri}openapi.json"));
        Assert.That(measured.Fact("title").AsString, Is.EqualTo("Acme shop"));
        Assert.That(measured.Fact("version").AsString, Is.EqualTo("2.4.0"));
        Assert.That(measured.Fact("openapi").AsString, Is.EqualTo("3.1.0"));
        Assert.That(measured.Fact("deprecated").AsInt, Is.EqualTo(1));
        Assert.That(NamesIn(measured, "names"),
            Is.EqualTo(new[] { "GET /health", "GET /metrics", "POST /login", "GET /v1/orders", "GET /v1/orders/{id}" }));
        Assert.That(measured.HasFact("breaking"), Is.False);
    }

    [TestCase("path: '/v1/**'", "GET /v1/orders, GET /v1/orders/{id}")]
    [TestCase("path: ['/**', '!/v1/**']", "GET /health, GET /metrics, POST /login")]
    [TestCase("tag: [users, orders]", "POST /login, GET /v1/orders, GET /v1/orders/{id}")]
    [TestCase("method: POST", "POST /login")]
    public async Task Operations_are_chosen_by_path_tag_and_method(string filter, string names)
    {
        var measured = await MeasureAsync($"openapi: /openapi.json\n{filter}");

        Assert.That(string.Join(", ", NamesIn(measured, "names")), Is.EqualTo(names));
        Assert.That(measured.Fact("count").AsInt, Is.EqualTo(NamesIn(measured, "names").Length));
    }

    [TestCase("path: /nothing",
        "'path' fits none of the operations: GET /health, GET /metrics, POST /login, GET /v1/orders, GET /v1/orders/{id}")]
    [TestCase("tag: order", "'tag' fits none of the operations: GET /health")]
    [TestCase("path: '/v1/**'\nmethod: DELETE", "'path' and 'method' fit none of the operations: GET /health, GET /metrics")]
    public async Task A_filter_that_fits_nothing_says_so_and_lists_what_there_was(string filter, string reason)
    {
        var measured = await MeasureAsync($"openapi: /openapi.json\n{filter}");
        var compared = await MeasureAsync($"openapi: /openapi.json\n{filter}\ncompare: {_staging.Url}openapi.json");
        var called = await MeasureAsync($"openapi: /openapi.json\n{filter}\ncall-gets: true");

        Assert.That(measured.Reason, Does.StartWith(reason));
        Assert.That(compared.Reason, Does.StartWith($"nothing was compared: {reason}"));
        Assert.That(called.Reason, Does.StartWith(reason));
        foreach (var fact in new[]
            { "count", "names", "operations", "deprecated", "added", "removed", "breaking", "warnings", "changes", "safe", "called",
            "answered", "failing", "statuses" })
            Assert.That(measured.HasFact(fact) || compared.HasFact(fact) || called.HasFact(fact), Is.False, fact);
        Assert.That(measured.Fact("title").AsString, Is.EqualTo("Acme shop"));
    }

    [Test]
    public async Task GETs_that_cannot_be_called_are_not_none_that_fail()
    {
        var measured = await MeasureAsync("openapi: /openapi.json\nmethod: POST\ncall-gets: true");

        Assert.That(measured.Fact("count").AsInt, Is.EqualTo(1));
        Assert.That(measured.HasFact("failing") || measured.HasFact("called") || measured.HasFact("safe"), Is.False);
        Assert.That(measured.Reason, Does.StartWith("no GET was called"));
    }

    [Test]
    public async Task A_private_service_gets_an_ID_token_for_its_own_URL()
    {
        await using var world = await GoogleWorld.StartWithServiceAccountAsync();
        var collection = new Collection("test", [ProbeTesting.SourceOf("probe", "{ openapi: /openapi.json, auth: google-id-token }")],
            Value.Map(), null, _staging.Url, 8, 8, TimeSpan.FromMinutes(1));
        using var collector = new Collector(collection, world.Shell, new Secrets());

        var measured = (await collector.CollectAsync(CancellationToken.None)).Measurements["probe"];

        Assert.That(measured.Reason, Is.Null);
        var sent = _staging.State.Requests.Last(request => request.Path == "/openapi.json").Headers["Authorization"];
        Assert.That(GoogleWorld.AudienceOf(sent["Bearer ".Length..]), Is.EqualTo(_staging.Url.AbsoluteUri.TrimEnd('/')));
    }

    [Test]
    public async Task An_ID_token_is_not_sent_over_an_open_line()
    {
        var measured = await ProbeTesting.MeasureAsync("{ openapi: 'http://backend.example.com/openapi.json', auth: google-id-token }");

        Assert.That(measured.Reason, Is.EqualTo("was not measured: an ID token is not sent over an open line; write the URL with https"));
    }

    [Test]
    public async Task Every_GET_without_required_parameters_is_called_on_the_host_of_the_document()
    {
        var measured = await MeasureAsync("openapi: /openapi.json\ncall-gets: true");

        Assert.That(measured.Fact("safe").AsInt, Is.EqualTo(3));
        Assert.That(measured.Fact("called").AsInt, Is.EqualTo(3));
        Assert.That(measured.Fact("answered").AsInt, Is.EqualTo(3));
        Assert.That(NamesIn(measured, "failing"), Is.Empty);
        Assert.That(measured.Fact("statuses").AsMap.Entries.Sum(status => status.Value.AsInt), Is.EqualTo(3));
        Assert.That(_staging.State.Requests.Select(request => request.Path),
            Does.Contain("/metrics").And.Contain("/v1/orders").And.Not.Contain("/login"));
    }

    [Test]
    public async Task A_GET_that_ends_in_a_fault_is_named()
    {
        await using var failing = await StagingServer.StartAsync(Scenario.Failing);

        var measured = await ProbeTesting.MeasureAsync(
            $"openapi: /openapi.json\ncall-gets: true\nheaders: {{ Authorization: Bearer {failing.State.Token} }}", failing.Url);

        Assert.That(measured.Fact("called").AsInt, Is.EqualTo(3));
        Assert.That(measured.Fact("answered").AsInt, Is.EqualTo(2));
        Assert.That(NamesIn(measured, "failing"), Is.EqualTo(new[] { "GET /v1/orders: status 500" }));
    }

    [Test]
    public async Task Calls_are_bounded_and_what_was_not_called_is_said()
    {
        var measured = await MeasureAsync("openapi: /openapi.json\ncall-gets: true\nmax-calls: 1");

        Assert.That(measured.Fact("called").AsInt, Is.EqualTo(1));
        Assert.That(measured.Caveat, Is.EqualTo("only 1 of 3 GETs were called; raise 'max-calls'"));
    }

    [TestCase("openapi: missing.json", "the file 'missing.json' cannot be read: it does not exist")]
    [TestCase("openapi: /chaos/status/404", "there is no OpenAPI document at HOST/chaos/status/404 (status 404, not found)")]
    [TestCase("openapi: /health", "the answer of '/health' is no OpenAPI document: it has neither 'openapi' nor 'swagger'")]
    [TestCase("openapi: /openapi.json\ncompare: missing.json", "the file 'missing.json' cannot be read: it does not exist")]
    public async Task What_cannot_be_read_is_no_evidence(string yaml, string reason)
    {
        var measured = await MeasureAsync(yaml);

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unknown));
        Assert.That(measured.Reason!.Replace(_staging.Url.AbsoluteUri.TrimEnd('/'), "HOST"), Is.EqualTo(reason));
    }

    [Test]
    public async Task A_document_larger_than_8_MiB_is_refused_and_one_of_5_MiB_is_read()
    {
        await using var large = await ChaosFront.StartAsync(null, OpenApiPage.Json + new string(' ', 5 * 1024 * 1024));
        await using var huge = await ChaosFront.StartAsync(null, OpenApiPage.Json + new string(' ', 9 * 1024 * 1024));

        Assert.That((await ProbeTesting.MeasureAsync("openapi: /openapi.json", large.Url)).Fact("count").AsInt, Is.EqualTo(5));
        Assert.That((await ProbeTesting.MeasureAsync("openapi: /openapi.json", huge.Url)).Reason,
            Does.EndWith("cannot be read: the body is larger than 8192 KiB and was cut"));
    }

    private Task<Measurement> MeasureAsync(string yaml) => ProbeTesting.MeasureAsync(yaml, _staging.Url);

    private static string[] NamesIn(Measurement measured, string fact) => [.. measured.Fact(fact).AsList.Select(name => name.AsString)];
}
