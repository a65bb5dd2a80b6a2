using GateAction.Manifests.Extending;

namespace GateAction.Tests.Manifests.Extending;

internal sealed class ExtendsAddressTests
{
    private const string Sha = "0123456789abcdef0123456789ABCDEF01234567";

    [TestCase(".github/base.yml", null, ".github/base.yml", null, null)]
    [TestCase("./.github/base.yml", null, ".github/base.yml", null, null)]
    [TestCase("base", null, "base", null, null)]
    [TestCase("gates/Größe der Dinge.yml", null, "gates/Größe der Dinge.yml", null, null)]
    [TestCase("./a/b/base@2.yml", null, "a/b/base@2.yml", null, null)]
    [TestCase("acme/gates/base.yml@v3", "acme/gates", "base.yml", "v3", null)]
    [TestCase("acme/.github/deep/in/it/base.yaml@release/1.0", "acme/.github", "deep/in/it/base.yaml", "release/1.0", null)]
    [TestCase("acme/gates/base.yml@gates@1.2.0", "acme/gates", "base.yml", "gates@1.2.0", null)]
    [TestCase("acme/gates/@scope/base.yml@v3", "acme/gates", "@scope/base.yml", "v3", null)]
    [TestCase("acme/gates/base.yml@tags/v3#" + Sha, "acme/gates", "base.yml", "tags/v3", Sha)]
    [TestCase("acme/gates/base.yml@" + Sha, "acme/gates", "base.yml", Sha, null)]
    [TestCase("acme/gates/base.yml@issue#9#" + Sha, "acme/gates", "base.yml", "issue#9", Sha)]
    [TestCase("acme/gates/policy@main", "acme/gates", "policy", "main", null)]
    public void An_address_is_a_path_or_a_file_of_another_repository(
        string text, string? repository, string path, string? reference, string? pin)
    {
        var address = Extended.Address(text);

        Assert.That(
            (address?.Repository?.ToString(), address?.Path, address?.Ref, address?.Pin),
            Is.EqualTo((repository, path, reference, pin?.ToLowerInvariant())), ExtendsAddress.Objection(text));
    }

    [TestCase("")]
    [TestCase("./")]
    [TestCase("/etc/gate.yml")]
    [TestCase(".//etc/gate.yml")]
    [TestCase("../base.yml")]
    [TestCase("a/../../base.yml")]
    [TestCase("./../base.yml")]
    [TestCase("a/./base.yml")]
    [TestCase("a//base.yml")]
    [TestCase("a/base.yml/")]
    [TestCase("..")]
    [TestCase("a\\..\\base.yml")]
    [TestCase("C:\\base.yml")]
    [TestCase("C:/base.yml")]
    [TestCase("a\u0000b.yml")]
    [TestCase("a\nb.yml")]
    [TestCase("https://example.com/base.yml")]
    [TestCase("https://github.com/acme/gates/base.yml@v3")]
    [TestCase("git@github.com:acme/gates.git")]
    [TestCase("${BASE}")]
    [TestCase("acme/gates/base.yml@${REF}")]
    [TestCase("acme/gates@v3")]
    [TestCase("acme@v3")]
    [TestCase("@v3")]
    [TestCase("acme/gates/base.yml@")]
    [TestCase("acme/gates/base.yml@#" + Sha)]
    [TestCase("acme/gates/base.yml@v3#")]
    [TestCase("acme/gates/base.yml@v3#0123456")]
    [TestCase("acme/gates/base.yml@v3#" + Sha + "0")]
    [TestCase("acme/gates/base.yml@-v3")]
    [TestCase("acme/gates/base.yml@a..b")]
    [TestCase("acme/gates/base.yml@../../../../user")]
    [TestCase("acme/gates/base.yml@a//b")]
    [TestCase("acme/gates/base.yml@/v3")]
    [TestCase("acme/gates/base.yml@v3/")]
    [TestCase("acme/gates/base.yml@v 3")]
    [TestCase("acme/gates/base.yml@v3?x=1")]
    [TestCase("acme/gates/base.yml@v3^{}")]
    [TestCase("acme/../base.yml@v3")]
    [TestCase("acme/gates/../../../user@v3")]
    [TestCase("acme/ga tes/base.yml@v3")]
    [TestCase("acme/gates/a/../b.yml@v3")]
    public void What_leads_elsewhere_is_no_address(string text)
    {
        Assert.That(Extended.Address(text), Is.Null);
        Assert.That(text.Length == 0 ? "" : ExtendsAddress.Objection(text), Is.Not.Null);
    }
}
