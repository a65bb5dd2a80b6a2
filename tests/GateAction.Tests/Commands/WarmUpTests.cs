using GateAction.Commands;

namespace GateAction.Tests.Commands;

public class WarmUpTests
{
    [Test]
    public void It_goes_through_what_comes_at_the_end_of_a_run() => Assert.That(WarmUp.Steps().ToArray(), Has.Length.GreaterThan(5).And.All.Matches<Action>(Ends));

    private static bool Ends(Action? step)
    {
        Assert.That(step!.Invoke, Throws.Nothing);
        return true;
    }
}
