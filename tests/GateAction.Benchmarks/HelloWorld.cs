using System.Diagnostics;
using GateAction.StandIns;

namespace GateAction.Benchmarks;

/// <summary>Programs to compare with: of the same runtime, its code compiled ahead of time (ReadyToRun) as the runtime itself is.</summary>
internal static class HelloWorld
{
    /// <summary>Publishes a program of one file.</summary>
    public static string PublishProgram(string folder, string name, string source)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(
            Path.Combine(folder, $"{name}.csproj"),
            """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <InvariantGlobalization>true</InvariantGlobalization>
                <TieredPGO>false</TieredPGO>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), source);
        return Publish(Path.Combine(folder, $"{name}.csproj"), Path.Combine(folder, "out"), name);
    }

    /// <summary>The program as it ships.</summary>
    public static string Gate(string folder)
    {
        Run(Path.Combine(DemoRepository.Path, ".ci", "native"), folder);
        return Path.Combine(folder, "gate");
    }

    private static string Publish(string project, string output, string executable)
    {
        Run("dotnet", "publish", project, "--configuration", "Release", "--use-current-runtime", "--output", output, "--self-contained",
            "false",
            "-p:PublishReadyToRun=true", "--nologo", "--verbosity", "quiet");
        return Path.Combine(output, executable);
    }

    private static void Run(string program, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments))!;
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}");
    }
}
