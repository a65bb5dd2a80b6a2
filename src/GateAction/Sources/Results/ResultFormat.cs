using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results;

/// <summary>One file format of test results.</summary>
/// <param name="Name">As <c>gate results --json</c> names it.</param>
/// <param name="Recognises">Looks at the root element or the first value and line, never at the file's name.</param>
/// <param name="Read">Streams the cases into the tally. What it throws for malformed input ends the file with a problem at the reader's
/// position.</param>
/// <param name="States">Every state the format knows and what it counts as: the reader's own table.</param>
internal sealed record ResultFormat(
    string Name,
    string Title,
    Func<FileHead, bool> Recognises,
    Action<ResultSource, FileTally> Read,
    StateTable States)
{
    /// <summary>A second table, where the format tells a state in two ways.</summary>
    public StateTable? Words { get; init; }
}
