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
