using System.Text.RegularExpressions;

namespace GateAction.Core.Reports;

/// <summary>A line of an explanation, taken apart: <c>backend.latency.p95 &lt; 500ms: was 812ms</c>.</summary>
/// <param name="Subject">The name of the fact on the left: <c>p95</c>.</param>
/// <param name="Was">The value that was measured.</param>
/// <param name="Needs">What is accepted, where the expression is one comparison of one fact: <c>&lt; 500ms</c>.</param>
internal sealed partial record Comparison(string Expression, string? Subject, string Was, string? Needs)
{
    private const string Separator = ": was ";

    public static Comparison? Parse(string line)
    {
        var at = line.LastIndexOf(Separator, StringComparison.Ordinal);
        if (at <= 0)
            return null;
        var expression = line[..at];
        var was = line[(at + Separator.Length)..];
        return OneFact().Match(expression) is { Success: true } match
            ? new(expression, match.Groups["fact"].Value, was, Needed(match.Groups["operator"].Value, match.Groups["limit"].Value))
            : new(expression, null, was, null);
    }

    private static string Needed(string comparison, string limit) => comparison switch
    {
        "==" => limit,
        "!=" => $"anything but {limit}",
        _ => $"{comparison} {limit}",
    };

    [GeneratedRegex(@"\A[\w.\[\]""]*?(?<fact>\w+) (?<operator><=|>=|==|!=|<|>) (?<limit>[^&|<>=!?]+)\z")]
    private static partial Regex OneFact();
}
