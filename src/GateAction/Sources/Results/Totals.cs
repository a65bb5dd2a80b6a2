using GateAction.Core.Model;

namespace GateAction.Sources.Results;

/// <summary>Running figures, added up in place.</summary>
internal sealed class Totals
{
    private readonly long[] _byOutcome = new long[5];
    private long _ticks;

    public TestCounts Counts => new(
        _byOutcome.Sum(),
        this[TestOutcome.Passed] + this[TestOutcome.Flaky],
        this[TestOutcome.Failed],
        this[TestOutcome.Error],
        this[TestOutcome.Skipped],
        this[TestOutcome.Flaky],
        TimeSpan.FromTicks(_ticks));

    public void Add(TestOutcome outcome, TimeSpan duration)
    {
        _byOutcome[(int)outcome]++;
        // A file may claim any time; a sum that leaves the range stays at its edge.
        _ticks = _ticks > long.MaxValue - duration.Ticks ? long.MaxValue : _ticks + duration.Ticks;
    }

    public long this[TestOutcome outcome] => _byOutcome[(int)outcome];
}
