namespace GateAction.GitHub.Api;

/// <summary>A ruleset as GitHub keeps it.</summary>
internal sealed record Ruleset(long Id, string Name);

/// <summary>A ruleset to create.</summary>
internal sealed record NewRuleset(string Name, string Target, string Enforcement, RulesetConditions Conditions, IReadOnlyList<NewRule> Rules);

internal sealed record RulesetConditions(RefNames RefName);

internal sealed record RefNames(IReadOnlyList<string> Include, IReadOnlyList<string> Exclude);

internal sealed record NewRule(string Type, NewRuleParameters Parameters);

internal sealed record NewRuleParameters(bool StrictRequiredStatusChecksPolicy, IReadOnlyList<RuleStatusCheck> RequiredStatusChecks);
