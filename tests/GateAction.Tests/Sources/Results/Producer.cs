using System.ComponentModel;
using System.Diagnostics;

namespace GateAction.Tests.Sources.Results;

/// <summary>Test tools that are run for real; a test that needs an absent one is skipped.</summary>
internal static class Producer
{
    private static readonly string[] Inherited =
        ["NODE_TEST_CONTEXT", "NODE_OPTIONS", "MSBuildSDKsPath", "MSBUILD_EXE_PATH", "PYTEST_ADDOPTS", "GOFLAGS"];

    /// <summary>Runs the program in the folder to its end, whatever it says; returns its standard output.</summary>
    public static string Run(ResultFolder folder, string program, params string[] arguments) =>
        RunIn(folder.Path, program, arguments).Output;

    public static (string Output, string Error) RunIn(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in Inherited)
            start.Environment.Remove(name);
        try
        {
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (output, error.Result);
        }
        catch (Win32Exception)
        {
            Missing.Tool($"no {program} here");
            throw;
        }
    }
}
