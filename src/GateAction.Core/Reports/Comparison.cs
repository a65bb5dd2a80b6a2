using System.Text.RegularExpressions;

namespace GateAction.Core.Reports;

/// <summary>A line of an explanation, taken apart: <c>backend.latency.p95 &lt; 500ms: was 812ms</c>.</summary>
/// <param name="Fact">The name of the fact on the left: <c>p95</c>; null where the expression is more than one comparison of one fact.</param>
/// <param name="Was">The value that was measured.</param>
/// <param name="More">What the explanation leaves out: <c>and 1 more</c>.</param>
/// <param name="Limit">What stands on the right, and what it was where it is no constant.</param>
internal sealed partial record Comparison(string Expression, string? Fact, string Was, string? Operator, string? Limit, string? LimitWas, string? More)
{
    private const string Separator = ": was ";

    /// <summary>What is accepted, in the limit's value: <c>&lt; 500ms</c>; null where <see cref="Fact"/> is.</summary>
    public string? Needs => (Operator, LimitWas ?? Limit) switch
    {
        (null, _) => null,
        ("==", var limit) => limit,
        ("!=", var limit) => $"anything but {limit}",
        var (comparison, limit) => $"{comparison} {limit}",
    };

    public static Comparison? Parse(string line)
    {
        var at = line.IndexOf(Separator, StringComparison.Ordinal);
        if (at <= 0)
            return null;
        var (expression, was) = (line[..at], line[(at + Separator.Length)..]);
        string? more = null;
        if (LeftOut().Match(was) is { Success: true } leftOut)
            (was, more) = (was[..leftOut.Index], leftOut.Groups["more"].Value);
        if (OneFact().Match(expression) is not { Success: true } match)
            return new(expression, null, was, null, null, null, more);
        var limit = match.Groups["limit"].Value;
        var (left, right) = was.Split($"; {limit} was ", 2) is [var first, var second] ? (first, second) : (was, null);
        return new(expression, match.Groups["fact"].Value, left, match.Groups["operator"].Value, limit, right, more);
    }

    [GeneratedRegex(@" \((?<more>and \d+ more)\)\z")]
    private static partial Regex LeftOut();

    [GeneratedRegex(@"\A[\w.\[\]""]*?(?<fact>\w+) (?<operator><=|>=|==|!=|<|>) (?<limit>[^&|<>=!?]+)\z")]
    private static partial Regex OneFact();
}
