using GateAction.Cel.Values;
using GateAction.Http;

namespace GateAction.Sources;

/// <summary>
/// What a probe with <c>expect: refused</c> measures: that nobody may connect. Only a refusal shows that; silence may as well be a network
/// that is down, and a name that is not found a mistake.
/// </summary>
internal static class Refusal
{
    public const string Word = "refused";

    public static (string, FactType) Fact { get; } =
        (Word, FactType.Bool("true where the connection was refused, false where it was opened; absent without `expect: refused`"));

    public static Look Of(NetworkFault fault, params IEnumerable<(string, Value)> facts) =>
        new([.. facts, (Word, Value.True)], $"it was refused, as is expected: {fault.Message}") { Details = [$"refused: {fault.Message}"] };

    /// <summary>A look that came about although a refusal is expected.</summary>
    public static Look Missing(Look look) =>
        look.With(Word, Value.False) with { Details = ["the connection was opened, where a refusal is expected", .. look.Details] };
}
