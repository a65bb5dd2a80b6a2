using GateAction.Core.Model;

namespace GateAction.Sources.Results;

/// <summary>One row: a state as the format writes it, or several with commas between them, and what they count as.</summary>
internal sealed record State(string Name, TestOutcome Outcome, string Note = "")
{
    public IReadOnlyList<string> Names { get; } = Name.Split(", ");
}

/// <summary>What each state of a format counts as. A state that stands in no row is an error: nothing unknown counts as passed.</summary>
internal sealed class StateTable(string label, params IReadOnlyList<State> states)
{
    private readonly Dictionary<string, TestOutcome> _outcomes =
        states.SelectMany(state => state.Names.Select(name => (Name: name, state.Outcome)))
            .DistinctBy(state => state.Name)
            .ToDictionary(state => state.Name, state => state.Outcome, StringComparer.OrdinalIgnoreCase);

    /// <summary>What the format calls its states: <c>outcome</c>, <c>result</c> …</summary>
    public string Label { get; } = label;

    public IReadOnlyList<State> States { get; } = states;

    public bool TryGet(string state, out TestOutcome outcome) => _outcomes.TryGetValue(state.Trim(), out outcome);

    /// <summary>The state's outcome; an unknown one is an error, with a problem that lists what is accepted.</summary>
    public TestOutcome Of(string? state, FileTally tally, int line)
    {
        if (state is not null && TryGet(state, out var outcome))
            return outcome;
        tally.Add(Severity.Error,
            $"{Label} '{state}' is not one of {string.Join(", ", States.Select(row => row.Name))}; the case counts as an error", line);
        return TestOutcome.Error;
    }
}

internal enum Severity
{
    /// <summary>Worth knowing; the figures stand.</summary>
    Warning,

    /// <summary>The figures cannot be trusted: the result set is not clean.</summary>
    Error,

    /// <summary>The file could not be read, or not to its end.</summary>
    Unreadable,
}

/// <summary>Something wrong in a result file. Line and column count from 1; 0 where they are not known.</summary>
internal sealed record ResultProblem(Severity Severity, string Message, int Line = 0, int Column = 0);

/// <summary>What the files hold of the tests that one <c>require</c> pattern names.</summary>
/// <param name="Ran">Cases that ran, however they ended.</param>
/// <param name="Skipped">The first that was skipped, or null.</param>
internal readonly record struct Required(long Ran, string? Skipped)
{
    public static Required operator +(Required left, Required right) => new(left.Ran + right.Ran, left.Skipped ?? right.Skipped);
}
