using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.StandIns.Staging;
using GateAction.Tests.Decisions;

namespace GateAction.Tests.Sources;

/// <summary>Where nothing was looked at, no condition over any list or map of any kind holds, however it is written.</summary>
internal sealed class NothingLookedAtTests
{
    private static readonly string[] OverLists =
    [
        "LIST.all(x, false)", "LIST.all(x, x == x)", "!LIST.exists(x, true)", "LIST.filter(x, true) == []", "size(LIST) == 0",
        "LIST.size() < 5",
        "LIST == []", "LIST.map(x, x) == []", "LIST.map(x, x).all(y, false)", "!LIST.exists_one(x, true)",
        "size(LIST.filter(x, true)) == 0",
        "LIST + LIST == []", "!(\"x\" in LIST)", "!(LIST.size() > 0)", "size(LIST) == 0 || LIST.all(x, false)",
        "LIST.all(x, false) && size(LIST) < 1", "size(LIST) == 0 ? true : false", "[LIST] == [[]]", "[LIST].all(x, x == [])",
        "dyn(LIST) == []",
        "string(size(LIST)) == \"0\"", "math.least(size(LIST), 1) == 0",
    ];

    private static readonly string[] OverMaps =
    [
        "LIST.all(key, false)", "!LIST.exists(key, true)", "size(LIST) == 0", "LIST == {}", "!(\"x\" in LIST)", "LIST.map(key, key) == []",
        "LIST.filter(key, true) == []", "!LIST.exists_one(key, true)", "[LIST] == [{}]",
    ];

    private static IEnumerable<TestCaseData> Nothing()
    {
        static TestCaseData Case(string name, string yaml, string[] facts, string answer = "") =>
            new TestCaseData(yaml, facts, answer).SetArgDisplayNames(name);

        string[] http = ["latencies", "observations", "statuses", "headers", "json", "tls.names"];
        yield return Case("http: refused", "http: 'http://127.0.0.1:1/'", http);
        yield return Case("http: a soak that is refused", "http: 'http://127.0.0.1:1/', samples: 3", http);
        yield return Case("http: no JSON", "http: 'URL'", ["json"], Answer("<html>"));
        yield return Case("http: cut", "http: 'URL'", ["json"], Answer(new string(' ', 1024 * 1024 + 1)));
        yield return Case("http: not over TLS", "http: 'URL'", ["tls.names", "tls"], Answer("{}"));
        yield return Case("tcp: refused", "tcp: '127.0.0.1:1', tls: true", ["tls.names"]);
        yield return Case("tcp: no TLS", "tcp: 'HOST'", ["tls.names", "tls"]);
        yield return Case("websocket: refused", "websocket: 'ws://127.0.0.1:1/'", ["messages", "headers"]);
        yield return Case("grpc: refused", "grpc: 'http://127.0.0.1:1'", ["services", "seen", "latencies", "headers", "trailers"]);
        yield return Case("grpc: lists nothing", "grpc: 'GRPC', list: true", ["services", "seen"]);
        yield return Case("grpc: not a list", "grpc: 'GRPC'", ["services", "seen"]);
        yield return Case("dns: no name server", "dns: example.com, server: '127.0.0.1:1'", ["addresses", "values", "records"]);
        yield return Case("dns: no addresses asked for", "dns: staging.example.com, server: 'DNS', type: MX", ["addresses"]);
        yield return Case("dns: no type asked for", "dns: staging.example.com, server: 'DNS'", ["values"]);
        yield return Case("dns: the system tells no records", "dns: localhost", ["values", "records"]);
        string[] prometheus = ["series", "samples", "warnings"];
        yield return Case("prometheus: refused", "prometheus: up, url: 'http://127.0.0.1:1/'", prometheus);
        yield return Case("prometheus: several times refused", "prometheus: up, url: 'http://127.0.0.1:1/', samples: 2, every: 1ms",
            prometheus);
        foreach (var result in (string[])["[]", """[{"metric":{},"values":[]}]""", """[{"metric":{}}]"""])
        {
            var answer = Answer("""{"status":"success","data":{"resultType":"matrix","result":""" + result + "}}");
            yield return Case($"prometheus: {result}", "prometheus: up, url: 'URL', range: 5m", prometheus, answer);
        }
        yield return Case("prometheus: no series", "prometheus: up, url: 'URL'", prometheus,
            Answer("""{"status":"success","data":{"resultType":"vector","result":[]}}"""));
        yield return Case("prometheus: several times no series", "prometheus: up, url: 'URL', samples: 2, every: 1ms", prometheus,
            Answer("""{"status":"success","data":{"resultType":"vector","result":[]}}"""));
        string[] openapi = ["operations", "names", "breaking", "added", "removed", "changes", "failing", "statuses"];
        yield return Case("openapi: refused", "openapi: 'http://127.0.0.1:1/'", openapi);
        yield return Case("openapi: compared with nothing", "openapi: 'URL'", ["breaking", "added", "removed", "changes", "failing"],
            Answer("""{"openapi":"3.0.0","info":{"title":"a","version":"1"},"paths":{"/a":{"get":{}}}}"""));
        yield return Case("openapi: nothing to call", "openapi: 'URL', call-gets: true", ["failing", "statuses"],
            Answer("""{"openapi":"3.0.0","info":{"title":"a","version":"1"},"paths":{"/a":{"post":{}}}}"""));
    }

    [TestCaseSource(nameof(Nothing))]
    public async Task Nothing_holds_over_it(string yaml, string[] facts, string answer)
    {
        using var server = WireServer.Answering(System.Text.Encoding.ASCII.GetBytes(answer));
        using var names = new NameServer();
        await using var grpc = await GrpcServer.StartAsync(answer: yaml.Contains("list: true", StringComparison.Ordinal)
            ? context => GrpcServer.AnswerAsync(context, 0, null, Array.Empty<byte>())
            : null);
        yaml = yaml.Replace("GRPC", grpc.Url.ToString()).Replace("DNS", names.EndPoint.ToString())
            .Replace("URL", server.Url.AbsoluteUri).Replace("HOST", server.Url.Authority);

        var measured = await ProbeTesting.MeasureAsync($"{{ {yaml}, attempts: 1, timeout: 3s }}");

        Assert.That(facts.Where(fact => !IsDeclared(measured, fact)), Is.Empty);
        var green = facts.SelectMany(fact => OverLists.Concat(OverMaps)
            .Select(condition => condition.Replace("LIST", $"probe.{fact}"))).Where(condition => IsGreen(condition, measured)).ToArray();
        Assert.That(green, Is.Empty, $"{measured.Outcome}: {measured.Reason}; {ValueJson.Write(measured.Facts)}");
    }

    private static bool IsDeclared(Measurement measured, string path)
    {
        var type = measured.Declared!.Facts;
        foreach (var name in path.Split('.'))
        {
            if (type.Fields?.TryGetValue(name, out type!) != true)
                return false;
        }
        return true;
    }

    private static bool IsGreen(string condition, Measurement measured) =>
        Gates.Gate(Gates.Criterion("it", condition)).Decide(("probe", measured))
        .State("it") is CriterionState.Passed or CriterionState.Degraded;

    private static string Answer(string body) => $"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n{body}";
}
