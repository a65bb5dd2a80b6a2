namespace GateAction.Core.Model;

/// <summary>How <c>gate</c> ends; the numbers are the process's exit codes.</summary>
public enum ExitCode
{
    Met = 0,
    Failed = 1,
    BadInput = 2,
    Inconclusive = 3,
    NotPublished = 4,
}

/// <summary>Something a user must read: one sentence with what was found, what is accepted and how to repair it.</summary>
public sealed class GateException(string message, ExitCode exitCode = ExitCode.BadInput, Exception? innerException = null)
    : Exception(message, innerException)
{
    public ExitCode ExitCode { get; } = exitCode;
}
