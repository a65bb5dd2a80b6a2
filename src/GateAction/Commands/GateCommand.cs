using System.CommandLine;

namespace GateAction.Commands;

/// <summary>A command whose help names its exit codes.</summary>
internal sealed class GateCommand(string name, string description, params IReadOnlyList<(int Code, string Meaning)> exitCodes)
    : Command(name, description)
{
    /// <summary>Those of every command that ends in a verdict.</summary>
    public static readonly IReadOnlyList<(int Code, string Meaning)> OfVerdict =
    [
        (0, "met: passed or warned"),
        (1, "failed"),
        (2, "the manifest or an input is wrong"),
        (3, "inconclusive: a required criterion could not be measured"),
        (4, "decided but not published, or the gate itself failed"),
    ];

    public IReadOnlyList<(int Code, string Meaning)> ExitCodes { get; } = exitCodes;
}
