using System.Text;
using GateAction.Http;

namespace GateAction.Tests.Http;

internal sealed class CharsetTests
{
    [Test]
    public void Every_label_of_the_list_is_known_in_any_case()
    {
        Assert.That(Charsets.All, Has.Count.EqualTo(210));
        foreach (var label in Charsets.All)
        {
            var encoding = Charsets.Find(label.ToUpperInvariant());
            Assert.That(encoding?.GetString(encoding.GetBytes("ok 1")), Is.EqualTo("ok 1"), label);
        }
    }

    [TestCase("latin1", "Größe", new byte[] { 0x47, 0x72, 0xf6, 0xdf, 0x65 })]
    [TestCase("us-ascii", "“Zoë”", new byte[] { 0x93, 0x5a, 0x6f, 0xeb, 0x94 })]
    [TestCase("x-sjis", "日本", new byte[] { 0x93, 0xfa, 0x96, 0x7b })]
    [TestCase("windows-31j", "日本", new byte[] { 0x93, 0xfa, 0x96, 0x7b })]
    [TestCase("gb_2312-80", "你好", new byte[] { 0xc4, 0xe3, 0xba, 0xc3 })]
    [TestCase("gb18030", "€", new byte[] { 0xa2, 0xe3 })]
    [TestCase("ks_c_5601-1989", "한국", new byte[] { 0xc7, 0xd1, 0xb1, 0xb9 })]
    [TestCase("cn-big5", "中文", new byte[] { 0xa4, 0xa4, 0xa4, 0xe5 })]
    [TestCase("koi8", "да", new byte[] { 0xc4, 0xc1 })]
    [TestCase("866", "да", new byte[] { 0xa4, 0xa0 })]
    [TestCase("utf-16le", "ok", new byte[] { 0x6f, 0, 0x6b, 0 })]
    [TestCase("utf-16", "ok", new byte[] { 0xfe, 0xff, 0, 0x6f, 0, 0x6b })]
    [TestCase("iso-8859-1", "Zoë", new byte[] { 0xef, 0xbb, 0xbf, 0x5a, 0x6f, 0xc3, 0xab })]
    [TestCase("utf-32", "ok", new byte[] { 0xff, 0xfe, 0, 0, 0x6f, 0, 0, 0, 0x6b, 0, 0, 0 })]
    [TestCase("utf-32", "ok", new byte[] { 0, 0, 0xfe, 0xff, 0, 0, 0, 0x6f, 0, 0, 0, 0x6b })]
    [TestCase("utf-32be", "ok", new byte[] { 0xff, 0xfe, 0, 0, 0x6f, 0, 0, 0, 0x6b, 0, 0, 0 })]
    public void Text_is_read_in_the_charset_it_declares_or_its_byte_order_mark_says(string label, string text, byte[] bytes) =>
        Assert.That(Charsets.Decode(bytes, Charsets.Find(label)!), Is.EqualTo(text));

    [TestCase("klingon")]
    [TestCase("utf-7")]
    [TestCase("iso-8859-16")]
    public void A_charset_that_is_not_known_is_none(string label) => Assert.That(Charsets.Find(label), Is.Null);

    [TestCase("text/html", "<!doctype html><meta charset=\"iso-8859-1\"><p>Gr\u00f6\u00dfe", true)]
    [TestCase("TEXT/HTML", "<META CHARSET=latin1 ><p>Gr\u00f6\u00dfe", true)]
    [TestCase("text/html; q=1",
        "<head><meta http-equiv='Content-Type' content='text/html; charset=windows-1252'></head>Gr\u00f6\u00dfe", true)]
    [TestCase("application/xml", "<?xml version='1.0' encoding='ISO-8859-1'?><a>Gr\u00f6\u00dfe</a>", true)]
    [TestCase("application/atom+xml", "<?xml version=\"1.0\" encoding=\"latin1\" standalone=\"yes\"?><a>Gr\u00f6\u00dfe</a>", true)]
    [TestCase("text/html", "<!-- <meta charset=latin1> --><p>Gr\u00f6\u00dfe", false)]
    [TestCase("text/html", "<meta charset=klingon><p>Gr\u00f6\u00dfe", false)]
    [TestCase("text/html", "<meta charset=utf-16><p>Gr\u00f6\u00dfe", false)]
    [TestCase("text/html; charset=utf-8", "<meta charset=latin1><p>Gr\u00f6\u00dfe", false)]
    [TestCase("text/plain", "<meta charset=latin1>Gr\u00f6\u00dfe", false)]
    [TestCase("application/json", "{\"a\": \"<meta charset=latin1> \u00f6\"}", false)]
    public async Task A_page_may_say_within_itself_what_it_is_in(string contentType, string page, bool isRead)
    {
        var content = new ByteArrayContent(Encoding.Latin1.GetBytes(page));
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);

        var (text, reason) =
            (await HttpBody.ReadAsync(content, HttpBody.MaxBytes, null, _ => { }, CancellationToken.None)).Decode();

        Assert.That(text, Is.EqualTo(isRead ? page : null), reason);
        Assert.That(reason, isRead ? Is.Null : Does.StartWith("the body is not text in "));
    }

    [Test]
    public void Characters_of_Hong_Kong_are_not_taken_for_others() =>
        Assert.That(() => Charsets.Decode([0x91, 0xe9], Charsets.Find("big5-hkscs")!), Throws.InstanceOf<DecoderFallbackException>());

    [TestCase("utf8")]
    [TestCase("gb18030")]
    [TestCase("utf-16")]
    public void Bytes_that_are_no_text_are_refused(string label) =>
        Assert.That(() => Charsets.Decode([0x41, 0xff, 0xff], Charsets.Find(label)!), Throws.InstanceOf<DecoderFallbackException>());

    [TestCase("application/json; charset=\"UTF8\"", "UTF8")]
    [TestCase("text/html;charset = 'gb2312' ;", "gb2312")]
    [TestCase("text/plain; boundary=x; Charset=koi8-r; q", "koi8-r")]
    [TestCase("text/plain; charset=", null)]
    [TestCase("application/json", null)]
    [TestCase("charset=utf-8", null)]
    [TestCase("text/plain; a=\"x; charset=latin1\"; charset=utf-8", "utf-8")]
    [TestCase("text/plain; a=\"x\\\"; charset=latin1\"; charset=utf-8", "utf-8")]
    [TestCase("text/plain; charset=\"utf\\-8\"", "utf-8")]
    [TestCase("text/plain; charset=utf-8; charset=latin1", "utf-8")]
    [TestCase("text/plain; charset=\"utf-8", "utf-8")]
    [TestCase("", null)]
    public void The_charset_is_found_in_any_content_type(string contentType, string? charset)
    {
        var content = new ByteArrayContent([]);
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);

        Assert.That(Charsets.DeclaredIn(content.Headers), Is.EqualTo(charset));
    }
}
