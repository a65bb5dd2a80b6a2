using System.Text;
using GateAction.Sources.Results;

namespace GateAction.Tests.Sources.Results;

internal sealed class EncodingTests
{
    private const string Body = "<testsuite name='s'><testcase name='größer'><failure message='Straße'/></testcase></testsuite>";

    [TestCase("utf-8", true)]
    [TestCase("utf-16", true)]
    [TestCase("utf-16BE", true)]
    [TestCase("utf-32", true)]
    [TestCase("iso-8859-1", false)]
    [TestCase("windows-1252", false)]
    [TestCase("utf-16", false)]
    public void Every_encoding_is_read(string name, bool hasMark)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var encoding = Encoding.GetEncoding(name);
        byte[] bytes = [.. hasMark ? encoding.GetPreamble() : [], .. encoding.GetBytes($"<?xml version='1.0' encoding='{name}'?>{Body}")];

        var read = ResultFolder.ReadBytes(bytes);

        Assert.That((read.Failures.Single().FullName, read.Failures.Single().Message), Is.EqualTo(("s.größer", "Straße")));
        Assert.That(read.Problems, Is.Empty);
    }

    [Test]
    public void No_declaration_is_UTF_8() => Assert.That(ResultFolder.ReadText(Body).Failures.Single().Name, Is.EqualTo("größer"));

    [Test]
    public void A_declaration_of_UTF_16_over_UTF_8_is_a_warning()
    {
        var read = ResultFolder.ReadText("<?xml version='1.0' encoding='utf-16'?>" + Body);

        Assert.That(read.Failures.Single().Name, Is.EqualTo("größer"));
        Assert.That(read.Problems.Single().Message, Is.EqualTo("declares encoding 'utf-16' but its bytes are not; read as UTF-8"));
    }

    [TestCase("\u0000")]
    [TestCase("\u001B[31m")]
    [TestCase("\uFFFF")]
    public void A_character_that_XML_forbids_is_a_warning_where_the_structure_survives(string text)
    {
        var read = ResultFolder.ReadText($"<testsuite>\n<testcase name='a'>\n<failure>{text}</failure></testcase></testsuite>");

        Assert.That(read.Counts.Failed, Is.EqualTo(1));
        Assert.That(read.Problems,
            Is.EqualTo([new ResultProblem(Severity.Warning, "1 control character that is not allowed in this format; read as U+FFFD", 3)]));
    }

    [Test]
    public void A_byte_that_is_not_of_the_encoding_is_a_warning()
    {
        var read = ResultFolder.ReadBytes([.. Encoding.UTF8.GetBytes("<testsuite>\n<testcase name='"), 0xFF,
            .. Encoding.UTF8.GetBytes("'/></testsuite>")]);

        Assert.That(read.Counts.Passed, Is.EqualTo(1));
        Assert.That(read.Problems,
            Is.EqualTo([new ResultProblem(Severity.Warning, "1 byte sequence that is not valid in utf-8; read as U+FFFD", 2)]));
    }

    [Test]
    public void A_default_namespace_changes_nothing() =>
        Assert.That(ResultFolder.ReadText("<testsuite xmlns='urn:x'><testcase name='a'><failure/></testcase></testsuite>").Counts.Failed,
        Is.EqualTo(1));

    [Test]
    public void Ten_megabytes_in_one_text_are_cut_while_they_are_read()
    {
        var read = ResultFolder.ReadText(
            $"<testsuite><testcase "
            + $"name='a'><failure>{new string('x', 10 << 20)}</failure><system-out>{new string('y', 1 << 20)}"
            + "</system-out></testcase></testsuite>");

        Assert.That(read.Failures.Single().Details, Has.Length.EqualTo(ResultLimits.Details));
    }

    [TestCase("1.5", 1.5)]
    [TestCase("1,234.5", 1234.5)]
    [TestCase("1.234,5", 1234.5)]
    [TestCase("0,288", 0.288)]
    [TestCase("1,234", 1234)]
    [TestCase("1.4e-05", 0.000014)]
    [TestCase("&lt;&lt;computed&gt;&gt;", 0)]
    [TestCase("NaN", 0)]
    [TestCase("Infinity", 0)]
    [TestCase("-1", 0)]
    [TestCase("1e300", 0)]
    [TestCase("", 0)]
    public void Times_are_read_in_every_form(string time, double seconds) =>
        Assert.That(ResultFolder.ReadText($"<testsuite><testcase name='a' time='{time}'/></testsuite>").Counts.Duration,
        Is.EqualTo(TimeSpan.FromSeconds(seconds)));

    [Test]
    public void Times_beyond_all_range_add_up_to_the_edge() =>
        Assert.That(
            ResultFolder.ReadText(
            "<testsuite><testcase name='a' time='400000000000'/><testcase name='b' time='400000000000'/><testcase name='c' "
            + "time='400000000000'/></testsuite>").Counts.Duration,
            Is.EqualTo(TimeSpan.MaxValue));
}
