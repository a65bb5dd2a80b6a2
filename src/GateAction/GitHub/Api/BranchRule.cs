namespace GateAction.GitHub.Api;

/// <summary>A rule of a ruleset that applies to a branch; only those of the type <c>required_status_checks</c> are read further.</summary>
internal sealed record BranchRule(string Type, BranchRuleParameters? Parameters = null);

internal sealed record BranchRuleParameters(IReadOnlyList<RuleStatusCheck>? RequiredStatusChecks = null);

/// <summary>A status that a ruleset requires; <c>IntegrationId</c> is its expected source, null for any.</summary>
internal sealed record RuleStatusCheck(string Context, long? IntegrationId = null);
