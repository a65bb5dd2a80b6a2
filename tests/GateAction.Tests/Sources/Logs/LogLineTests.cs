using GateAction.Sources.Logs;

namespace GateAction.Tests.Sources.Logs;

internal sealed class LogLineTests
{
    [TestCase("2027-03-31 08:00:00,123 ERROR [main] pool is empty", LogSeverity.Error, "2027-03-31T08:00:00.1230000Z")]
    [TestCase("2027-03-31T10:00:00.5+02:00 WARN slow", LogSeverity.Warning, "2027-03-31T08:00:00.5000000Z")]
    [TestCase("[2027-03-31 08:00:00] app.INFO: started", LogSeverity.Info, "2027-03-31T08:00:00.0000000Z")]
    [TestCase("2027/03/31 08:00:00 [error] 31#31: *1 connect() failed", LogSeverity.Error, "2027-03-31T08:00:00.0000000Z")]
    [TestCase("2027-03-31T08:00:00Z\twarn\tserver\tslow", LogSeverity.Warning, "2027-03-31T08:00:00.0000000Z")]
    [TestCase("time=\"2027-03-31\" level=error msg=\"no error found\"", LogSeverity.Error, null)]
    [TestCase("severity: 'critical' disk", LogSeverity.Critical, null)]
    [TestCase("[core:error] AH00126", LogSeverity.Error, null)]
    [TestCase("fail: Microsoft.Hosting[0]", LogSeverity.Error, null)]
    [TestCase("INFO:     127.0.0.1 - \"GET /ERROR\" 200", LogSeverity.Info, null)]
    [TestCase("SSOT WARNING: found other classes", LogSeverity.Warning, null)]
    [TestCase("no error found, fatal or not", null, null)]
    [TestCase("ERROR_COUNT is 0", null, null)]
    [TestCase("Traceback (most recent call last):", null, null)]
    [TestCase("2027-13-45 99:00:00 x", null, null)]
    [TestCase("{\"severity\": \"ERROR\", \"timestamp\": \"2027-03-31T08:00:00Z\", \"message\": \"x\"}", LogSeverity.Error, "2027-03-31T08:00:00.0000000Z")]
    [TestCase("{\"level\":50,\"time\":1806480000000,\"msg\":\"pino\"}", LogSeverity.Error, "2027-03-31T08:00:00.0000000Z")]
    [TestCase("{\"level\":\"warn\",\"ts\":1806480000.5,\"msg\":\"zap\"}", LogSeverity.Warning, "2027-03-31T08:00:00.5000000Z")]
    [TestCase("{\"@t\":\"2027-03-31T08:00:00Z\",\"@mt\":\"serilog\"}", LogSeverity.Info, "2027-03-31T08:00:00.0000000Z")]
    [TestCase("{\"@t\":\"2027-03-31T08:00:00Z\",\"@l\":\"Fatal\",\"@mt\":\"serilog\"}", LogSeverity.Critical, "2027-03-31T08:00:00.0000000Z")]
    [TestCase("{\"EventId\":1,\"LogLevel\":\"Error\",\"State\":{\"level\":\"info\"}}", LogSeverity.Error, null)]
    [TestCase("{\"nested\": {\"level\": \"error\"}, \"level\": \"info\"}", LogSeverity.Info, null)]
    [TestCase("{\"level\": null, \"severity\": \"NOTICE\"}", LogSeverity.Notice, null)]
    [TestCase("{\"level\": \"error\", ", LogSeverity.Error, null)]
    [TestCase("{ERROR} not JSON", LogSeverity.Error, null)]
    public void A_line_says_its_severity_and_its_time(string text, object? severity, string? time)
    {
        var line = LogLine.Parse(text);

        Assert.That(line.Severity, Is.EqualTo(severity));
        Assert.That(line.Time?.UtcDateTime.ToString("O"), Is.EqualTo(time));
    }

    [Test]
    public void The_message_of_a_JSON_line_is_read_without_its_escapes()
    {
        var line = LogLine.Parse("""{"msg": "said \"no\""}""");

        Assert.That(line.Message.ToString(), Is.EqualTo("said \"no\""));
    }

    [Test]
    public void Lines_are_split_at_every_kind_of_end_and_cut_where_they_are_too_long()
    {
        var text = $"one\r\ntwo\n\n{new string('x', 200_000)}\nlast";
        var reader = new LineReader(new StringReader(text));

        var lengths = new List<int>();
        while (reader.TryRead(out var line))
            lengths.Add(line.Length);

        Assert.That(lengths, Is.EqualTo(new[] { 3, 3, 0, LineReader.MaxLength, 4 }));
        Assert.That(reader.Cut, Is.EqualTo(1));
    }
}
