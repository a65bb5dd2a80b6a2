using GateAction.Cel;
using GateAction.Cel.Functions;
using GateAction.Cel.Parsing;
using GateAction.Cel.Values;

namespace GateAction.Tests.Cel;

/// <summary>How large a condition may be, and what its evaluation costs.</summary>
internal sealed class LimitTests
{
    [TestCase("(", ")")]
    [TestCase("[", "]")]
    [TestCase("!", "")]
    [TestCase("-", "")]
    [TestCase("{1: ", "}")]
    [TestCase("true ? 1 : ", "")]
    [TestCase("size(", ")")]
    [TestCase("[1].all(x, ", ")")]
    [TestCase("cel.bind(x, 1, ", ")")]
    [TestCase("1 + (", ")")]
    [TestCase("", " + 1")]
    [TestCase("", "[0]")]
    [TestCase("", ".a")]
    [TestCase("", ".size()")]
    public void Nesting_past_the_limit_is_a_problem(string before, string after)
    {
        var thread = new Thread(() =>
        {
            var (_, shallow) = Condition.Parse(Repeat(before, 32) + "1" + Repeat(after, 32));
            var (condition, problems) = Condition.Parse(Repeat(before, 2000) + "1" + Repeat(after, 2000));

            Assert.That(shallow, Is.Empty);
            Assert.That(condition, Is.Null);
            Assert.That(problems[0].Message, Does.Contain("250 levels"));
        }, maxStackSize: 512 * 1024);

        thread.Start();
        thread.Join();
    }

    [Test]
    public void The_deepest_condition_is_evaluated_on_a_small_stack()
    {
        var value = Value.Null;
        var thread = new Thread(() => value = CelTesting.Evaluate(Repeat("[", 249) + "1" + Repeat("]", 249)), maxStackSize: 256 * 1024);

        thread.Start();
        thread.Join();

        Assert.That(ValueJson.Write(value), Is.EqualTo(Repeat("[", 249) + "1" + Repeat("]", 249)));
    }

    [Test]
    public void Chains_of_and_and_or_may_be_long()
    {
        var and = CelTesting.Evaluate("true" + Repeat(" && true", 1000));
        var or = CelTesting.Evaluate("false" + Repeat(" || false", 1000));

        Assert.That((and.IsTrue, or.IsFalse), Is.EqualTo((true, true)));
    }

    [Test]
    public void A_text_past_the_limit_is_a_problem()
    {
        var (condition, problems) = Condition.Parse(new string(' ', Condition.MaxLength) + "1");

        Assert.That(condition, Is.Null);
        Assert.That(problems[0].Message, Does.Contain("32769 characters"));
        Assert.That(Condition.Parse(new string(' ', Condition.MaxLength - 1) + "1").Problems, Is.Empty);
    }

    [TestCase("1 + 1 == 2", 0)]
    [TestCase("[1, 2, 3]", 3)]
    [TestCase("['aaaaaaaaaaaaaaaa']", 3)]
    [TestCase("[[1], {'a': 'bbbbbbbb'}]", 8)]
    [TestCase("[1, 2, 3].all(x, x > 0)", 12)]
    [TestCase("[1, 2, 3].exists(x, x > 0)", 6)]
    [TestCase("[1, 2].exists_one(x, x > 0)", 8)]
    [TestCase("[1, 2].map(x, x)", 16)]
    [TestCase("[1, 2].map(x, x > 1, x)", 19)]
    [TestCase("'aaaaaaaa' + 'bbbbbbbb'", 2)]
    [TestCase("b'aaaaaaaa' + b'bbbbbbbb'", 2)]
    [TestCase("[1] + [2, 3]", 8)]
    [TestCase("1 in [1, 2]", 3)]
    [TestCase("[1] in [[2], [1]]", 13)]
    [TestCase("'aaaaaaaa' == 'bbbbbbbb'", 1)]
    [TestCase("'aaaaaaaa' < 'aaaaaaaab'", 1)]
    [TestCase("b'aaaaaaaa' == b'bbbbbbbb'", 1)]
    [TestCase("'aaaaaaaaaaaaaaaa' == 'b'", 0)]
    [TestCase("'aaaaaaaa' in ['bbbbbbbb']", 4)]
    [TestCase("[1, 2] == [1, 2]", 7)]
    [TestCase("{'a': 1} == {'a': 1}", 4)]
    [TestCase("has({}.a)", 0)]
    [TestCase("{}.a", 50)]
    [TestCase("{}['a']", 50)]
    [TestCase("size('aaaaaaaa')", 1)]
    [TestCase("'aaaaaaaaaaaaaaaa'.contains('b')", 2)]
    [TestCase("'aaaa'.matches('b')", 102)]
    [TestCase("'aaaaaaaa'.reverse()", 1)]
    [TestCase("'aaaaaaaa'.indexOf('b')", 1)]
    [TestCase("'aaaaaaaa'.replace('a', 'bbbbbbbb', 1)", 2)]
    [TestCase("'aaaaaaaa,b'.split(',')", 2)]
    [TestCase("['aaaaaaaa'].join(',')", 4)]
    [TestCase("'%s'.format(['aaaaaaaa'])", 6)]
    [TestCase("math.greatest([1, 2])", 4)]
    [TestCase("base64.encode(b'aaaaaaaa')", 1)]
    [TestCase("base64.decode('aaaaaaaa')", 1)]
    public void An_evaluation_pays_for_what_it_visits_and_makes(string expression, int steps)
    {
        var frame = new Frame(expression, new Scope(new Dictionary<string, Value>()), 4);

        Parser.Parse(expression).Root.Evaluate(frame, out _);

        Assert.That(frame.Spend(Frame.MaxSteps - steps), "it costs no more");
        Assert.That(frame.IsExhausted, Is.False);
        Assert.That(frame.Spend(1), Is.False, "it costs no less");
        Assert.That(frame.IsExhausted);
    }

    [TestCase("'aaaaaaaaaaaaaaaa' + 'a'")]
    [TestCase("b'aaaaaaaaaaaaaaaa' + b'a'")]
    [TestCase("[1] + [2]")]
    [TestCase("[1]")]
    [TestCase("{'a': 1}")]
    [TestCase("1 in [1]")]
    [TestCase("[1] == [1]")]
    [TestCase("[1].map(x, x)")]
    [TestCase("[1].all(x, true)")]
    [TestCase("[1].exists_one(x, true)")]
    [TestCase("size('aaaaaaaa')")]
    [TestCase("'aaaaaaaa'.contains('b')")]
    [TestCase("'a'.matches('b')")]
    [TestCase("'aaaaaaaa'.trim()")]
    [TestCase("'a'.replace('a', 'b')")]
    [TestCase("'a,b'.split(',')")]
    [TestCase("['a'].join()")]
    [TestCase("'%s'.format([1])")]
    [TestCase("math.greatest([1])")]
    [TestCase("base64.encode(b'aaaaaaaa')")]
    [TestCase("base64.decode('aaaaaaaa')")]
    public void What_cannot_be_paid_is_not_made(string expression)
    {
        var frame = new Frame(expression, new Scope(new Dictionary<string, Value>()), 4);
        frame.Spend(Frame.MaxSteps);

        var value = Parser.Parse(expression).Root.Evaluate(frame, out _);

        Assert.That(value.IsError ? value.Text : value.ToString(),
            Is.EqualTo(
            "the condition was stopped after 10 million steps; it goes over too many elements, or a pattern is too complicated for its "
            + "text"));
    }

    [TestCase("x.list.all(i, x.a == x.b)")]
    [TestCase("x.list.all(i, x.a <= x.b)")]
    [TestCase("x.list.all(i, x.a in [x.b])")]
    [TestCase("x.list.all(i, bytes(x.a) == bytes(x.b))")]
    public void Long_texts_that_are_compared_for_each_element_are_paid(string condition)
    {
        var text = new string('a', 200_000);
        var facts = new Dictionary<string, Value>
        {
            ["x"] = Value.Map(
                ("a", Value.String(text)), ("b", Value.String(string.Concat(text, ""))),
                ("list", Value.List(Enumerable.Repeat(Value.True, 2000).ToArray()))),
        };

        var value = CelTesting.Parse(condition).Evaluate(new Scope(facts)).Value;

        Assert.That(value.IsError && value.Text.StartsWith("the condition was stopped", StringComparison.Ordinal), value.ToString());
    }

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
