using System.Text;
using GateAction.Core.Documents;
using GateAction.Core.Model;
using GateAction.StandIns.Staging;
using GateAction.Tests.Decisions;
using GateAction.Tests.Documents;

namespace GateAction.Tests.Sources;

/// <summary>What is only a part of what was asked for is at best degraded; `flaky: pass` speaks of repeated attempts alone.</summary>
internal sealed class PartialEvidenceTests
{
    private static readonly byte[] Large = WireServer.Answer(new byte[1024 * 1024 + 1]);
    private static readonly byte[] Small = WireServer.Answer("{}"u8.ToArray());

    private static IEnumerable<TestCaseData> Parts()
    {
        static TestCaseData Case(string name, string yaml, string condition, Func<int, byte[]> answer) =>
            new TestCaseData(yaml, condition, answer).SetArgDisplayNames(name);

        yield return Case("a body that is cut", "http: 'URL'", "probe.status == 200", _ => Large);
        yield return Case("the first sample", "http: 'URL', samples: 3", "probe.latency.max < 1h", number => number == 1 ? Large : Small);
        yield return Case("one in the middle", "http: 'URL', samples: 3", "probe.status == 200", number => number == 2 ? Large : Small);
        yield return Case("the last sample", "http: 'URL', samples: 3", "probe.availability == 1.0", number => number == 3 ? Large : Small);
        yield return Case("a warning", "prometheus: up, url: 'URL'", "probe.value == 1.0", _ => Vector("""
            "warnings":["partial response"],
            """));
        yield return Case("a part of the storage", "prometheus: up, url: 'URL'", "probe.value == 1.0", _ => Vector("""
            "isPartial":true,
            """));
        yield return Case("a warning in one of several", "prometheus: up, url: 'URL', samples: 3, every: 1ms", "probe.value == 1.0",
            number => Vector(number == 2 ? """
            "warnings":["partial response"],
            """ : ""));
        yield return Case("some of the calls", "openapi: 'URL', call-gets: true, max-calls: 1", "probe.count == 2",
            _ => WireServer.Answer("""{"openapi":"3.0.0","info":{"title":"a","version":"1"},"paths":{"/a":{"get":{}},"/b":{"get":{}}}}"""u8
                .ToArray()));
    }

    [TestCaseSource(nameof(Parts))]
    public async Task It_degrades_whatever_is_tolerated(string yaml, string condition, Func<int, byte[]> answer)
    {
        var requests = 0;
        using var server = new WireServer(async stream =>
        {
            while (await WireServer.ReadHeadAsync(stream) is not null)
                await stream.WriteAsync(answer(Interlocked.Increment(ref requests)));
        });

        var measured = await ProbeTesting.MeasureAsync($"{{ {yaml.Replace("URL", server.Url.AbsoluteUri)}, flaky: pass }}");

        Assert.That(StateOf(condition, measured), Is.EqualTo(CriterionState.Degraded), $"{measured.Reason} {measured.Caveat}");
        Assert.That(StateOf(condition, WrittenAndRead(measured)), Is.EqualTo(CriterionState.Degraded));
    }

    [Test]
    public async Task An_answer_after_a_retry_is_tolerated()
    {
        var requests = 0;
        using var server = new WireServer(async stream =>
        {
            if (await WireServer.ReadHeadAsync(stream) is not null && Interlocked.Increment(ref requests) > 1)
                await stream.WriteAsync(Small);
        });

        var measured = await ProbeTesting.MeasureAsync($"{{ http: '{server.Url}', flaky: pass }}");

        Assert.That(measured.Caveat, Does.StartWith("answered on attempt 2"));
        Assert.That(StateOf("probe.ok", measured), Is.EqualTo(CriterionState.Passed));
    }

    [Test]
    public async Task Of_a_soak_it_is_said_how_many_answers_were_cut_and_which()
    {
        var requests = 0;
        using var server = new WireServer(async stream =>
        {
            while (await WireServer.ReadHeadAsync(stream) is not null)
                await stream.WriteAsync(++requests % 2 == 0 ? Large : Small);
        });

        var measured = await ProbeTesting.MeasureAsync($"{{ http: '{server.Url}', samples: 5 }}");

        Assert.That(measured.Caveat,
            Is.EqualTo("2 of 5 answers are larger than 1 MiB and were cut; their latency is the time until then"));
        Assert.That(measured.Details, Is.EqualTo((string[])["sample 2: the answer is larger than 1 MiB and was cut",
            "sample 4: the answer is larger than 1 MiB and was cut"]));
    }

    private static byte[] Vector(string more) => WireServer.Answer(Encoding.UTF8.GetBytes(
        "{" + more + """ "status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"1"]}]}}"""));

    private static CriterionState StateOf(string condition, Measurement measured)
    {
        var gate = Gates.Gate(Gates.Criterion("it", condition)) with { TolerateFlaky = new HashSet<string> { "probe" } };
        return gate.Decide(("probe", measured)).State("it");
    }

    private static Measurement WrittenAndRead(Measurement measured)
    {
        using var stream = new MemoryStream();
        EvidenceJson.Write(stream, SampleEvidence.Of([("probe", measured)]));
        stream.Position = 0;
        return EvidenceJson.Read(stream, "evidence.json", _ => measured.Declared).Measurements["probe"];
    }
}
