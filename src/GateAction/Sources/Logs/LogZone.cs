namespace GateAction.Sources.Logs;

/// <summary>The zone behind a time in a log: <c>Z</c>, <c>+02:00</c>, <c> -0700</c>, <c> CEST</c>.</summary>
internal static class LogZone
{
    // Abbreviations that several zones share are read as the westernmost, so that no line seems older than it is.
    private static readonly (string Name, double Hours)[] Zones =
    [
        ("UTC", 0), ("GMT", 0), ("WET", 0), ("WEST", 1), ("BST", 1), ("IST", 1), ("CET", 1), ("CEST", 2), ("EET", 2), ("EEST", 3),
        ("MSK", 3), ("SGT", 8), ("HKT", 8), ("JST", 9), ("KST", 9), ("AEST", 10), ("AEDT", 11), ("NZST", 12), ("NZDT", 13), ("BRT", -3),
        ("AST", -4), ("EDT", -4), ("EST", -5), ("CDT", -5), ("CST", -6), ("MDT", -6), ("MST", -7), ("PDT", -7), ("PST", -8), ("HST", -10),
    ];

    /// <summary>True if a zone stands there, behind a time.</summary>
    public static bool IsAt(ReadOnlySpan<char> rest) => LengthAt(rest, out _) > 0;

    /// <summary>How long the zone is that stands behind a time, with the blank before it; 0 if there is none.</summary>
    public static int LengthAt(ReadOnlySpan<char> rest, out TimeSpan zone)
    {
        zone = TimeSpan.Zero;
        var text = rest.TrimStart(' ');
        var blanks = rest.Length - text.Length;
        if (blanks > 1)
            return 0;
        if (text is ['Z' or 'z'] or ['Z' or 'z', not (>= 'A' and <= 'Z' or >= 'a' and <= 'z' or >= '0' and <= '9' or '='), ..])
            return blanks + 1;
        foreach (var (name, away) in Zones)
        {
            if (text.StartsWith(name) && (text.Length == name.Length || !char.IsAsciiLetterOrDigit(text[name.Length])))
            {
                zone = TimeSpan.FromHours(away);
                return blanks + name.Length;
            }
        }
        // A dash that begins a message has no digits behind it.
        if (text is not ['+' or '-', >= '0' and <= '9', >= '0' and <= '9', ..]
            || (blanks > 0 && text is not [_, _, _, >= '0' and <= '9', >= '0' and <= '9', ..]
            and not [_, _, _, ':', >= '0' and <= '9', ..]))
            return 0;
        var rests = text[3..].TrimStart(':');
        var hasMinutes = rests is [>= '0' and <= '5', >= '0' and <= '9', ..];
        var minutes = hasMinutes ? LogTime.Two(rests) : 0;
        zone = new TimeSpan(Math.Min(LogTime.Two(text[1..]), 14), minutes, 0);
        zone = text[0] == '-' ? -zone : zone;
        return rest.Length - rests.Length + (hasMinutes ? 2 : 0);
    }

    /// <summary>How far the zone behind a time is from UTC; nothing if none stands there.</summary>
    public static TimeSpan Of(ReadOnlySpan<char> rest)
    {
        _ = LengthAt(rest, out var zone);
        return zone;
    }
}
