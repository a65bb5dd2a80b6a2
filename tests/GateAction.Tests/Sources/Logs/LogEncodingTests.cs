using System.IO.Compression;
using System.Text;
using GateAction.Core.Model;

namespace GateAction.Tests.Sources.Logs;

internal sealed class LogEncodingTests
{
    private string _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("gate-log-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    private static readonly Encoding[] Encodings =
    [
        new UTF8Encoding(false), new UTF8Encoding(true), new UnicodeEncoding(false, true), new UnicodeEncoding(true, true),
        new UnicodeEncoding(false, false), new UnicodeEncoding(true, false), new UTF32Encoding(false, true), Encoding.Latin1,
    ];

    private static readonly string[] LineEnds = ["\n", "\r\n", "\r", "\r\r\n"];

    [Test]
    public async Task Errors_are_found_in_every_encoding_with_every_end_of_a_line(
        [ValueSource(nameof(Encodings))] Encoding encoding, [ValueSource(nameof(LineEnds))] string end)
    {
        var text = string.Join(end, Enumerable.Range(0, 4000).Select(number => $"2027-03-31T08:00:00Z INFO für {number}")
            .Append("2027-03-31T08:00:01Z ERROR käse"));
        File.WriteAllBytes(Path.Combine(_folder, "app.log"), [.. encoding.GetPreamble(), .. encoding.GetBytes(text)]);

        var measured = await MeasureAsync("app.log");

        Assert.That(measured.Fact("severity.error").AsInt, Is.EqualTo(1), measured.Reason);
        Assert.That(measured.Fact("total").AsInt, Is.EqualTo(4001));
    }

    [TestCase(1)]
    [TestCase(70_000)]
    [TestCase(400_000)]
    public async Task A_log_that_was_emptied_under_its_writer_begins_with_a_hole(int zeros)
    {
        var hole = new string('\0', zeros);
        Write("app.log", $"{hole}INFO up\n{hole}\tindented\n{hole}ERROR boom\n{hole}");

        var measured = await MeasureAsync("app.log");

        Assert.That(measured.Fact("severity.error").AsInt, Is.EqualTo(1), measured.Reason);
        Assert.That(measured.Fact("total").AsInt, Is.EqualTo(3));
        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured));
    }

    [TestCase("INFO up\nab\0cd\n")]
    [TestCase("INFO up\n\0\0\u0001\u0002\n")]
    [TestCase("PK\u0003\u0004 INFO up\n")]
    [TestCase("BZh91AY INFO up\n")]
    [TestCase("\0\u0001\0\u0002\0a\0b")]
    [TestCase("\u0001\0\u0002\0a\0b\0")]
    public async Task What_is_no_text_is_inconclusive_wherever_that_shows(string content)
    {
        Write("app.log", content);

        var measured = await MeasureAsync("app.log");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unknown));
        Assert.That(measured.Reason, Does.StartWith("'app.log' is no text"));
    }

    private static byte[] Zip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }

    [Test]
    public async Task A_rotated_log_is_read_as_it_is_packed()
    {
        var text = string.Concat(Enumerable.Range(0, 20_000).Select(number => $"2027-03-31T08:00:00Z INFO {number * 7919 % 10007}\n"));
        File.WriteAllBytes(Path.Combine(_folder, "app.log.1.gz"), [.. Zip(text), .. Zip("2027-03-31T08:00:01Z ERROR boom\n"), 0, 0]);
        Write("app.log", "2027-03-31T08:00:02Z INFO up\n");

        var measured = await MeasureAsync("app.log*");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured), measured.Reason);
        Assert.That((measured.Fact("total").AsInt, measured.Fact("severity.error").AsInt), Is.EqualTo((20_002, 1)));
    }

    [Test]
    public async Task A_packed_log_that_is_damaged_or_breaks_off_is_inconclusive()
    {
        var whole = Zip(string.Concat(Enumerable.Range(0, 5000).Select(number => $"INFO {number * 7919 % 10007}\n")));
        byte[][] damaged =
        [
            .. new[] { 3, 12, whole.Length / 2, whole.Length - 9, whole.Length - 8, whole.Length - 1 }.Select(length => whole[..length]),
            [.. whole[..^6], (byte)(whole[^6] ^ 1), .. whole[^5..]], [.. whole, .. "junk"u8],
        ];

        foreach (var bytes in damaged)
        {
            File.WriteAllBytes(Path.Combine(_folder, "app.log.gz"), bytes);
            var measured = await MeasureAsync("app.log.gz");
            Assert.That((measured.Outcome, measured.Reason),
                Is.EqualTo((Outcome.Unknown, "'app.log.gz' is gzip that is damaged or breaks off")), $"{bytes.Length} bytes");
        }
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);

    private Task<Measurement> MeasureAsync(string pattern, string more = "") =>
        ProbeTesting.MeasureAsync($"{{ log-file: '{_folder}/{pattern}'{(more.Length > 0 ? ", " + more : "")} }}");
}
