using System.Buffers;
using GateAction.Core.Model;
using GateAction.Sources;
using GateAction.Syntax;

namespace GateAction.Manifests;

/// <summary>What probes fall back to. It is only checked here: each probe reads the fields that it does not set from the same
/// node.</summary>
internal static class DefaultsSyntax
{
    public static readonly Syntax<bool> Syntax = Mapping.Of("defaults", fields =>
    {
        ProbeOptions.ReadTimeout(fields, ProbeOptions.Default.Timeout);
        ProbeOptions.ReadAttempts(fields);
        ProbeOptions.ReadFlaky(fields);
        RequestHeaders.ReadOwn(fields);
        return true;
    });
}

internal static class GroupSyntax
{
    /// <summary>A group whose id, the key it stands under, is still empty.</summary>
    public static readonly MappingSyntax<Group> Syntax = Mapping.Of("group", fields => ForEachSyntax.Among(fields, own => new Group(
        "",
        own.Optional("title", Syntaxes.Text, "What reports call it; without it, its id.") ?? "",
        own.Optional("weight", Syntaxes.NumberFrom(0), 1, "Its part of the score, against the other groups."))));
}

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

    private static readonly SearchValues<char> NeverInBranch = SearchValues.Create("[\\^~: ");

    // A workflow may write sets of characters; here a pattern with one would match no branch, and its criterion be skipped for ever.
    private static readonly Syntax<string> Branch = Syntaxes.Glob.Unless(pattern => pattern.AsSpan().IndexOfAny(NeverInBranch) >= 0
        ? $"'{pattern}' matches no branch: '[', '\\', '^', '~', ':' and blanks stand in no branch's name; patterns have '*', '?', '**' and "
            + "'{a,b}'"
        : null);

    /// <summary>By the files alone: a gate that is silent for an event or a branch would be green there without a look.</summary>
    public static readonly Syntax<IReadOnlyList<string>> OfGate = Mapping.Of("when of the gate", fields =>
        fields.Required("changed", Syntaxes.OneOrMany(Syntaxes.Glob),
            "Patterns; a change concerns the gate if it touches a file that matches one. If not all of its files are known, it does."));

    public static readonly Syntax<When> Syntax = Mapping.Of("when", fields => new When(
        fields.Optional("event", Syntaxes.OneOrMany(Syntaxes.EnumOf([.. Events.Select(name => (name, name))])), [],
        "Events of the workflow."),
        fields.Optional("changed", Syntaxes.OneOrMany(Syntaxes.Glob), [], "Patterns; one must match a file that the pull request changes."),
        fields.Optional("branch", Syntaxes.OneOrMany(Branch), [], "Patterns for the branch that is merged into, or pushed to.")));
}

/// <summary>Who may waive a criterion by a comment.</summary>
internal static class OverrideSyntax
{
    private static readonly Syntax<string> Role = new ScalarSyntax<string>(
        "a role such as 'maintain' or 'admin', or one of your organization's own",
        "maintain",
        () => new() { ["type"] = "string", ["examples"] = new System.Text.Json.Nodes.JsonArray("maintain", "admin", "write") },
        scalar => scalar.Text.Trim() is { Length: > 0 } name ? new(name) : null,
        text => text)
        // On a public repository everybody can read.
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

/// <summary>The lists <c>env</c> and <c>secrets</c>.</summary>
internal static class VariablesSyntax
{
    private static readonly string[] SecretWords =
        ["TOKEN", "SECRET", "SECRETS", "PASSWORD", "PASSWD", "PASSPHRASE", "CREDENTIAL", "CREDENTIALS", "APIKEY"];

    private static readonly Syntax<string> Name = new ScalarSyntax<string>(
        "the name of an environment variable such as STAGING_URL",
        "",
        () => new() { ["type"] = "string", ["pattern"] = "^[A-Za-z_][A-Za-z0-9_]*$" },
        scalar => scalar.Text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && scalar.Text.Length > 0
        && !char.IsAsciiDigit(scalar.Text[0]) ? new(scalar.Text) : null,
        text => text);

    public static readonly Syntax<IReadOnlyList<string>> Secret = Syntaxes.OneOrMany(Name);

    public static readonly Syntax<IReadOnlyList<string>> Plain = Syntaxes.OneOrMany(Name.Unless(ObjectToSecret));

    /// <summary>What a manifest lists, before anything else of it is read.</summary>
    public static Variables ReadFrom(MappingNode root, Func<string, string?> environment, bool isChecked)
    {
        // The same lists are read again with all the rest, and their problems told then.
        var silent = new Reading(new Problems(), Variables.None);
        return new(ReadList("env"), ReadList("secrets"), environment, isChecked);

        IReadOnlyList<string> ReadList(string field) =>
            root.Find(field) is { } node && Secret.TryRead(node, silent, out var names) | names is not null ? names! : [];
    }

    private static string? ObjectToSecret(string name)
    {
        var words = name.ToUpperInvariant().Split('_');
        // PUBLIC_KEY and KEY_COUNT are none.
        var isSecret = words.Any(SecretWords.Contains) || words is [.., "API" or "PRIVATE" or "ACCESS", "KEY"];
        return isSecret ? $"'{name}' looks like a secret; list it under 'secrets', so that its value is masked everywhere" : null;
    }
}
