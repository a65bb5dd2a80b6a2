namespace GateAction.Sources.Results;

internal enum Severity
{
    /// <summary>Worth knowing; the figures stand.</summary>
    Warning,

    /// <summary>The figures cannot be trusted: the result set is not clean.</summary>
    Error,

    /// <summary>The file could not be read, or not to its end.</summary>
    Unreadable,
}

/// <summary>Something wrong in a result file. Line and column count from 1; 0 where they are not known.</summary>
internal sealed record ResultProblem(Severity Severity, string Message, int Line = 0, int Column = 0);
