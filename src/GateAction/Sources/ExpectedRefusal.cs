using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Http;

namespace GateAction.Sources;

/// <summary>
/// What a probe with <c>expect: refused</c> measures: that nobody may connect. Only a refusal shows that; silence may as well be a network
/// that is down, and a name that is not found a mistake.
/// </summary>
internal static class ExpectedRefusal
{
    public const string Word = "refused";

    public static Facts<T> Refused<T>(this Facts<T> facts, Func<T, bool?> get) =>
        facts.Bool(Word, "true where the connection was refused, false where it was opened; absent without `expect: refused`", get);

    public static ProbeResult Of(NetworkFault fault, Value facts) =>
        new(facts, $"it was refused, as is expected: {fault.Message}") { Details = [$"refused: {fault.Message}"] };

    /// <summary>A look that came about although a refusal is expected.</summary>
    public static ProbeResult Missing(ProbeResult result) =>
        result with { Details = ["the connection was opened, where a refusal is expected", .. result.Details] };
}
