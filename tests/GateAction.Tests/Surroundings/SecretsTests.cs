using System.Net;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using GateAction.Surroundings;

namespace GateAction.Tests.Surroundings;

internal sealed class SecretsTests
{
    private const string Value = "p@ss\"wörd/+ 42";

    [Test]
    public void A_secret_is_masked_in_every_encoding_the_gate_applies()
    {
        var secrets = new Secrets();
        secrets.Add(Value);
        string[] shown =
        [
            Value,
            JsonEncodedText.Encode(Value).Value,
            Uri.EscapeDataString(Value),
            WebUtility.UrlEncode(Value),
            .. new[] { "", "u:", "user:", "admin:" }.Select(user => Convert.ToBase64String(Encoding.UTF8.GetBytes(user + Value))),
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

    [Test]
    public void No_encoding_of_a_secret_shows_it() => Prop.ForAll(
        (NonEmptyString secret, string before, string after) =>
        {
            var value = secret.Get.Replace("\0", "");
            if (value.Trim().Length < 4 || !value.IsWhole())
                return true;
            var secrets = new Secrets(value);
            string[] encoded = [value, Uri.EscapeDataString(value), WebUtility.UrlEncode(value), JsonEncodedText.Encode(value).Value];
            return encoded.All(text => !secrets.MaskText($"{before}\n{text}\n{after}").Contains(text, StringComparison.Ordinal))
                && new[] { "", "a", "ab" }.All(user => secrets.MaskText(Convert.ToBase64String(Encoding.UTF8.GetBytes(user + value))).Contains(Secrets.Mask, StringComparison.Ordinal));
        }).QuickCheckThrowOnFailure();
}

file static class Texts
{
    /// <summary>False for halves of surrogate pairs, which no encoding carries.</summary>
    public static bool IsWhole(this string text) => text.EnumerateRunes().All(rune => rune != Rune.ReplacementChar);
}
