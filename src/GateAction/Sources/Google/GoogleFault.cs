namespace GateAction.Sources.Google;

/// <summary>Why Google gave no token or no answer: one sentence that ends in what to set or which role to grant.</summary>
internal sealed class GoogleFault(string message, Exception? innerException = null) : Exception(message, innerException);
