using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Coverage;

/// <summary>One file format of code coverage.</summary>
/// <param name="WrittenBy">Producers, for the docs.</param>
/// <param name="Counts">What a line and a branch are in it and what its own totals are held against, for the docs.</param>
/// <param name="Recognises">By what only this format has, never by the file's name.</param>
/// <param name="Read">Streams the lines and branches into the report.</param>
internal sealed record CoverageFormat(string Name, string Title, string WrittenBy, string Counts, Func<FileHead, bool> Recognises,
    Action<CoverageReport> Read);
