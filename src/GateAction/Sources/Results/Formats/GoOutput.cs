using System.Text;
using GateAction.Core.Model;

namespace GateAction.Sources.Results.Formats;

/// <summary>What a test or package of Go wrote, cut, and what its last line says of its end.</summary>
internal sealed class GoOutput
{
    private readonly StringBuilder _text = new();

    /// <summary>What a last line <c>--- PASS: Name (0.00s)</c> says; null where the output ends otherwise.</summary>
    public TestOutcome? Said { get; private set; }

    /// <summary>The text without the lines of the framework.</summary>
    public string Trace =>
        string.Join('\n', _text.ToString().Split('\n').Where(line => !IsFrame(line.AsSpan().Trim())).Select(line => line.TrimEnd()));

    public void Add(string test, string text)
    {
        if (_text.Length < Limits.Details)
            _text.Append(text, 0, Math.Min(text.Length, Limits.Details - _text.Length));
        Said = text.Contains("--- ", StringComparison.Ordinal) ? End(test, text.AsSpan().TrimEnd()) : null;
    }

    private static TestOutcome? End(string test, ReadOnlySpan<char> line)
    {
        foreach (var (word, outcome) in new[] { ("PASS", TestOutcome.Passed), ("FAIL", TestOutcome.Failed), ("SKIP", TestOutcome.Skipped) })
        {
            var mark = $"--- {word}: {test} (";
            if (line.LastIndexOf(mark, StringComparison.Ordinal) is >= 0 and var at && IsTime(line[(at + mark.Length)..]))
                return outcome;
        }
        return null;
    }

    // As in '0.00s)'.
    private static bool IsTime(ReadOnlySpan<char> text) => text.EndsWith("s)") && text[..^2].Trim("0123456789.").IsEmpty;

    private static bool IsFrame(ReadOnlySpan<char> line) =>
        line.IsEmpty || line.StartsWith("=== ") || line.StartsWith("--- ") || line is "FAIL" or "PASS" || line.StartsWith("coverage: ");
}
