namespace GateAction.Tests.Docs;

internal sealed class SourceLiteralsTests
{
    [TestCase("""Say("one text");""", "one text")]
    [TestCase("""Say("a " + name + " b");""", "a | b")]
    [TestCase("Say(\"a \"\n    + \"b\");", "a b")]
    [TestCase("""Say($"a {name} b");""", "a … b")]
    [TestCase("""Say($"a {(isOne ? "one" : $"{count} of {all}")} b");""", "a … b|one|… of …")]
    [TestCase("""Say($"a {{b}} {c:0.0}");""", "a {b} …")]
    [TestCase("""Say(@"a ""b"" \");""", "a \"b\" \\")]
    [TestCase("""Say("a \"b\" \\"); // "c" """, "a \"b\" \\")]
    [TestCase("""/* "a" */ Say('"', '\'', "b");""", "b")]
    [TestCase("Say(\"\"\"\n    a \"b\" {c}\n    \"\"\");", "a \"b\" {c}")]
    [TestCase("Say($$\"\"\"\n    a {b} {{c}}\n    \"\"\");", "a {b} …")]
    [TestCase("""Say($"a {map["b"]} {list.Select(x => { return x; })} c");""", "a … … c|b")]
    public void A_text_is_found_with_holes_for_what_is_filled_in(string source, string expected) => Assert.That(
        SourceLiterals.Of(source).Select(literal => literal.Text.Trim()),
        Is.EqualTo(expected.Split('|').Select(text => text.Trim())));

    [Test]
    public void A_text_knows_in_which_call_it_stands() => Assert.That(
        SourceLiterals.Of("""Outer(x, $"a {Inner("b")}", Of(1) ? "c" : "d"); "e";""").Select(literal => literal.Call),
        Is.EqualTo(new[] { "Outer", "Inner", "Outer", "Outer", "" }));
}
