using GateAction.Files;
using GateAction.Syntax;

namespace GateAction.Sources.Files;

/// <summary>The patterns of a set of files in the manifest: at least one says which files there are, the others may take some
/// out.</summary>
internal static class FilePatterns
{
    public static Syntax<IReadOnlyList<string>> Syntax { get; } = Syntaxes.OneOrMany(Syntaxes.Glob.Unless(FileGlob.Objection))
        .Unless(Objection);

    private static string? Objection(IReadOnlyList<string> patterns) =>
        patterns.All(pattern => pattern.StartsWith('!'))
            ? $"'{string.Join("', '", patterns)}' only takes files out; a pattern without '!' must say which there are"
            : null;
}
