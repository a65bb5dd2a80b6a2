using System.Diagnostics;
using YamlDotNet.RepresentationModel;

namespace GateAction.Tests.Commands;

/// <summary>
/// Runs a written workflow as a runner does, as far as these need it: the <c>run</c> lines for real, in order, each job in a checkout of
/// its own; artifacts go from one to the other, and what sets up a tool is what this machine has.
/// </summary>
internal sealed class WorkflowRun : IDisposable
{
    private readonly string _repository;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gate-workflow-");
    private readonly YamlMappingNode _jobs;

    public WorkflowRun(string repository, string workflow)
    {
        _repository = repository;
        var stream = new YamlStream();
        stream.Load(new StringReader(workflow));
        _jobs = (YamlMappingNode)stream.Documents[0].RootNode["jobs"];
    }

    /// <summary>Where the last job ran.</summary>
    public string Checkout { get; private set; } = "";

    public string Log { get; private set; } = "";

    /// <summary>Runs a job up to the gate's own step; false if a step failed.</summary>
    public bool Run(string job)
    {
        Checkout = Path.Combine(_folder.FullName, job);
        Copy(_repository, Checkout);
        foreach (var step in (YamlSequenceNode)_jobs[job]["steps"])
        {
            var uses = Text(step, "uses") ?? "";
            if (uses.StartsWith("example/gate-action", StringComparison.Ordinal))
                return true;
            if (uses.StartsWith("actions/upload-artifact", StringComparison.Ordinal))
                Copy(Path.Combine(Checkout, Text(step["with"], "path")!), ArtifactOf(step));
            else if (uses.StartsWith("actions/download-artifact", StringComparison.Ordinal))
                Copy(ArtifactOf(step), Path.Combine(Checkout, Text(step["with"], "path")!));
            else if (Text(step, "run") is { } run && !RunLines(run, Path.Combine(Checkout, Text(step, "working-directory") ?? "")))
                return false;
        }
        return true;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    public static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        if (!Directory.Exists(from))
            return;
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
    }

    private string ArtifactOf(YamlNode step) => Path.Combine(_folder.FullName, "artifacts", Text(step["with"], "name")!);

    private static string? Text(YamlNode node, string name) =>
        ((YamlMappingNode)node).Children.TryGetValue(new YamlScalarNode(name), out var value) ? ((YamlScalarNode)value).Value : null;

    private bool RunLines(string lines, string folder)
    {
        // As the runner's `shell: bash`. Python's packages go where nothing else is, as they do with actions/setup-python.
        var script = Path.Combine(_folder.FullName, "step.sh");
        File.WriteAllText(script, lines);
        var start = new ProcessStartInfo("bash", ["--noprofile", "--norc", "-eo", "pipefail", script])
        { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in new[]
            { "NODE_TEST_CONTEXT", "NODE_OPTIONS", "MSBuildSDKsPath", "MSBUILD_EXE_PATH", "MSBuildExtensionsPath", "PYTEST_ADDOPTS",
            "GOFLAGS" })
            start.Environment.Remove(name);
        // What the machine has of them need not be asked for.
        start.Environment["PIP_NO_BUILD_ISOLATION"] = "0";
        if (lines.Contains("python", StringComparison.Ordinal))
            start.Environment["PATH"] = $"{PythonFolder()}:{start.Environment["PATH"]}";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        Log += $"$ {lines}\n{process.StandardOutput.ReadToEnd()}";
        process.WaitForExit();
        Log += error.Result;
        return process.ExitCode == 0;
    }

    private string PythonFolder()
    {
        var environment = Path.Combine(_folder.FullName, "python");
        if (!Directory.Exists(environment))
        {
            using var process = Process.Start(
                File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3", ["-m", "venv", "--system-site-packages", environment]);
            process.WaitForExit();
        }
        return Path.Combine(environment, "bin");
    }
}
