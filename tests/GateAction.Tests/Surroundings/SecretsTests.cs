using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using GateAction.Cel.Values;
using GateAction.Surroundings;

namespace GateAction.Tests.Surroundings;

internal sealed class SecretsTests
{
    private const string Sample = "p@ss\"wörd/+ 42";

    [Test]
    public void A_secret_is_masked_in_every_encoding_the_gate_applies()
    {
        var secrets = new Secrets();
        secrets.Add(Sample);
        string[] shown =
        [
            Sample,
            JsonEncodedText.Encode(Sample).Value,
            Uri.EscapeDataString(Sample),
            WebUtility.UrlEncode(Sample),
            .. new[] { "", "u:", "user:", "admin:" }.Select(user => Convert.ToBase64String(Encoding.UTF8.GetBytes(user + Sample))),
        ];

        foreach (var text in shown)
        {
            var masked = secrets.MaskText($"before {text} after");

            Assert.That(masked, Does.StartWith("before ").And.Contain("***").And.EndWith(" after"), text);
            Assert.That(masked, Does.Not.Contain("42"), text);
        }
    }

    [Test]
    public void A_short_secret_is_masked_where_it_stands_alone()
    {
        var secrets = new Secrets();
        secrets.Add("17");

        Assert.That(secrets.MaskText("pin 17, 'pin':17 but 1700 and 417 stay"), Is.EqualTo("pin ***, 'pin':*** but 1700 and 417 stay"));
    }

    [Test]
    public void Nothing_is_masked_for_an_empty_secret()
    {
        var secrets = new Secrets();
        secrets.Add("");
        secrets.Add("  ");

        Assert.That(secrets.MaskText("all of this stays"), Is.EqualTo("all of this stays"));
    }

    [Test]
    public void The_longest_of_two_secrets_goes_first()
    {
        var secrets = new Secrets();
        secrets.Add("token");
        secrets.Add("token-of-staging");

        Assert.That(secrets.MaskText("a token-of-staging and a token"), Is.EqualTo("a *** and a ***"));
    }

    [Test]
    public void A_line_of_a_long_secret_is_masked_too()
    {
        var secrets = new Secrets();
        secrets.Add("-----BEGIN KEY-----\nMIIEvQIBADANBg\n-----END KEY-----\n");

        Assert.That(secrets.MaskText("parse error near MIIEvQIBADANBg"), Is.EqualTo("parse error near ***"));
    }

    [TestCase("482917", 482917)]
    [TestCase("48291.7365", 48291.7365)]
    [TestCase("482917", 482917.0)]
    [TestCase("482917", 5482917)]
    public void A_secret_of_digits_is_masked_where_it_comes_back_as_a_number(string secret, object number)
    {
        var value = number is int whole ? Value.Int(whole) : Value.Double((double)number);

        Assert.That(new Secrets(secret).MaskValue(Value.List([value])).AsList[0].AsString, Is.EqualTo("***"));
    }

    [Test]
    public void Other_numbers_stay()
    {
        var secrets = new Secrets("482917", "p@ss", "200");

        Assert.That(secrets.MaskValue(Value.List([Value.Int(48291), Value.Double(0.5), Value.UInt(7)])).AsList.Select(value => value.Kind),
            Has.None.EqualTo(ValueKind.String));
    }

    [TestCase("https://s3cr3t/%C3%9Cval+ue=ch/", "s3cr3t/Üval+ue=ch")]
    [TestCase("https://topsecret.example.com/", "TopSecret.Example.com")]
    [TestCase("{\"url\":\"s3cr3t\\/\\u00dcval\"}", "s3cr3t/Üval")]
    [TestCase("{\"inner\":\"{\\\"url\\\":\\\"s3cr3t\\\\/\\\\u00dcval\\\"}\"}", "s3cr3t/Üval")]
    [TestCase("a header that is\r\n folded", "that is folded")]
    [TestCase("as a reference: a&amp;b&#x22;c&#39;d", "a&b\"c'd")]
    [TestCase("twice: top%2520secret", "top secret")]
    [TestCase("in Markdown: top\\_secret\\*", "top_secret*")]
    [TestCase("as PHP writes it: s&uuml;cret&ouml;ff", "sücretöff")]
    [TestCase("as Rust writes it: s\\u{fc}cret", "sücret")]
    [TestCase("as Python writes bytes: s\\xc3\\xbccret", "sücret")]
    public void A_secret_is_masked_however_its_characters_are_written(string text, string secret)
    {
        var masked = new Secrets(secret).MaskText(text);

        Assert.That(masked, Does.Contain("***"));
        Assert.That(masked, Does.Not.Contain("cret").And.Not.Contain("cr3t").And.Not.Contain("folded").And.Not.Contain("&#39;d"));
    }

    [TestCase("a line of fifty characters and more was cut at hunter-two-is-", "a line of fifty characters and more was cut at ***")]
    [TestCase("the log was cut at hunter-two-is-…", "the log was cut at ***…")]
    [TestCase("status 'hun…' is no known word", "status '***…' is no known word")]
    [TestCase("status 'hunter%2Dtwo%2…' is unknown", "status '***%2…' is unknown")]
    [TestCase("hu… says too little", "hu… says too little")]
    [TestCase("a line of fifty characters and more: too little to tell: hunt",
        "a line of fifty characters and more: too little to tell: hunt")]
    [TestCase("hunter-two", "hunter-two")]
    public void A_secret_that_a_text_was_cut_in_is_masked_to_the_end(string text, string masked)
    {
        Assert.That(new Secrets("hunter-two-is-my-secret").MaskText(text), Is.EqualTo(masked));
    }

    [Test]
    public void What_the_gate_packs_is_unpacked_to_look()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            gzip.Write("{\"title\":\"hunter-two\"}"u8);
        var text = Convert.ToBase64String(packed.ToArray());

        Assert.That(new Secrets("hunter-two").MaskText($"a {text} b"), Is.EqualTo("a *** b"));
        Assert.That(new Secrets("hunter-three").MaskText($"a {text} b"), Is.EqualTo($"a {text} b"));
        Assert.That(new Secrets("hunter-two").MaskText($"a {text[..^6]} b"), Is.EqualTo("a *** b"), "cut");
        Assert.That(new Secrets("hunter-two").MaskText($"a {text.TrimEnd('=').Replace('+', '-').Replace('/', '_')} b"),
            Is.EqualTo("a *** b"));
        Assert.That(new Secrets("hunter-two").MaskText($"a {text.Insert(20, "\r\n")} b"), Is.EqualTo("a *** b"));
    }

    [Test]
    public void Many_secrets_in_a_large_text_take_little_time()
    {
        var secrets = new Secrets(Enumerable.Range(0, 20).Select(i => $"secret-number-{i}-with-some-length"));
        var text = string.Concat(Enumerable.Repeat("{\"path\":\"C:\\\\temp\",\"share\":\"50%25\",\"s\":\"secret-number\"}", 20_000));

        Assert.That(ReferenceEquals(secrets.MaskText(text), text), Is.True);
    }

    [Test]
    public void No_spelling_of_a_secret_shows_it() => Prop.ForAll(
        (NonEmptyString secret, string before, string after) =>
        {
            var value = secret.Get.Replace("\0", "");
            if (value.Trim().Length < Secrets.SearchedLength || !value.IsWhole() || before is null || after is null
                || (before + after).Contains(value, StringComparison.OrdinalIgnoreCase))
                return true;
            var secrets = new Secrets(value);
            return Spellings.Of(value.Trim(), new Random(value.Length + before.Length))
                .All(text => secrets.MaskText($"{before}\n{text}\n{after}") is var masked
                    && masked.Contains(Secrets.Mask, StringComparison.Ordinal) && !masked.Contains(text, StringComparison.Ordinal))
                && new[] { "", "a", "ab" }.All(user =>
                secrets.MaskText(Convert.ToBase64String(Encoding.UTF8.GetBytes(user + value)))
                .Contains(Secrets.Mask, StringComparison.Ordinal));
        }).QuickCheckThrowOnFailure();
}

/// <summary>The ways in which programs write a text.</summary>
file static class Spellings
{
    public static IEnumerable<string> Of(string value, Random random) =>
    [
        value,
        Uri.EscapeDataString(value),
        Uri.EscapeDataString(value).ToLowerInvariant(),
        Uri.EscapeDataString(Uri.EscapeDataString(value)),
        WebUtility.UrlEncode(value),
        WebUtility.HtmlEncode(value),
        JsonEncodedText.Encode(value).Value,
        JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value),
        JavaScriptEncoder.Default.Encode(JavaScriptEncoder.Default.Encode(value)),
        JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value).Replace("/", "\\/"),
        Mixed(value, random, rune => Uri.EscapeDataString(rune.ToString())),
        Mixed(value, random, rune => string.Concat(rune.ToString().Select(unit => $"\\u{(int)unit:x4}"))),
        Mixed(value, random, rune => $"&#{rune.Value};"),
    ];

    private static string Mixed(string value, Random random, Func<Rune, string> escape) =>
        string.Concat(value.EnumerateRunes().Select(rune => random.Next(2) == 0 ? rune.ToString() : escape(rune)));
}

file static class Texts
{
    /// <summary>False for halves of surrogate pairs, which no encoding carries.</summary>
    public static bool IsWhole(this string text) => text.EnumerateRunes().All(rune => rune != Rune.ReplacementChar);
}
