using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.GitHub.Api;
using GateAction.GitHub.Events;

namespace GateAction.GitHub.Overrides;

/// <summary>What a waiver by a comment must be to count, in one place for the run that judges and for the answer to the comment.</summary>
internal sealed class WaiverRules(Gate gate, DateTimeOffset now)
{
    /// <summary>Why the criterion cannot be waived here at all; null if it can.</summary>
    public string? WhyNotHere(WaiverCommand command)
    {
        if (gate.Override is null)
            return $"gate '{gate.Name}' takes no waivers by comment: the manifest on the base branch has no 'override'";
        var ids = gate.Criteria.Select(criterion => criterion.Id).ToArray();
        return ids.Contains(command.Criterion, StringComparer.Ordinal)
            ? null
            : $"'{Shown(command.Criterion)}' is no criterion of gate '{gate.Name}'{Suggestion.For(command.Criterion, ids)}";
    }

    /// <summary>Why the role of its author does not suffice; null if it does.</summary>
    public string? WhyNotBy(string author, CollaboratorPermission permission)
    {
        var roles = gate.Override?.Roles ?? [];
        return roles.Contains(permission.Role, StringComparer.OrdinalIgnoreCase)
            ? null
            : $"{author} has the role '{permission.Role}' here, and gate '{gate.Name}' may be waived by "
                + string.Join(" or ", roles.Select(role => $"'{role}'"));
    }

    /// <summary>Why it holds no longer, or never did; null if it holds now.</summary>
    public string? WhyNotNow(WaiveCommand command, DateTimeOffset createdAt, bool isEdited)
    {
        if (isEdited)
            return "its comment was edited, and an edited comment does not count: write a new one";
        if (gate.Override is { } policy && command.Duration > policy.Within)
        {
            var most = UnitText.Duration(policy.Within);
            return $"{UnitText.Duration(command.Duration)} is longer than gate '{gate.Name}' allows: write it again with 'for {most}' or "
                + "less";
        }
        var until = createdAt + command.Duration;
        return until <= now
            ? $"it ended on {UnitText.Moment(until)} UTC: repair the criterion, or "
            + "write a new one"
            : null;
    }

    private static string Shown(string id) => id.Length <= 60 ? id : id[..59] + "…";
}
