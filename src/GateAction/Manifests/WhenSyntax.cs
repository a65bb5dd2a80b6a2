using GateAction.Core.Model;
using GateAction.Syntax;

namespace GateAction.Manifests;

internal static class WhenSyntax
{
    // A misspelt event would skip its criterion for ever, so only events that start a workflow are accepted.
    private static readonly string[] Events =
    [
        "branch_protection_rule", "check_run", "check_suite", "create", "delete", "deployment", "deployment_status", "discussion",
        "discussion_comment", "fork", "gollum", "issue_comment", "issues", "label", "merge_group", "milestone", "page_build", "public",
        "pull_request", "pull_request_review", "pull_request_review_comment", "pull_request_target", "push", "registry_package", "release",
        "repository_dispatch", "schedule", "status", "watch", "workflow_call", "workflow_dispatch", "workflow_run",
    ];

    /// <summary>By the files alone: a gate that is silent for an event or a branch would be green there without a look.</summary>
    public static readonly Syntax<IReadOnlyList<string>> OfGate = Mapping.Of("when of the gate", fields =>
        fields.Required("changed", Syntaxes.OneOrMany(Syntaxes.Glob),
            "Patterns; a change concerns the gate if it touches a file that matches one. If not all of its files are known, it does."));

    public static readonly Syntax<When> Syntax = Mapping.Of("when", fields => new When(
        fields.Optional("event", Syntaxes.OneOrMany(Syntaxes.EnumOf([.. Events.Select(name => (name, name))])), [],
        "Events of the workflow."),
        fields.Optional("changed", Syntaxes.OneOrMany(Syntaxes.Glob), [], "Patterns; one must match a file that the pull request changes."),
        fields.Optional("branch", Syntaxes.OneOrMany(Syntaxes.Glob), [], "Patterns for the branch that is merged into, or pushed to.")));
}
