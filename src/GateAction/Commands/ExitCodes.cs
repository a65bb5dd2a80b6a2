namespace GateAction.Commands;

/// <summary>What <c>--help</c> says about exit codes.</summary>
internal static class ExitCodes
{
    public const string OfVerdict =
        "Exit codes: 0 met (passed or warned), 1 failed, 2 the manifest or an input is wrong, 3 inconclusive, 4 decided but not published, or the gate itself failed.";

    public const string OfMeasuring =
        "Exit codes: 0 the evidence is written, whatever was measured; 2 the manifest or an input is wrong; 4 the evidence could not be written, or the gate itself failed.";
}
