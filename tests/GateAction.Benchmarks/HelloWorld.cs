using System.Diagnostics;

namespace GateAction.Benchmarks;

/// <summary>The smallest program of the same runtime, published the same way: the floor of every process time.</summary>
internal static class HelloWorld
{
    public static string Publish(string folder) => PublishProgram(folder, "hello", "System.Console.WriteLine(\"Hello, world\");");

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

    /// <summary>Publishes a project as the container does; returns the path of its executable.</summary>
    public static string Publish(string project, string output, string executable) =>
        Publish(project, output, executable, "--self-contained", "false");

    /// <summary>With the runtime, compiled ahead of time together with it.</summary>
    public static string PublishWhole(string project, string output, string executable) =>
        Publish(project, output, executable, "--self-contained", "true", "-p:PublishReadyToRunComposite=true");

    private static string Publish(string project, string output, string executable, params IEnumerable<string> shape)
    {
        string[] arguments =
        [
            "publish", project, "--configuration", "Release", "--use-current-runtime", "--output", output, .. shape,
            "-p:PublishReadyToRun=true", "-p:NuGetLockFilePath=obj/bench.lock.json", "-p:RestoreLockedMode=false", "--nologo", "--verbosity", "quiet",
        ];
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments))!;
        process.WaitForExit();
        return process.ExitCode == 0
            ? Path.Combine(output, executable)
            : throw new InvalidOperationException($"dotnet publish {project} ended with {process.ExitCode}");
    }
}
