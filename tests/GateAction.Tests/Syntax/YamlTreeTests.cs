using GateAction.Syntax;

namespace GateAction.Tests.Syntax;

internal sealed class YamlTreeTests
{
    [TestCase("[")]
    [TestCase("{a: ")]
    [TestCase("? ")]
    [TestCase("- ")]
    public void Deep_nesting_is_a_message(string opening)
    {
        var problems = new Problems();
        var text = string.Concat(Enumerable.Repeat(opening, 200_000 / opening.Length));

        var root = YamlTree.Read(new("gate.yml", text), problems);

        Assert.That(root, Is.Null);
        Assert.That(problems.InOrder().Single().Message, Does.Contain("nested more than 64 deep"));
    }

    [Test]
    public void Aliases_are_counted_as_if_they_were_written_out()
    {
        var text = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + string.Concat("bcdefghij".Select((c, i) =>
            $"{c}: &{c} [{string.Join(", ", Enumerable.Repeat($"*{(char)(c - 1)}", 10))}]\n"));
        var problems = new Problems();

        YamlTree.Read(new("gate.yml", text), problems);

        Assert.That(problems.InOrder().Single().Message, Does.Contain("50,000 values"));
    }

    [TestCase("key: plain text", "text")]
    [TestCase("key: plain\n  over\n\n  three lines", "three")]
    [TestCase("key: 'it''s quoted'", "quoted")]
    [TestCase("key: 'it''s\n   folded'", "folded")]
    [TestCase("""key: "a \"b\" \u0041\x41\t\\ here" """, "here")]
    [TestCase("key: \"a \\\n     joined\"", "joined")]
    [TestCase("key: \"\\U0001F600 face\"", "face")]
    [TestCase("key: \"a\n\n   b here\"", "here")]
    [TestCase("key: |\n  first\n    second here", "here")]
    [TestCase("key: >-\n  first\n  second\n\n  here", "here")]
    [TestCase("key: &anchor !!str text here", "here")]
    [TestCase("\uFEFFkey: text here\r\nother: 1", "here")]
    [TestCase("k: 1\r\nkey: text here\r\n", "here")]
    public void A_word_of_a_scalar_is_found_in_the_file_again(string yaml, string word)
    {
        var problems = new Problems();
        var source = new SourceText("gate.yml", yaml);

        var scalar = (ScalarNode?)((MappingNode?)YamlTree.Read(source, problems))?.Find("key");

        Assert.That(problems.InOrder(), Is.Empty);
        var index = scalar!.Text.IndexOf(word, StringComparison.Ordinal);
        Assert.That(source.Text[scalar.OffsetOf(index)..], Does.StartWith(word));
    }
}
