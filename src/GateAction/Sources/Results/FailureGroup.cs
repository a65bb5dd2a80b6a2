using GateAction.Core.Model;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results;

/// <summary>Failing cases whose messages begin with the same line: most often one cause.</summary>
internal sealed record FailureGroup(string Message, IReadOnlyList<TestCase> Tests)
{
    /// <summary>Cases of a group that are named where it is shown as facts.</summary>
    public const int Named = 20;

    private const int MostCharacters = 300;

    /// <summary>The groups of two cases or more, the largest first, then in the order of their first case.</summary>
    public static IEnumerable<FailureGroup> In(IEnumerable<TestCase> failures) => failures
        .GroupBy(MessageOf, StringComparer.Ordinal)
        .Where(group => group.Key.Length > 0 && group.Skip(1).Any())
        .Select(group => new FailureGroup(group.Key, [.. group]))
        .OrderByDescending(group => group.Tests.Count);

    /// <summary>The first line of the message; empty where there is none.</summary>
    public static string MessageOf(TestCase test) => Text.Cut(Text.FirstLine(test.Message), MostCharacters) ?? "";

    /// <summary>One line: how many, which first, why.</summary>
    public string Show(int named)
    {
        var others = Tests.Skip(1).Take(named - 1).Select(test => test.Owner == Tests[0].Owner ? test.Name : test.FullName);
        var more = Tests.Count > named ? $" and {Tests.Count - named} more" : "";
        return $"{Tests.Count} tests: {Message} (first {Tests[0].FullName}; {string.Join(", ", others)}{more})";
    }
}
