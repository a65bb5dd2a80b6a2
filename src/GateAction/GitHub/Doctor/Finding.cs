namespace GateAction.GitHub.Doctor;

internal enum Health
{
    Good,

    /// <summary>It works, and could be safer.</summary>
    Fair,
    Bad,
}

/// <summary>One thing the doctor looked at.</summary>
/// <param name="Repair">What to change; null where nothing is to be changed.</param>
internal sealed record Finding(Health Health, string Text, string? Repair = null);

/// <summary>A status that a branch requires.</summary>
/// <param name="By">What requires it, as "a ruleset".</param>
/// <param name="AppId">Its expected source; null for any.</param>
internal sealed record RequiredName(string Name, string By, long? AppId);
