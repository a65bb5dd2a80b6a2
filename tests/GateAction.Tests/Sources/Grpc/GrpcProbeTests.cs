using GateAction.Core.Model;
using GateAction.StandIns.Staging;
using GateAction.Tests.Decisions;
using Microsoft.AspNetCore.Http;

namespace GateAction.Tests.Sources.Grpc;

internal sealed class GrpcProbeTests
{
    private const string Orders = "acme.orders.v1.Orders";

    [TestCase(true)]
    [TestCase(false)]
    public async Task The_status_of_a_service_is_measured(bool isServing)
    {
        await using var server = await GrpcServer.StartAsync();
        server.Set(Orders, isServing);

        var measured = await ProbeTesting.MeasureAsync($"{{ grpc: '{server.Url}', service: {Orders} }}");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured), measured.Reason);
        Assert.That(measured.Fact("serving").IsTrue, Is.EqualTo(isServing));
        Assert.That(measured.Fact("status").AsString, Is.EqualTo(isServing ? "SERVING" : "NOT_SERVING"));
        Assert.That(measured.Fact("code").AsInt, Is.Zero);
        Assert.That(measured.Fact("code_name").AsString, Is.EqualTo("OK"));
        Assert.That(measured.HasFact("latency.p95"));
    }

    [Test]
    public async Task Without_a_service_the_server_as_a_whole_is_asked()
    {
        await using var server = await GrpcServer.StartAsync();
        server.Set("", isServing: true);

        var measured = await ProbeTesting.MeasureAsync($"{{ grpc: '{server.Url}' }}");

        Assert.That(measured.Fact("serving").IsTrue, measured.Reason);
    }

    [Test]
    public async Task A_service_that_the_server_does_not_know_is_not_serving_in_any_sense()
    {
        await using var server = await GrpcServer.StartAsync();

        var measured = await ProbeTesting.MeasureAsync($"{{ grpc: '{server.Url}', service: acme.Nowhere }}");

        Assert.That(measured.Fact("code_name").AsString, Is.EqualTo("NOT_FOUND"));
        Assert.That(measured.HasFact("serving"), Is.False);
        Assert.That(measured.Reason, Does.StartWith("the server answered NOT_FOUND").And.EndWith("; it knows no such service"));
    }

    [Test]
    public async Task Metadata_the_deadline_and_a_token_go_along()
    {
        await using var server = await GrpcServer.StartAsync();
        server.Set("", isServing: true);

        await ProbeTesting.MeasureAsync($"{{ grpc: '{server.Url}', timeout: 7s, headers: {{ X-Tenant: acme }}, basic-auth: 'a:b' }}");

        var asked = server.Asked.Single();
        Assert.That(asked["x-tenant"], Is.EqualTo("acme"));
        Assert.That(asked["authorization"], Is.EqualTo("Basic YTpi"));
        Assert.That(asked["grpc-timeout"], Is.EqualTo("7000m"));
        Assert.That(asked["te"], Is.EqualTo("trailers"));
    }

    [Test]
    public async Task It_speaks_TLS_and_tells_of_the_certificate()
    {
        using var certificates = new Certificates(TimeProvider.System);
        var authority = Path.GetTempFileName();
        await File.WriteAllTextAsync(authority, certificates.AuthorityPem);
        await using var server = await GrpcServer.StartAsync(certificates.Good());
        server.Set("", isServing: true);

        var trusted = await ProbeTesting.MeasureAsync($"{{ grpc: '{server.Url}', ca: {authority} }}");
        var unknown = await ProbeTesting.MeasureAsync($"{{ grpc: '{server.Url}' }}");
        File.Delete(authority);

        Assert.That(trusted.Fact("serving").IsTrue, trusted.Reason);
        Assert.That(trusted.Fact("tls.version").AsString, Is.EqualTo("1.3"));
        Assert.That(unknown.Outcome, Is.EqualTo(Outcome.Unreachable));
        Assert.That(unknown.Reason, Does.Contain("an authority that is not trusted"));
    }

    [Test]
    [Platform("Linux")]
    public async Task It_goes_over_a_socket_of_the_file_system()
    {
        var folder = Directory.CreateTempSubdirectory("gate-grpc-").FullName;
        await using var server = await GrpcServer.StartAsync(socket: Path.Combine(folder, "grpc.sock"));
        server.Set("", isServing: true);

        var measured = (await ProbeTesting.CollectAsync(
            [ProbeTesting.SourceOf("probe", "{ grpc: 'http://localhost/', unix-socket: grpc.sock }")],
            directory: folder)).Measurements["probe"];

        Assert.That(measured.Fact("serving").IsTrue, measured.Reason);
    }

    [Test]
    public async Task A_service_is_watched_until_it_serves()
    {
        var (serve, isWatched) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var server = await GrpcServer.StartAsync(answer: async context =>
        {
            context.Response.ContentType = "application/grpc";
            foreach (var status in (byte[])[3, 2, 1])
            {
                await context.Response.Body.WriteAsync((byte[])[0, 0, 0, 0, 2, 8, status]);
                await context.Response.Body.FlushAsync();
                isWatched.TrySetResult();
            }
            await serve.Task;
        });

        var measured = await ProbeTesting.MeasureAsync($"{{ grpc: '{server.Url}', service: {Orders}, watch: 20s }}");
        serve.SetResult();

        Assert.That(isWatched.Task.IsCompleted);
        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured), measured.Reason);
        Assert.That(measured.Fact("serving").IsTrue);
        Assert.That(measured.Fact("seen").AsList.Select(status => status.AsString),
            Is.EqualTo(new[] { "SERVICE_UNKNOWN", "NOT_SERVING", "SERVING" }));
        Assert.That(measured.HasFact("code"), Is.False);
    }

    [Test]
    public async Task One_that_does_not_come_to_serve_in_time_is_a_finding()
    {
        await using var server = await GrpcServer.StartAsync();
        server.Set(Orders, isServing: false);

        var measured = await ProbeTesting.MeasureAsync($"{{ grpc: '{server.Url}', service: {Orders}, watch: 300ms, attempts: 1 }}");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unreachable));
        Assert.That(measured.Reason, Does.StartWith("did not reach SERVING within 300ms: it was NOT_SERVING; no answer within 300ms"));
        Assert.That(measured.Fact("serving").IsTrue, Is.False);
    }

    // HealthListResponse: two services, one of them with the default status left out.
    [Test]
    public async Task Every_service_can_be_listed()
    {
        await using var server = await GrpcServer.StartAsync(answer: context => GrpcServer.AnswerAsync(context, 0, null,
            [0x0A, 7, 0x0A, 1, (byte)'a', 0x12, 2, 8, 1, 0x0A, 5, 0x0A, 1, (byte)'b', 0x12, 0]));

        var measured = await ProbeTesting.MeasureAsync($"{{ grpc: '{server.Url}', list: true }}");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured), measured.Reason);
        Assert.That(measured.Fact("services.a").AsString, Is.EqualTo("SERVING"));
        Assert.That(measured.Fact("services.b").AsString, Is.EqualTo("UNKNOWN"));
        Assert.That(measured.Fact("serving").IsTrue, Is.False);
        Assert.That(measured.Fact("headers.x-from").AsString, Is.EqualTo("stand-in"));
        Assert.That(measured.Fact("trailers.x-after").AsString, Is.EqualTo("trailer"));
    }

    private static IEnumerable<TestCaseData> NoStatus =>
    [
        Case("no message", context => GrpcServer.AnswerAsync(context, 0, null), "the server answered OK, and told no status"),
        Case("damaged", context => GrpcServer.AnswerAsync(context, 0, null, [8]), "the message is no message of grpc.health.v1"),
        Case("cut field", context => GrpcServer.AnswerAsync(context, 0, null, [0x0A, 9, 1]), "the message is no message of grpc.health.v1"),
        Case("unauthenticated", context => GrpcServer.AnswerAsync(context, 16, "log%20in first"),
            "answered UNAUTHENTICATED ('log in first')"),
        Case("unavailable", context => GrpcServer.AnswerAsync(context, 14, null), "answered UNAVAILABLE"),
        Case("unimplemented", context => GrpcServer.AnswerAsync(context, 12, null), "does not have this method of grpc.health.v1"),
        Case("a status of its own", context => GrpcServer.AnswerAsync(context, 99, "%zz"), "answered 99"),
        Case("an error after SERVING", context => GrpcServer.AnswerAsync(context, 13, "late", [8, 1]), "answered INTERNAL ('late')"),
        Case("a page", context => PageAsync(context, 200, "text/html"), "the answer is not gRPC: status 200 of HTTP, 'text/html'"),
        Case("a gateway", context => PageAsync(context, 502, "text/html"), "the answer is not gRPC: status 502 of HTTP"),
        Case("a redirect", context => PageAsync(context, 302, "application/grpc"), "the answer is not gRPC: status 302 of HTTP"),
        Case("no status", context => RawAsync(context, [0, 0, 0, 0, 2, 8, 1]), "the answer ended without a gRPC status"),
        Case("cut", context => RawAsync(context, [0, 0, 0, 0, 9, 8, 1]), "a message breaks off"),
        Case("packed", context => RawAsync(context, [1, 0, 0, 0, 2, 8, 1]), "a message is packed"),
        Case("huge", context => RawAsync(context, [0, 0xFF, 0xFF, 0xFF, 0xFF, 8, 1]), "a message is larger than 1024 KiB"),
    ];

    [TestCaseSource(nameof(NoStatus))]
    public async Task What_tells_no_status_is_never_SERVING(Func<HttpContext, Task> answer, string sentence)
    {
        await using var server = await GrpcServer.StartAsync(answer: answer);

        foreach (var more in (string[])["", ", samples: 2", ", watch: 2s"])
        {
            var measured = await ProbeTesting.MeasureAsync($"{{ grpc: '{server.Url}', attempts: 1{more} }}");
            // A watch is over as soon as SERVING came.
            if (more.Contains("watch", StringComparison.Ordinal) && (sentence.Contains("late") || sentence.Contains("without a gRPC")))
                continue;

            Assert.That(measured.Fact("serving").IsTrue && measured.Outcome == Outcome.Measured, Is.False, more);
            Assert.That(measured.Reason ?? "", Does.Not.Contain("bug in gate").And.Not.Contain("\n"));
            if (more.Length == 0)
                Assert.That(measured.Reason, Does.Contain(sentence));
        }
    }

    [Test]
    public async Task A_soak_holds_only_if_each_sample_is_serving()
    {
        var asked = 0;
        await using var server = await GrpcServer.StartAsync(answer: context =>
            GrpcServer.AnswerAsync(context, 0, null, [8, (byte)(Interlocked.Increment(ref asked) == 3 ? 2 : 1)]));

        var measured = await ProbeTesting.MeasureAsync($"{{ grpc: '{server.Url}', samples: 5 }}");

        Assert.That(measured.Fact("samples").AsInt, Is.EqualTo(5));
        Assert.That(measured.Fact("failures").AsInt, Is.EqualTo(1));
        Assert.That(measured.Fact("availability").AsDouble, Is.EqualTo(0.8));
        Assert.That(measured.Fact("status").AsString, Is.EqualTo("NOT_SERVING"));
        var verdict = Gates.Gate(Gates.Criterion("up", "probe.serving")).Decide(("probe", measured));
        Assert.That(verdict.State, Is.EqualTo(VerdictState.Failed));
    }

    [TestCase("grpc: 'https://a.example.com', list: true, service: x", "'list' asks for all services; leave out one of the two")]
    [TestCase("grpc: 'https://a.example.com', list: true, watch: 3s", "'list' is given too; one service is watched, or all are listed")]
    [TestCase("grpc: 'https://a.example.com', watch: 3s, samples: 3", "a service is watched once; leave out 'samples'")]
    [TestCase("grpc: 'https://a.example.com', watch: 0s", "found no time at all")]
    [TestCase("grpc: 'a.example.com:443'", "found 'a.example.com:443', expected a URL")]
    public void What_does_not_fit_together_is_a_problem_of_the_manifest(string yaml, string problem) =>
        Assert.That(ProbeTesting.ProblemsIn($"{{ {yaml} }}"), Has.Some.Contains(problem));

    private static TestCaseData Case(string name, Func<HttpContext, Task> answer, string sentence) =>
        new TestCaseData(answer, sentence).SetArgDisplayNames(name);

    private static Task PageAsync(HttpContext context, int status, string type)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        context.Response.Headers.Location = "http://127.0.0.1:1/";
        return context.Response.WriteAsync("<html>");
    }

    private static async Task RawAsync(HttpContext context, byte[] bytes)
    {
        context.Response.ContentType = "application/grpc";
        await context.Response.Body.WriteAsync(bytes);
    }
}
