using System.Diagnostics;

namespace GateAction.Benchmarks;

/// <summary>The smallest program of the same runtime, published the same way: the floor of every process time.</summary>
internal static class HelloWorld
{
    public static string Publish(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(
            Path.Combine(folder, "hello.csproj"),
            """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <InvariantGlobalization>true</InvariantGlobalization>
                <TieredPGO>false</TieredPGO>
              </PropertyGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), "System.Console.WriteLine(\"Hello, world\");");
        return Publish(Path.Combine(folder, "hello.csproj"), Path.Combine(folder, "out"), "hello");
    }

    /// <summary>Publishes a project as the container does; returns the path of its executable.</summary>
    public static string Publish(string project, string output, string executable)
    {
        string[] arguments =
        [
            "publish", project, "--configuration", "Release", "--use-current-runtime", "--self-contained", "false", "--output", output,
            "-p:PublishReadyToRun=true", "-p:RestorePackagesWithLockFile=false", "-p:RestoreLockedMode=false", "--nologo", "--verbosity", "quiet",
        ];
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments))!;
        process.WaitForExit();
        return process.ExitCode == 0
            ? Path.Combine(output, executable)
            : throw new InvalidOperationException($"dotnet publish {project} ended with {process.ExitCode}");
    }
}
