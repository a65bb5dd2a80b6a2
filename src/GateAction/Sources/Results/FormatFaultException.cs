namespace GateAction.Sources.Results;

/// <summary>A file that is not what its format says. Line and column count from 1; 0 where they are not known.</summary>
internal sealed class FormatFaultException(string message, int line, int column = 0, Exception? innerException = null)
    : Exception(message, innerException)
{
    public int Line { get; } = line;

    public int Column { get; } = column;
}
