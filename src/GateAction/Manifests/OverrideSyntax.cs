using GateAction.Core.Model;
using GateAction.Syntax;

namespace GateAction.Manifests;

/// <summary>Who may waive a criterion by a comment.</summary>
internal static class OverrideSyntax
{
    private static readonly Syntax<string> Role = new ScalarSyntax<string>(
        "a role such as 'maintain' or 'admin', or one of your organization's own",
        "maintain",
        () => new() { ["type"] = "string", ["examples"] = new System.Text.Json.Nodes.JsonArray("maintain", "admin", "write") },
        scalar => scalar.Text.Trim() is { Length: > 0 } name ? new(name) : null,
        text => text)
        .Unless(role => role.ToLowerInvariant() is "read" or "none" or "triage"
            ? $"'{role}' is given to people who may not change the repository; name 'write', 'maintain', 'admin' or a role of your own"
            : null);

    private static readonly Syntax<TimeSpan> Within = Syntaxes.Duration.Unless(
        value => value <= TimeSpan.Zero ? "found no time at all; a waiver must hold for a while, as 7d" : null);

    public static readonly Syntax<OverridePolicy> Syntax = Mapping.Of("override", fields => new OverridePolicy(
        fields.Required("roles", Syntaxes.OneOrMany(Role),
        "The roles in the repository, as GitHub calls them, whose holders may waive; no other role counts."),
        fields.Optional("within", Within, TimeSpan.FromDays(7), "The longest time that such a waiver holds from its comment on.")));
}
