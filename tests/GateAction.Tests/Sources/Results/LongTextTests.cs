using System.Text;
using GateAction.Sources.Results;

namespace GateAction.Tests.Sources.Results;

/// <summary>Files longer than every buffer: the same comes out wherever one of them ends, in a character, a value or a tag.</summary>
internal sealed class LongTextTests
{
    private static readonly string[] Names = [.. Enumerable.Range(0, 3000).Select(i => $"{i} größer 漢字 😀 {new string('x', i % 97)}")];

    [Test]
    public void Characters_of_several_bytes_are_whole([Range(0, 4)] int shift)
    {
        var read = ResultFolder.ReadText(Document(shift, Names));

        Assert.That(read.Problems, Is.Empty);
        Assert.That(NamesOf(read), Is.EqualTo(Names));
    }

    [TestCase("<testsuite><testcase name='a'><failure message='", "'/></testcase></testsuite>")]
    [TestCase("<testsuite><testcase name='>", "'/></testsuite>")]
    [TestCase("<testsuite><", "/></testsuite>")]
    public void A_tag_without_an_end_costs_no_memory(string before, string after)
    {
        var read = ResultFolder.ReadText($"{before}{new string('x', 60_000_000)}{after}");

        Assert.That(read.Problems.Single().Message, Is.EqualTo("the file has a tag of more than 8 MiB, which is not read"));
        Assert.That(read.Worst, Is.EqualTo(Severity.Unreadable));
    }

    [TestCase("<system-out>", "</system-out>")]
    [TestCase("<system-out><![CDATA[", "]]></system-out>")]
    [TestCase("<!-- ", " -->")]
    public void A_long_text_is_read_whatever_its_length(string before, string after)
    {
        var read = ResultFolder.ReadText(
            $"<testsuite><testcase name='a'>{before}{new string('x', 60_000_000)}{after}</testcase></testsuite>");

        Assert.That(read.Problems, Is.Empty);
        Assert.That(read.Counts.Passed, Is.EqualTo(1));
    }

    [TestCase("utf-16")]
    [TestCase("utf-32")]
    [TestCase("gb18030")]
    public void So_they_are_in_other_encodings(string name)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var encoding = Encoding.GetEncoding(name);

        var read = ResultFolder.ReadBytes([.. encoding.GetPreamble(),
            .. encoding.GetBytes($"<?xml version='1.0' encoding='{name}'?>{Document(0, Names)}")]);

        Assert.That(read.Problems, Is.Empty);
        Assert.That(NamesOf(read), Is.EqualTo(Names));
    }

    [Test]
    public void Long_values_with_entities_are_whole([Range(0, 4)] int shift)
    {
        string[] names = [.. Enumerable.Range(0, 200).Select(i => $"{i}{string.Concat(Enumerable.Repeat("a&b<c'd", 280))}"[..1900])];

        var read = ResultFolder.ReadText(Document(shift, names.Select(name => System.Security.SecurityElement.Escape(name))));

        Assert.That(read.Problems, Is.Empty);
        Assert.That(NamesOf(read), Is.EqualTo(names));
    }

    [Test]
    public void Bytes_that_are_not_of_the_encoding_are_counted_and_the_first_has_a_line([Range(0, 4)] int shift)
    {
        var bytes = Encoding.UTF8.GetBytes(Document(shift, Names.Select((name, i) => i is 1500 or 2500 ? $"|{name}" : name)));
        for (var at = 0; (at = Array.IndexOf(bytes, (byte)'|', at)) >= 0;)
            bytes[at] = 0xFF;

        var read = ResultFolder.ReadBytes(bytes);

        Assert.That(read.Counts.Passed, Is.EqualTo(Names.Length));
        Assert.That(read.Problems,
            Is.EqualTo([new ResultProblem(Severity.Warning, "2 byte sequences that are not valid in utf-8; read as U+FFFD", 1502)]));
        Assert.That(NamesOf(read).Count(name => name?[0] == '\uFFFD'), Is.EqualTo(2));
    }

    [TestCase('\u0001')]
    [TestCase('\uFFFE')]
    [TestCase('\uFFFF')]
    public void A_character_that_XML_forbids_has_a_line(char forbidden)
    {
        var read = ResultFolder.ReadText(Document(0, Names.Select((name, i) => i == 2000 ? $"{forbidden}{name}" : name)));

        Assert.That(read.Counts.Passed, Is.EqualTo(Names.Length));
        Assert.That(read.Problems,
            Is.EqualTo([new ResultProblem(Severity.Warning, "1 control character that is not allowed in this format; read as U+FFFD",
            2002)]));
    }

    [Test]
    public void The_line_of_a_late_fault_is_known()
    {
        var read = ResultFolder.ReadText(Document(0, Names).Replace("</testsuite>", "<testcase name='a'>"));

        Assert.That(read.Counts.Passed, Is.EqualTo(Names.Length));
        Assert.That((read.Problems[0].Severity, read.Problems[0].Line), Is.EqualTo((Severity.Unreadable, Names.Length + 2)));
    }

    private static string Document(int shift, IEnumerable<string> names) =>
        $"<testsuite>{new string(' ', shift)}\n{string.Concat(names.Select(name => $"<testcase name='{name}'/>\n"))}</testsuite>";

    private static IEnumerable<string?> NamesOf(FileTally read) => Enumerable.Range(0, read.Index.Count).Select(read.Index.NameOf);
}
