using GateAction.Core.Model;

namespace GateAction.Sources.Results;

/// <summary>Which cases of the files count, and which must be there.</summary>
internal sealed record TestFilter(IReadOnlyList<Pattern> Include, IReadOnlyList<Pattern> Exclude, IReadOnlyList<Pattern> Require)
{
    public static readonly TestFilter All = new([], [], []);

    public bool Accepts(TestCase test) =>
        (Include.Count == 0 || Include.Any(pattern => pattern.Matches(test))) && !Exclude.Any(pattern => pattern.Matches(test));
}
