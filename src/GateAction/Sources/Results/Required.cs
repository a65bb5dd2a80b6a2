namespace GateAction.Sources.Results;

/// <summary>What the files hold of the tests that one <c>require</c> pattern names.</summary>
/// <param name="Ran">Cases that ran, however they ended.</param>
/// <param name="Skipped">The first that was skipped, or null.</param>
internal readonly record struct Required(long Ran, string? Skipped)
{
    public static Required operator +(Required left, Required right) => new(left.Ran + right.Ran, left.Skipped ?? right.Skipped);
}
