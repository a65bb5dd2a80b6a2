namespace GateAction.GitHub.Api;

/// <summary>How long the gate tries to talk to GitHub.</summary>
/// <param name="Attempt">The time one attempt may take.</param>
/// <param name="Retries">How often a call is repeated after its first attempt.</param>
/// <param name="Delay">The first pause; it doubles, with jitter.</param>
/// <param name="LongestWait">A <c>Retry-After</c> above this is not waited for.</param>
internal sealed record ConnectionLimits(TimeSpan Attempt, int Retries, TimeSpan Delay, TimeSpan LongestWait)
{
    public static readonly ConnectionLimits Default = new(
        TimeSpan.FromSeconds(15), 5, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(90));

    /// <summary>Bytes of one answer that are read.</summary>
    public int LargestAnswer { get; init; } = 16 * 1024 * 1024;
}
