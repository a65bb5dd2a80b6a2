namespace GateAction.Sources.Processes;

/// <summary>A program to run: without a shell, with this environment and no other.</summary>
/// <param name="Arguments">The program and its arguments, each taken as it stands.</param>
internal sealed record ProcessCall(
    IReadOnlyList<string> Arguments,
    string Directory,
    IReadOnlyDictionary<string, string> Environment,
    TimeSpan Timeout);

/// <summary>What a program that ended by itself left behind.</summary>
/// <param name="ExitCode">128 and the signal's number where a signal ended it.</param>
/// <param name="PeakMemory">In bytes; null where it could not be looked at. See <see cref="Platform.MemoryWatch"/>.</param>
internal sealed record ProcessResult(int ExitCode, CapturedOutput Stdout, CapturedOutput Stderr, TimeSpan Duration, long? PeakMemory);
