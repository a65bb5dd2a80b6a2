using System.Text.Json;
using GateAction.Syntax;
using GateAction.Tests.Cel;

namespace GateAction.Tests.Syntax;

/// <summary>Numbers go through a manifest as they were written: into an address, and from YAML to JSON.</summary>
internal sealed class WrittenNumberTests
{
    [TestCase("12345678901234567891")]
    [TestCase("-12345678901234567891")]
    [TestCase("9007199254740993")]
    [TestCase("18446744073709551616")]
    [TestCase("100000000000000000000000000000000000000001")]
    [TestCase("42")]
    [TestCase("0.25")]
    public void A_number_of_another_probe_is_filled_in_with_all_its_digits(string number)
    {
        var template = new Template("", [new("/orders/"), new("login.json.id", CelTesting.Parse("login.json.id"))]);

        var (text, fault) = template.Resolve(CelTesting.Scope(new() { ["login"] = "{\"json\":{\"id\":" + number + "}}" }));

        Assert.That((text, fault), Is.EqualTo(($"/orders/{number}", (string?)null)));
    }

    [Test]
    public void A_point_in_time_is_filled_in_as_conditions_write_it()
    {
        var template = new Template("", [new("a.at", CelTesting.Parse("timestamp('2027-03-31T12:00:00.25+02:00')"))]);

        Assert.That(template.Resolve(CelTesting.Scope([])).Text, Is.EqualTo("2027-03-31T10:00:00.25Z"));
    }

    [TestCase("12345678901234567891", "12345678901234567891")]
    [TestCase("+42", "42")]
    [TestCase("-007", "-7")]
    [TestCase("-0", "0")]
    [TestCase("000", "0")]
    [TestCase("100000000000000000000000000000000000000000000000001", "100000000000000000000000000000000000000000000000001")]
    [TestCase("-99999999999999999999999999999999999", "-99999999999999999999999999999999999")]
    [TestCase("0x1F", "31")]
    [TestCase("0o17", "15")]
    [TestCase("1.5e3", "1500")]
    [TestCase("'42'", null)]
    [TestCase("1_000", null)]
    public void A_whole_number_of_YAML_is_the_same_in_JSON(string yaml, string? json)
    {
        var root = (MappingNode)YamlTree.Read(new("gate.yml", $"key: {yaml}"), new Problems())!;

        var written = CoreSchema.ToJson((ScalarNode)root.Find("key")!);

        Assert.That(written, Is.EqualTo(json));
        if (json is not null)
            Assert.That(JsonDocument.Parse(written!).RootElement.ValueKind, Is.EqualTo(JsonValueKind.Number));
    }
}
