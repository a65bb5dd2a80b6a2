using GateAction.Surroundings;

namespace GateAction.Tests.Surroundings;

internal sealed class ShellTests
{
    [Test]
    public async Task An_unknown_command_is_bad_input()
    {
        using var error = new StringWriter();
        var shell = Shell.FromProcess() with { Out = TextWriter.Null, Error = error };

        var exitCode = await Program.RunAsync(["frobnicate"], shell, CancellationToken.None);

        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(error.ToString(), Does.StartWith("gate: there is no command 'frobnicate'; there are run, collect,"));
    }
}
