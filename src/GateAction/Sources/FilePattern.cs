using GateAction.Files;
using GateAction.Syntax;

namespace GateAction.Sources;

/// <summary>Patterns for files as the manifest writes them, read so that none of their alternatives is lost.</summary>
internal static class FilePattern
{
    public static Syntax<IReadOnlyList<string>> OneOrMany { get; } = Syntaxes.OneOrMany(Syntaxes.Glob.Unless(FileGlob.ObjectionTo));
}
