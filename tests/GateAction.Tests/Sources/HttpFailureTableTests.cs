using System.Text.RegularExpressions;
using GateAction.Core.Model;
using GateAction.StandIns.Staging;

namespace GateAction.Tests.Sources;

/// <summary>Every way in which a server can misbehave: what it is called, and that a probe neither hangs nor calls it measured when it was
/// not.</summary>
internal sealed partial class HttpFailureTableTests
{
    private StagingServer _staging = null!;
    private StagingServer _other = null!;

    [OneTimeSetUp]
    public async Task StartAsync() =>
        (_staging, _other) = (await StagingServer.StartAsync(Scenario.Healthy), await StagingServer.StartAsync(Scenario.Healthy));

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _staging.DisposeAsync();
        await _other.DisposeAsync();
    }

    [TestCase("/chaos/hang", "could not be reached: no answer within 400ms (HOST)")]
    [TestCase("/chaos/hang-in-body", "could not be reached: the answer was not whole within 400ms: 21 bytes of the body came (HOST)")]
    [TestCase("/chaos/drip", "could not be reached: the answer was not whole within 400ms: N bytes of the body came (HOST)")]
    [TestCase("/chaos/damaged-gzip", "could not be reached: the answer's compression is damaged (HOST)")]
    [TestCase("/redirect/loop", "could not be reached: more than 5 redirects, the last to http://HOST/redirect/loop")]
    [TestCase("/redirect/hops/6", "could not be reached: more than 5 redirects, the last to http://HOST/echo")]
    [TestCase("/redirect/to?url=file:///etc/passwd", "could not be reached: redirected to 'file:', which is not followed")]
    public async Task An_answer_that_is_not_whole_is_a_finding(string path, string reason)
    {
        var measured = await MeasureAsync($"{{ http: '{path}', timeout: 400ms, attempts: 1 }}");

        Assert.That(Scrub(measured.Reason!), Is.EqualTo(reason));
        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unreachable));
        Assert.That(measured.HasFact("status"), Is.False);
        Assert.That(measured.Fact("availability").AsDouble, Is.Zero);
    }

    [TestCase(Break.Empty, "could not be reached: the connection ended without an answer (HOST)")]
    [TestCase(Break.Reset, "could not be reached: connection reset (HOST)")]
    [TestCase(Break.ResetInBody, "could not be reached: connection reset (HOST) after 11 bytes of the body")]
    [TestCase(Break.ShortBody,
        "could not be reached: the connection was closed before the answer was whole (HOST) after 21 bytes of the body")]
    [TestCase(Break.Garbage, "could not be reached: the answer is not HTTP (HOST)")]
    [TestCase(Break.EndlessHeaders, "could not be reached: the answer's headers are larger than 64 KiB (HOST)")]
    [TestCase(Break.Silent, "could not be reached: no answer within 400ms (HOST)")]
    public async Task A_broken_connection_is_a_finding(Break how, string reason)
    {
        using var server = new ChaosSocket(how);

        var measured = await ProbeTesting.MeasureAsync($"{{ http: '{server.Url}', timeout: 400ms, attempts: 1 }}");

        Assert.That(Scrub(measured.Reason!), Is.EqualTo(reason));
        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unreachable));
        Assert.That(measured.HasFact("status"), Is.False);
    }

    [Test]
    public async Task Nobody_listening_is_a_finding()
    {
        await using var nowhere = await StagingServer.StartAsync(Scenario.Unreachable);

        var measured = await ProbeTesting.MeasureAsync("{ http: /health, attempts: 1 }", nowhere.Url);

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unreachable));
        Assert.That(Scrub(measured.Reason!), Is.EqualTo("could not be reached: connection refused (HOST)"));
    }

    [Test]
    public async Task A_host_without_a_name_is_a_finding()
    {
        var measured = await ProbeTesting.MeasureAsync("{ http: 'http://staging.invalid/', attempts: 1, timeout: 5s }");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unreachable));
        Assert.That(measured.Reason,
            Does.Match(
            @"^could not be reached: (no such host|the name server does not answer|no answer within 5s) \(staging\.invalid:80\)$"));
    }

    [TestCase("/chaos/status/500", 500)]
    [TestCase("/chaos/status/503", 503)]
    [TestCase("/chaos/status/404", 404)]
    [TestCase("/chaos/busy", 429)]
    public async Task An_answer_that_displeases_is_measured_and_never_tried_again(string path, int status)
    {
        var before = _staging.State.Requests.Count(request => request.Path == path);

        var measured = await MeasureAsync($"{{ http: {path}, attempts: 3 }}");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured));
        Assert.That(measured.Fact("status").AsInt, Is.EqualTo(status));
        Assert.That(measured.Fact("ok").IsFalse);
        Assert.That(measured.Fact("failures").AsInt, Is.EqualTo(1));
        Assert.That(_staging.State.Requests.Count(request => request.Path == path) - before, Is.EqualTo(1));
    }

    [TestCase("/chaos/truncated-json", "the body is not JSON (line 1, byte 46)")]
    [TestCase("/chaos/twice-json", "the body is not JSON that can be read: a key stands twice")]
    [TestCase("/chaos/nan-json", "the body is not JSON (line 1, byte 16)")]
    [TestCase("/chaos/html-as-json", "the body is not JSON (line 1, byte 1)")]
    [TestCase("/chaos/empty-body", "the body is empty, so there is no JSON in it")]
    public async Task A_body_that_is_no_JSON_has_no_json_and_says_why(string path, string reason)
    {
        var measured = await MeasureAsync($"http: {path}");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured));
        Assert.That(measured.Fact("status").AsInt, Is.EqualTo(200));
        Assert.That(measured.HasFact("body"));
        Assert.That(measured.HasFact("json"), Is.False);
        Assert.That(measured.Reason, Is.EqualTo(reason));
    }

    [TestCase("/chaos/unknown-charset", "the charset 'klingon' of the body is not known")]
    [TestCase("/chaos/latin-1-as-utf-8", "the body is not text in the charset 'utf-8' that it declares")]
    public async Task A_body_in_another_charset_than_declared_is_no_text(string path, string reason)
    {
        var measured = await MeasureAsync($"http: {path}");

        Assert.That(measured.HasFact("body"), Is.False);
        Assert.That(measured.HasFact("size"));
        Assert.That(measured.Reason, Is.EqualTo(reason));
    }

    [Test]
    public async Task A_declared_charset_is_used()
    {
        var measured = await MeasureAsync("http: /chaos/latin-1");

        Assert.That(measured.Fact("body").AsString, Is.EqualTo("Größe"));
    }

    [Test]
    public async Task JSON_under_another_media_type_is_read_and_the_type_can_be_judged()
    {
        var measured = await MeasureAsync("http: /chaos/json-as-html");

        Assert.That(measured.Fact("json.status").AsString, Is.EqualTo("healthy"));
        Assert.That(measured.Fact("headers.content-type").AsString, Is.EqualTo("text/html"));
    }

    [TestCase("/chaos/huge")]
    [TestCase("/chaos/bomb/gzip")]
    [TestCase("/chaos/bomb/br")]
    [TestCase("/chaos/bomb/deflate")]
    [NonParallelizable] // What other tests allocate would be counted.
    public async Task A_body_that_is_too_large_is_cut_and_never_judged(string path)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);

        var measured = await MeasureAsync($"http: {path}");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured));
        Assert.That(measured.Fact("truncated").IsTrue);
        Assert.That(new[] { "body", "json", "size" }.Where(measured.HasFact), Is.Empty);
        Assert.That(measured.Reason, Is.EqualTo("the body is larger than 1024 KiB and was cut"));
        Assert.That(measured.Caveat, Does.StartWith("the answer is larger than 1 MiB"));
        Assert.That(GC.GetTotalAllocatedBytes(precise: true) - before, Is.LessThan(40_000_000));
    }

    [TestCase(1024 * 1024, false)]
    [TestCase(1024 * 1024 + 1, true)]
    public async Task The_cap_is_exactly_1_MiB(int bytes, bool isCut)
    {
        var measured = await MeasureAsync($"http: /chaos/size/{bytes}");

        Assert.That(measured.Fact("truncated").IsTrue, Is.EqualTo(isCut));
        Assert.That(measured.HasFact("body"), Is.Not.EqualTo(isCut));
    }

    [Test]
    public async Task No_header_of_the_manifest_follows_a_redirect_to_another_host()
    {
        var there = $"{_other.Url}echo";

        var measured = await MeasureAsync(
            $"{{ http: '/redirect/to?url={there}', headers: {{ Authorization: Bearer s3cret, X-Api-Key: s3cret, Cookie: a=s3cret }}, "
            + $"basic-auth: 'ci:s3cret' }}");

        Assert.That(measured.Fact("url").AsString, Is.EqualTo(there));
        Assert.That(measured.Fact("redirects").AsInt, Is.EqualTo(1));
        Assert.That(_other.State.Requests.SelectMany(request => request.Headers.Keys),
            Is.Not.SupersetOf(new[] { "Authorization" }).And.Not.SupersetOf(new[] { "X-Api-Key" }).And.Not.SupersetOf(new[] { "Cookie" }));
    }

    [Test]
    public async Task Headers_follow_a_redirect_on_the_same_host()
    {
        var measured = await MeasureAsync("{ http: /redirect/hops/5, headers: { X-Api-Key: s3cret } }");

        Assert.That(measured.Fact("json.headers.x-api-key").AsString, Is.EqualTo("s3cret"));
        Assert.That(measured.Fact("redirects").AsInt, Is.EqualTo(5));
    }

    [TestCase(303, "GET", "")]
    [TestCase(302, "GET", "")]
    [TestCase(307, "POST", """{"a":1}""")]
    public async Task Only_307_and_308_keep_method_and_body(int status, string method, string body)
    {
        var measured = await MeasureAsync($"{{ http: '/redirect/to?url=/echo&status={status}', json: {{ a: 1 }} }}");

        Assert.That(measured.Fact("json.method").AsString, Is.EqualTo(method));
        Assert.That(measured.Fact("json.body").AsString, Is.EqualTo(body));
    }

    [Test]
    public async Task A_body_does_not_follow_a_redirect_to_another_host()
    {
        var measured = await MeasureAsync($"{{ http: '/redirect/to?status=307&url={_other.Url}echo', json: {{ password: s3cret }} }}");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unreachable));
        Assert.That(Scrub(measured.Reason!),
            Is.EqualTo(
            "could not be reached: redirected to another host with the body of the request (http://HOST), which is not followed"));
    }

    [Test]
    public async Task A_redirect_can_be_the_answer()
    {
        var measured = await MeasureAsync("{ http: /redirect/loop, redirects: 0 }");

        Assert.That(measured.Fact("status").AsInt, Is.EqualTo(302));
        Assert.That(measured.Fact("headers.location").AsString, Is.EqualTo("/redirect/loop"));
    }

    private Task<Measurement> MeasureAsync(string yaml) => ProbeTesting.MeasureAsync(yaml, _staging.Url);

    private static string Scrub(string text) => Drip().Replace(Address().Replace(text, "HOST"), "s: N bytes");

    [GeneratedRegex(@"127\.0\.0\.1:\d+")]
    private static partial Regex Address();

    [GeneratedRegex(@"s: [2-9] bytes")]
    private static partial Regex Drip();
}
