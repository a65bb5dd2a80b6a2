using GateAction.Cel;
using GateAction.Cel.Values;

namespace GateAction.Tests.Cel;

/// <summary>Short ways to a condition's value.</summary>
internal static class CelTesting
{
    public static Condition Parse(string text)
    {
        var (condition, problems) = Condition.Parse(text);
        Assert.That(problems, Is.Empty, text);
        return condition!;
    }

    public static Value Evaluate(string text) => Evaluate(text, []).Value;

    /// <summary>The facts are JSON, by variable.</summary>
    public static Evaluation Evaluate(string text, Dictionary<string, string> facts) =>
        Parse(text).Evaluate(Scope(facts));

    public static Scope Scope(Dictionary<string, string> facts) =>
        new(facts.ToDictionary(fact => fact.Key, fact => ValueJson.Read(fact.Value)));

    /// <summary>The message of the one problem, with the text it points at.</summary>
    public static (string At, string Message) Problem(string text)
    {
        var (condition, problems) = Condition.Parse(text);
        Assert.That(condition, Is.Null, text);
        Assert.That(problems, Has.Count.EqualTo(1), text);
        return (text.Substring(problems[0].Start, problems[0].Length), problems[0].Message);
    }
}
