using System.Runtime.Versioning;
using GateAction.Demo;
using GateAction.Surroundings;

namespace GateAction.Tests.EndToEnd;

/// <summary>README's first command: what it says, and what it keeps out of a pipe.</summary>
[NonParallelizable]
internal sealed class DemoScriptTests
{
    [TestCase(false, "", false)]
    [TestCase(true, "1", false)]
    [TestCase(true, "", true)]
    public async Task Escape_codes_go_to_a_terminal_alone_and_only_if_colour_is_wanted(bool isTerminal, string noColor, bool hasCodes)
    {
        using var output = new StringWriter();
        var shell = Shell.FromProcess() with
        {
            Out = output,
            Error = output,
            IsTerminal = isTerminal,
            Environment = name => name == "NO_COLOR" ? noColor : Environment.GetEnvironmentVariable(name),
        };

        await new DemoRun(shell, DemoScenario.All.Single(scenario => scenario.Name == "failing")).RunAsync(CancellationToken.None);

        Assert.That(output.ToString(), Does.Contain("What GitHub shows").And.Contain("gate/staging"));
        Assert.That(output.ToString().Contains('\e', StringComparison.Ordinal), Is.EqualTo(hasCodes));
    }

    [Platform("Unix")]
    [UnsupportedOSPlatform("windows")]
    [TestCase("--scenario healthy", "", true)]
    [TestCase("--scenario failing", "1", true)]
    [TestCase("--serve", "", false)]
    public async Task It_says_that_it_builds_before_anything_is_built(string options, string noColor, bool isInOutput)
    {
        var folder = Directory.CreateTempSubdirectory("gate-demo-");
        var dotnet = Path.Combine(folder.FullName, "dotnet");
        await File.WriteAllTextAsync(dotnet, "#!/bin/sh\necho \"dotnet $* TERM=$TERM\"\n");
        File.SetUnixFileMode(dotnet, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var run = await GateProcess.RunAsync(
            [Path.Combine(TestFiles.Repository, "demo"), .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)],
            folder.FullName,
            new Dictionary<string, string>
            {
                ["PATH"] = $"{folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}",
                ["NO_COLOR"] = noColor,
                ["TERM"] = "xterm",
            });
        folder.Delete(recursive: true);

        Assert.That(run.ExitCode, Is.Zero, run.Error);
        var term = noColor.Length == 0 ? "xterm" : "dumb";
        var building = $"Building the demo, which takes a minute or two the first time …\ndotnet build src/GateAction.Demo --nologo "
            + $"--verbosity quiet --consoleLoggerParameters:ErrorsOnly TERM={term}\n";
        var running = $"dotnet src/GateAction.Demo/bin/Debug/net10.0/GateAction.Demo.dll {options} TERM={term}\n";
        Assert.That(run.Out, Is.EqualTo(isInOutput ? building + running : running));
        Assert.That(run.Error, Is.EqualTo(isInOutput ? "" : building));
    }
}
