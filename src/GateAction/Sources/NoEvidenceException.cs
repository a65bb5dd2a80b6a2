namespace GateAction.Sources;

/// <summary>A source of evidence that has nothing to say: no file, no data, no permission, a reference that cannot be read. The message is
/// one sentence.</summary>
internal sealed class NoEvidenceException(string message, Exception? innerException = null) : Exception(message, innerException);
