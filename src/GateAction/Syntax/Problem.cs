using GateAction.Core.Model;

namespace GateAction.Syntax;

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
