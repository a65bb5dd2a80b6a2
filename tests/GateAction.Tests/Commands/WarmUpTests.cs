using GateAction.Commands;

namespace GateAction.Tests.Commands;

public class WarmUpTests
{
    [Test]
    public void It_goes_through_the_whole_of_what_it_warms() => Assert.DoesNotThrowAsync(WarmUp.RunAsync);
}
