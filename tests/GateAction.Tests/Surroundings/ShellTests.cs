using GateAction.Surroundings;

namespace GateAction.Tests.Surroundings;

internal sealed class ShellTests
{
    [Test]
    public async Task An_unknown_command_is_bad_input()
    {
        var shell = Shell.FromProcess() with { Out = new StringWriter(), Error = new StringWriter() };

        var exitCode = await Program.RunAsync(["frobnicate"], shell, CancellationToken.None);

        Assert.That(exitCode, Is.EqualTo(2));
    }
}
