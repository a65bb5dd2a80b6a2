using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Coverage;

/// <summary>One file format of code coverage.</summary>
/// <param name="Recognises">By content, never by the file's name.</param>
/// <param name="Read">Streams the lines and branches into the tally.</param>
internal sealed record CoverageFormat(string Name, string Title, Func<FileHead, bool> Recognises, Action<ResultSource, CoverageTally> Read);
