using GateAction.Sources.Results;

namespace GateAction.Tests.Sources.Results;

/// <summary>What a stream of Dart's test runner says of itself, held against its events.</summary>
internal sealed class DartTests
{
    private const string Start = """{"protocolVersion":"0.1.1","type":"start"}""";
    private const string Suite = """{"suite":{"id":0,"path":"test/a_test.dart"},"type":"suite"}""";
    private const string Began = """{"test":{"id":1,"name":"a","suiteID":0,"groupIDs":[9]},"type":"testStart","time":0}""";
    private const string Ended = """{"testID":1,"result":"success","hidden":false,"type":"testDone","time":1}""";
    private const string Done = """{"success":true,"type":"done"}""";

    [Test]
    public void A_whole_stream_has_no_problems() =>
        Assert.That(
            Problems(Start, Suite, """{"count":1,"type":"allSuites"}""",
            """{"group":{"id":9,"suiteID":0,"parentID":null,"testCount":1},"type":"group"}""", Began, Ended, Done),
            Is.Empty);

    [TestCase("""{"test":{"id":2,"name":"b"},"type":"testS|art"}""",
        "'testS|art' is not a known type of event and is not read; a test may be lost in it")]
    [TestCase("""{"testID":1,"error":"no","type":"errar"}""",
        "'errar' is not a known type of event and is not read; a test may be lost in it")]
    [TestCase("""{"result":"failure","type":"tested"}""",
        "'tested' is not a known type of event and is not read; a test may be lost in it")]
    [TestCase("""{"test":{"id":2,"name":"b"}}""", "an event has no type")]
    [TestCase("""{"test":{"ie":2,"name":"b"},"type":"testStart"}""", "an event 'testStart' has no id")]
    [TestCase("""{"tesuID":1,"result":"success","type":"testDone"}""", "an event 'testDone' has no id")]
    [TestCase("""{"error":"no","type":"error"}""", "an event 'error' has no id")]
    [TestCase("""{"test":{"id":1,"name":"b"},"type":"testStart"}""", "test 1 began twice: a test is lost")]
    [TestCase("""{"testID":2,"result":"success","type":"testDone"}""", "test 2 ended and never began: a line is missing")]
    [TestCase("""{"testID":2,"error":"no","type":"error"}""",
        "test 2 has an error and is not running: it failed after its end, or a line is missing: no")]
    public void An_event_that_a_test_may_be_lost_in_is_an_error(string line, string problem) =>
        Assert.That(Problems(Start, Suite, Began, line, Ended, Done), Is.EqualTo([new ResultProblem(Severity.Error, problem, 4)]));

    [Test]
    public void No_flipped_bit_of_an_event_loses_its_test_without_a_word()
    {
        var content = FormatSamples.All.Single(sample => sample.Format == "dart").Content;
        var bytes = System.Text.Encoding.UTF8.GetBytes(content);
        var silent = new List<string>();
        using var folder = new ResultFolder();

        for (var at = 0; at < bytes.Length * 8; at++)
        {
            bytes[at / 8] ^= (byte)(1 << (at % 8));
            folder.Add("file", bytes);
            var read = folder.Read("file");
            if (read.Problems.Count == 0 && (read.Counts.Total < 4 || read.Counts.Failed + read.Counts.Errors < 1))
                silent.Add($"{at / 8}: {System.Text.Encoding.UTF8.GetString(bytes.AsSpan(Math.Max(0, (at / 8) - 20), 40))}");
            bytes[at / 8] ^= (byte)(1 << (at % 8));
        }

        Assert.That(silent, Is.Empty);
    }

    [Test]
    public void An_unknown_event_that_is_about_no_test_is_one_warning() =>
        Assert.That(
            Problems(Start, Suite, Began, """{"percent":1,"type":"progress"}""", """{"percent":2,"type":"progress"}""", Ended, Done),
            Is.EqualTo([new ResultProblem(Severity.Warning, "'progress' is not a known type of event and is not read", 4)]));

    [Test]
    public void An_error_after_the_end_of_its_test_is_an_error() =>
        Assert.That(
            Problems(Start, Suite, Began, Ended, """{"testID":1,"error":"late\nat a.dart","type":"error"}""", Done),
            Is.EqualTo([new ResultProblem(Severity.Error,
            "test 1 has an error and is not running: it failed after its end, or a line is missing: late", 5)]));

    [TestCase("""{"success":false,"type":"done"}""", "the run says it was no success although no test failed")]
    [TestCase("""{"success":null,"type":"done"}""",
        "the run was stopped before all tests ran: its event 'done' says neither success nor failure")]
    public void The_end_of_the_run_says_otherwise_than_its_tests(string done, string problem) =>
        Assert.That(Problems(Start, Suite, Began, Ended, done), Is.EqualTo([new ResultProblem(Severity.Error, problem, 5)]));

    [Test]
    public void A_run_that_says_success_over_a_failed_test_is_an_error() =>
        Assert.That(
            Problems(Start, Suite, Began, Ended.Replace("success", "failure"), Done),
            Is.EqualTo([new ResultProblem(Severity.Error, "the run says it was a success although 1 of its tests failed", 5)]));

    [Test]
    public void Fewer_tests_than_the_suite_says_are_an_error() =>
        Assert.That(
            Problems(Start, Suite, """{"group":{"id":9,"suiteID":0,"parentID":null,"testCount":3},"type":"group"}""", Began, Ended, Done),
            Is.EqualTo([new ResultProblem(Severity.Error, "suite 'test/a_test.dart' says 3 tests, its cases are 1", 3)]));

    [Test]
    public void Fewer_suites_than_the_run_says_are_an_error() =>
        Assert.That(
            Problems(Start, """{"count":2,"type":"allSuites"}""", Suite, Began, Ended, Done),
            Is.EqualTo([new ResultProblem(Severity.Error, "the run says 2 suites, 1 are there", 6)]));

    private static IReadOnlyList<ResultProblem> Problems(params string[] lines) => ResultFolder.ReadText(string.Join('\n', lines)).Problems;
}
