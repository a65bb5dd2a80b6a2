using System.Collections;
using System.Diagnostics;

namespace GateAction.Tests.EndToEnd;

/// <summary>
/// The program as a process of its own: the executable that <c>GATE_PROGRAM</c> names, such as the one the container ships, else the one
/// built with the tests. It sees the variables given and of the machine's only those that a process cannot do without.
/// </summary>
internal static class GateProcess
{
    private static readonly string[] Inherited = ["PATH", "TMPDIR", "TEMP", "TMP", "SystemRoot"];

    private static readonly IReadOnlyList<string> Managed = ["dotnet", BuiltByItself];

    private static readonly IReadOnlyList<string> Program =
        Environment.GetEnvironmentVariable("GATE_PROGRAM") is { Length: > 0 } path ? [Path.GetFullPath(path)] : Managed;

    /// <summary>The copy beside the tests lacks the assemblies that ASP.NET brings for them.</summary>
    private static string BuiltByItself
    {
        get
        {
            var beside = Path.GetDirectoryName(typeof(GateAction.Program).Assembly.Location)!;
            var build = Path.Combine(Path.GetFileName(Path.GetDirectoryName(beside)!), Path.GetFileName(beside));
            return Path.Combine(TestFiles.Repository, "src", "GateAction", "bin", build, "gate.dll");
        }
    }

    public static Process Start(string directory, IReadOnlyDictionary<string, string> variables, params IReadOnlyList<string> args) =>
        Start([.. Program, .. args], directory, variables);

    /// <summary>As a shell that is not interactive starts a job in the background: with signals ignored.</summary>
    public static Process StartIgnoring(
        string signals, string directory, IReadOnlyDictionary<string, string> variables, params IReadOnlyList<string> args) =>
        Start(["sh", "-c", $"trap '' {signals}; exec \"$@\"", "sh", .. Program, .. args], directory, variables);

    public static Task<ProgramRun> RunAsync(string directory, IReadOnlyDictionary<string, string> variables,
        params IReadOnlyList<string> args) =>
        RunAsync([.. Program, .. args], directory, variables);

    /// <summary>The program that is built beside the tests, whatever <c>GATE_PROGRAM</c> names.</summary>
    public static Task<ProgramRun> RunManagedAsync(string directory, IReadOnlyDictionary<string, string> variables,
        params IReadOnlyList<string> args) =>
        RunAsync([.. Managed, .. args], directory, variables);

    /// <summary>With a terminal of 100 columns as output, as <c>script</c> makes one; the test is skipped where there is none.</summary>
    public static Task<ProgramRun> RunOnTerminalAsync(string directory, IReadOnlyDictionary<string, string> variables,
        params IReadOnlyList<string> args)
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/script"))
            Missing.Tool("no 'script' that makes a terminal");
        var quoted = string.Join(' ', Program.Concat(args).Select(word => $"'{word}'"));
        return RunAsync(["script", "--quiet", "--return", "--command", $"stty columns 100 && {quoted}", "/dev/null"], directory, variables);
    }

    /// <summary>Any other program, with the same few variables of the machine.</summary>
    public static async Task<ProgramRun> RunAsync(IReadOnlyList<string> command, string directory,
        IReadOnlyDictionary<string, string> variables)
    {
        using var process = Start(command, directory, variables);
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new(process.ExitCode, await output, await error);
    }

    private static Process Start(IReadOnlyList<string> command, string directory, IReadOnlyDictionary<string, string> variables)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            var name = (string)variable.Key;
            if (Inherited.Contains(name) || name.StartsWith("DOTNET_", StringComparison.Ordinal))
                start.Environment[name] = (string?)variable.Value;
        }
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
