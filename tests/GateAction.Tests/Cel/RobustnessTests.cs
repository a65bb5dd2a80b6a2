using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using GateAction.Cel;
using GateAction.Cel.Values;

namespace GateAction.Tests.Cel;

/// <summary>Whatever is written, there is a value or a message: no exception, no hang.</summary>
internal sealed class RobustnessTests
{

    [Test]
    public void Whatever_is_written_there_is_a_value_or_a_problem() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(4000),
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => { Try(HostileCondition.Make(seed)); }));

    [Test]
    public void Whatever_characters_are_written_there_is_a_value_or_a_problem() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll<string?>(text => { Try(text ?? ""); }));

    [Test]
    [Explicit("runs for GATE_FUZZ_SECONDS")]
    public void A_long_random_run_finds_nothing()
    {
        var seconds = int.Parse(Environment.GetEnvironmentVariable("GATE_FUZZ_SECONDS") ?? "60", CultureInfo.InvariantCulture);
        var start = TimeProvider.System.GetTimestamp();
        var random = new Random();
        var count = 0L;
        var evaluated = 0L;
        while (TimeProvider.System.GetElapsedTime(start).TotalSeconds < seconds)
        {
            var seed = random.Next();
            evaluated += Try(HostileCondition.Make(seed)) ? 1 : 0;
            count++;
        }
        TestContext.Out.WriteLine($"{count} texts, {evaluated} of them conditions, in {TimeProvider.System.GetElapsedTime(start)}");
    }

    private static readonly string[] Expensive =
    [
        "n.all(a, n.all(b, n.all(c, a + b + c >= 0)))",
        "n.exists(a, n.exists(b, n.exists(c, a + b + c < 0)))",
        "n.exists_one(a, n.exists_one(b, n.exists_one(c, a == b && b == c)))",
        "n.map(a, n.map(b, n.map(c, [a, b, c]))).size() > 0",
        "n.filter(a, n.filter(b, n.filter(c, c > 0).size() > 0).size() > 0).size() > 0",
        "n.all(a, n.all(b, b in n))",
        "n.all(a, n == n && n == n && n == n && n == n)",
        "true || n.all(a, n.all(b, n.all(c, a + b + c >= 0)))",
        Doubling("[v, v]", "1", 200),
        Doubling("v + v", "'0123456789'", 200),
        Doubling("v + v", "[1]", 200),
        Doubling("v + v", "b'01234567'", 200),
        Doubling("v.replace('', v)", "'0123456789'", 200),
        Doubling("'%s%s'.format([v, v])", "'0123456789'", 200),
        Doubling("[v, v].join(v)", "'0123456789'", 200),
        Doubling("{1: v, 2: v}", "1", 200),
        "n.map(a, text).map(b, b.matches('(a|b|c)*d')).size() > 0",
        "n.map(a, n.map(b, text.split('').size())).size() > 0",
        "n.transformMap(i, a, n.transformList(j, b, text)).size() > 0",
        "n.all(a, n.all(b, has(m.missing) || m.missing == 1 || true))",
    ];

    private static IEnumerable<TestCaseData> ExpensiveCases =>
        Expensive.Select(text => new TestCaseData(text).SetArgDisplayNames(text.Length > 60 ? $"{text[..60]}…" : text));

    [TestCaseSource(nameof(ExpensiveCases))]
    public void What_costs_too_much_is_stopped_with_a_message(string text)
    {
        var scope = new Scope(new Dictionary<string, Value>
        {
            ["n"] = Value.List([.. Enumerable.Range(0, 2000).Select(i => Value.Int(i))]),
            ["text"] = Value.String(new string('a', 20_000)),
            ["m"] = Value.Map(("a", Value.Int(1))),
        });

        var evaluation = CelTesting.Parse(text).Evaluate(scope);
        var explanation = evaluation.Explanation;

        Assert.That(evaluation.Value.IsError ? evaluation.Value.Text : evaluation.Value.ToString(),
            Does.Contain("million steps").Or.EqualTo("true"));
        Assert.That(explanation, Is.Not.Empty);
    }

    [Test]
    public void A_pattern_takes_time_linear_in_its_input()
    {
        var scope = new Scope(new Dictionary<string, Value> { ["text"] = Value.String(new string('a', 200_000) + "!") });

        var value = CelTesting.Parse("text.matches('^(a+)+$') || text.matches('(a|aa|aaa)*b')").Evaluate(scope).Value;

        Assert.That(value.IsFalse);
    }

    /// <summary>Nested bindings, each of which makes the value twice as large.</summary>
    private static string Doubling(string step, string start, int times) =>
        $"cel.bind(v, {start}, {Repeat($"cel.bind(v, {step}, ", times)}v{Repeat(")", times)} != null)";

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    /// <summary>True where it is a condition.</summary>
    private static bool Try(string text)
    {
        try
        {
            return Evaluate(text);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"{exception.GetType().Name} for: {text}", exception);
        }
    }

    private static bool Evaluate(string text)
    {
        var (condition, problems) = Condition.Parse(text);
        if (condition is null)
        {
            var problem = problems.Single();
            Assert.That((problem.Start >= 0, problem.Length >= 0, problem.Start + problem.Length <= text.Length),
                Is.EqualTo((true, true, true)), text);
            return false;
        }
        foreach (var problem in condition.Check(Staging.Types))
            Assert.That((problem.Start >= 0, problem.Length >= 0, problem.Start + problem.Length <= text.Length),
                Is.EqualTo((true, true, true)), text);
        var evaluation = condition.Evaluate(Staging.Scope);
        Assert.That(evaluation.Support.Except(condition.Roots), Is.Empty);
        Assert.That(evaluation.Explanation, Is.Not.Empty);
        if (!evaluation.Value.IsError)
            ValueJson.Write(evaluation.Value);
        return true;
    }
}
