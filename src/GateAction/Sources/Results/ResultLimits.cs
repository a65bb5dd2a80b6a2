namespace GateAction.Sources.Results;

/// <summary>How much of a file is kept, so that memory does not grow with it. Counts and identities are never capped.</summary>
internal static class ResultLimits
{
    /// <summary>Characters of a message.</summary>
    public const int Message = 1_000;

    /// <summary>Characters of a stack trace or output.</summary>
    public const int Details = 3_000;

    /// <summary>Characters of a name; test names can hold whole parameters.</summary>
    public const int Name = 2_000;

    /// <summary>Failing cases kept with their messages, per file and per set.</summary>
    public const int Failures = 4_000;

    /// <summary>Failing cases whose details are kept too, per file and per set: as many as the facts list.</summary>
    public const int Traces = 200;

    /// <summary>Skipped and flaky cases kept with their names, per file and per set.</summary>
    public const int Others = 2_000;

    public const int Slowest = 20;

    /// <summary>Problems kept per file; those past it are counted.</summary>
    public const int Problems = 50;

    /// <summary>UTF-8 bytes of names kept per file for the comparison with a baseline; of the cases past it only hashes are.</summary>
    public const int NameBytes = 12 << 20;

    /// <summary>Suites with figures of their own.</summary>
    public const int Suites = 20_000;
}
