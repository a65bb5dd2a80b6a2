using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Syntax;

/// <summary>Gathers everything that is wrong; the same sentence at the same place is kept once (an alias is read many times).</summary>
internal sealed class Problems
{
    // A hostile file can be wrong in every line, and each problem holds its line.
    private const int Limit = 200;

    private readonly HashSet<Problem> _problems = [];
    private readonly HashSet<Problem> _warnings = [];

    public int Count => _problems.Count;

    /// <summary>The file whose problems come first.</summary>
    public string? First { get; init; }

    /// <summary>True if a further problem would not be kept, so that it need not be looked for.</summary>
    public bool IsFull => Count >= Limit;

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<Problem> InOrder() => InOrder(_problems);

    /// <summary>What is allowed and hardly meant, in the order of the file.</summary>
    public IReadOnlyList<Problem> Warnings() => InOrder(_warnings);

    public void Warn(Node node, string message)
    {
        if (_warnings.Count < Limit)
            _warnings.Add(Create(node.Source, node.Start, node.End - node.Start, node.Path, message) with { IsWarning = true });
    }

    /// <summary>Over a part of a text, counted in the characters of the text.</summary>
    public void Warn(ScalarNode node, int index, int length, string message)
    {
        var (start, width) = Span(node, index, length);
        if (_warnings.Count < Limit)
            _warnings.Add(Create(node.Source, start, width, node.Path, message) with { IsWarning = true });
    }

    public void Add(Node node, string message) => Add(node.Source, node.Start, node.End - node.Start, node.Path, message);

    /// <summary>Over a part of a text, counted in the characters of the text, not of the file.</summary>
    public void Add(ScalarNode node, int index, int length, string message)
    {
        var (start, width) = Span(node, index, length);
        Add(node.Source, start, width, node.Path, message);
    }

    public void Add(SourceText source, int start, int length, NodePath path, string message)
    {
        if (!IsFull)
            _problems.Add(Create(source, start, length, path, message));
    }

    private static Problem Create(SourceText source, int start, int length, NodePath path, string message)
    {
        var width = Math.Max(1, Math.Min(length, source.EndOfLine(start) - start));
        return new(source.PositionAt(start), Printable(path.ToString()), Printable(message), Printable(source.LineAt(start)), width);
    }

    private static (int Start, int Length) Span(ScalarNode node, int index, int length)
    {
        var start = node.OffsetOf(Math.Clamp(index, 0, node.Text.Length));
        var end = length <= 0 ? start + 1 : node.OffsetOf(Math.Clamp(index + length - 1, 0, node.Text.Length)) + 1;
        return (start, end - start);
    }

    /// <summary>The file that was read first, which extends the others, before them.</summary>
    private IReadOnlyList<Problem> InOrder(IEnumerable<Problem> problems) =>
        [.. problems.OrderBy(problem => problem.Position.File == First ? 0 : 1).ThenBy(problem => problem.Position.File)
            .ThenBy(problem => problem.Position.Line).ThenBy(problem => problem.Position.Column)];

    // A file can hold anything, also what would steer the terminal.
    private static string Printable(string text) =>
        text.Any(char.IsControl) ? new string([.. text.Select(c => char.IsControl(c) && c != '\t' ? '\uFFFD' : c)]) : text;
}

/// <summary>Something wrong in a manifest: where, what was found, what is accepted and how to repair it.</summary>
/// <param name="Path">The place in the tree (<c>probes.backend.timeout</c>); empty for the file as a whole.</param>
/// <param name="SourceLine">The line as it stands in the file.</param>
/// <param name="Length">How many characters of the line are meant, at least 1.</param>
internal sealed record Problem(SourcePosition Position, string Path, string Message, string SourceLine, int Length)
{
    /// <summary>True for what is allowed and hardly meant: it stops nothing.</summary>
    public bool IsWarning { get; init; }

    public override string ToString() => Path.Length == 0 ? $"{Position}: {Message}" : $"{Position}: {Path}: {Message}";
}

/// <summary>How to repair a name that is not accepted: the nearest one where it is near enough to be a slip, else the list of
/// all.</summary>
internal static class DidYouMean
{
    private const int ListedNames = 40;

    // A hostile file can hold many names; to compare each with each would take minutes.
    private const int MaxNames = 1000;

    public static string For(string found, IEnumerable<string> accepted)
    {
        var names = accepted.Take(MaxNames).ToArray();
        if (Suggestion.Nearest(found, names) is { } nearest)
            return $"did you mean '{nearest}'?";
        return names.Length == 0
            ? "none is accepted here"
            : $"accepted: {string.Join(", ", names.Take(ListedNames))}{(names.Length > ListedNames ? " …" : "")}";
    }
}
