using GateAction.Cel.Values;

namespace GateAction.Core.Model;

/// <summary>Failing cases whose messages begin with the same line: most often one cause.</summary>
internal sealed record FailureGroup(string Message, IReadOnlyList<TestCase> Tests)
{
    /// <summary>Cases of a group that are named where it is shown as facts.</summary>
    public const int Named = 20;

    private const int MostCharacters = 300;

    /// <summary>The groups of two cases or more, the largest first, then in the order of their first case.</summary>
    public static IEnumerable<FailureGroup> In(IEnumerable<TestCase> failures) => failures
        .GroupBy(MessageOf, StringComparer.Ordinal)
        // Without a message nothing tells that they have one cause.
        .Where(group => group.Key.Length > 0 && group.Skip(1).Any())
        .Select(group => new FailureGroup(group.Key, [.. group]))
        .OrderByDescending(group => group.Tests.Count);

    /// <summary>The first line of the message that says something; empty if there is none.</summary>
    public static string MessageOf(TestCase test)
    {
        foreach (var line in test.Message.AsSpan().EnumerateLines())
        {
            if (!line.IsWhiteSpace())
                return ValueText.Cut(line.Trim().ToString(), MostCharacters);
        }
        return "";
    }

    /// <summary>One line: how many, which first, why.</summary>
    public string Show(int named) => $"{Tests.Count} tests: {Message} (first {Tests[0].FullName}; {Others(named)})";

    /// <summary>The names of all but the first, as far as there is room.</summary>
    public string Others(int named)
    {
        var others = Tests.Skip(1).Take(named - 1).Select(test => test.Owner == Tests[0].Owner ? test.Name : test.FullName);
        return string.Join(", ", others) + (Tests.Count > named ? $" and {Tests.Count - named} more" : "");
    }
}
