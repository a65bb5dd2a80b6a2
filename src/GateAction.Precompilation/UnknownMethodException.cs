namespace GateAction.Precompilation;

/// <summary>A method that these assemblies do not hold, or that a profile can not name: it is left to the run.</summary>
internal sealed class UnknownMethodException(string message) : Exception(message);
