using System.Text;
using GateAction.Files;
using GateAction.GitHub;
using GateAction.GitHub.Doctor;
using GateAction.Manifests;
using GateAction.Surroundings;
using GateAction.Syntax;

namespace GateAction.Commands;

/// <summary>Probes that start a program, in a manifest that a workflow gives to the action's container: that holds nothing but
/// gate.</summary>
internal static class ContainerFit
{
    private const int MostBytes = 1024 * 1024;

    public static IReadOnlyList<Problem> Warnings(Shell shell, string file, ManifestReading reading)
    {
        if (reading is not { Manifest: { } manifest, Root: { } root })
            return [];
        var starting = manifest.Sources.Where(source => source.Source.Program is not null).ToArray();
        // The workflows are read for those alone that start a program.
        if (starting.Length == 0 || Place(shell, file) is not { } place)
            return [];
        var problems = new Problems();
        foreach (var source in starting)
        {
            if ((root.Find("probes") as MappingNode)?.Find(source.Name) is { } node)
                problems.Warn(node,
                    $"{place}, and the action's container holds nothing but gate: '{source.Source.Program}' is not there, and "
                    + $"'{source.Name}' cannot be measured; run gate as a program in a step of the job (docs/install.md), or run it in an "
                    + "earlier step and read what it wrote with a 'file' probe");
        }
        return problems.Warnings();
    }

    /// <summary>What says where manifests are measured, relative to the shell's directory.</summary>
    public static IEnumerable<string> Workflows(Shell shell) => FileSearch.Find(shell.Directory, [".github/workflows/*.{yml,yaml}"])
        .Select(path => Path.GetRelativePath(shell.Directory, path));

    /// <summary>Where the manifest is measured in the container; null if nothing says that it is.</summary>
    private static string? Place(Shell shell, string file)
    {
        if (shell.IsContainerAction)
            return "this is the container action";
        var workflow = Workflows(shell).Select(path => Read(shell, path)).OfType<Workflow>()
            .FirstOrDefault(workflow => workflow.Jobs.Any(job => job.Steps.Where(step => step.MeasuresInContainer)
                .SelectMany(step => GateUse.Of(workflow, job, step)).Any(use => IsOf(shell, use.Manifest, file))));
        return workflow is null ? null : $"'{workflow.Path}' measures this with the container action";
    }

    private static bool IsOf(Shell shell, string? named, string file) => named is null
        ? ManifestPaths.Default.FirstOrDefault(path => File.Exists(shell.PathOf(path))) is { } found
            && shell.PathOf(found) == shell.PathOf(file)
        : !named.Contains("${{", StringComparison.Ordinal) && shell.PathOf(named) == shell.PathOf(file);

    /// <summary>Null for what cannot be read: that is no matter of the manifest.</summary>
    private static Workflow? Read(Shell shell, string path)
    {
        try
        {
            using var stream = NamedFile.OpenRead(shell.Directory, path, shell.Directory);
            var bytes = new byte[MostBytes];
            var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return Workflow.Read(path, Encoding.UTF8.GetString(bytes, 0, length));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
