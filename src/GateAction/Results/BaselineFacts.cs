using GateAction.Core;

namespace GateAction.Results;

/// <summary>The facts that need the baseline's evidence of the same result set; missing where there is none.</summary>
internal static class BaselineFacts
{
    /// <summary>Who the tests were, packed; what a later run compares itself with.</summary>
    public const string Index = "index";

    public static IEnumerable<(string, FactType)> Types(FactType test) =>
    [
        ("new_failures", FactType.List("Failing cases that did not fail in the baseline.", test)),
        ("fixed", FactType.List("Names of cases that failed in the baseline and pass now.", FactType.String("The name."))),
        ("vanished", FactType.List("Names of cases that the baseline has and this run has not.", FactType.String("The name."))),
        ("newly_skipped", FactType.List("Names of cases that ran in the baseline and are skipped now.", FactType.String("The name."))),
        ("added", FactType.Int("Cases that the baseline has not.")),
        (Index, FactType.String("The identities of all cases, packed, for the comparison with a later run.")),
    ];
}
