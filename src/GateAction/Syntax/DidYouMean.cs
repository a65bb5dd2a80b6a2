using GateAction.Cel.Values;

namespace GateAction.Syntax;

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
