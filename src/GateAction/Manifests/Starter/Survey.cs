using System.Text.RegularExpressions;

namespace GateAction.Manifests.Starter;

/// <summary>What a folder holds that a first manifest and workflow can use.</summary>
/// <param name="Projects">The tests that were found.</param>
/// <param name="ResultFiles">Result files that lie there already, relative paths.</param>
/// <param name="CoverageFiles">Likewise of coverage.</param>
/// <param name="Service">What tells of a service; null if nothing does.</param>
internal sealed record Survey(
    IReadOnlyList<TestProject> Projects, IReadOnlyList<string> ResultFiles, IReadOnlyList<string> CoverageFiles, ServiceSigns Service)
{
    private static readonly string[] CoverageNames =
    [
        "lcov.info", "coverage.xml", "cobertura.xml", "coverage.cobertura.xml", "cobertura-coverage.xml", "jacoco.xml", "clover.xml",
        "coverage-final.json",
        "coverage.json", "cover.out", ".resultset.json",
    ];

    public static Survey Of(string directory)
    {
        var tree = new RepositoryTree(directory);
        return new(
            TestStacks.FindIn(tree),
            [.. tree.Files.Where(file => ResultFileNames.IsOne(directory, file)).Order(StringComparer.Ordinal)],
            // By the names that tools give them: to read every file for its format would take too long.
            [.. tree.Files.Where(file => CoverageNames.Contains(RepositoryTree.NameOf(file))).Order(StringComparer.Ordinal)],
            ServiceSigns.In(tree));
    }

    /// <summary>What was found, one phrase each.</summary>
    public IEnumerable<string> Findings()
    {
        foreach (var project in Projects)
            yield return $"{project.Name} tests{(project.Folder.Length > 0 ? $" in {project.Folder}" : "")}"
                + $"{(project.Coverage is null ? "" : " with coverage")}";
        if (Projects.Count == 0 && ResultFiles.Count > 0)
            yield return $"{ResultFiles.Count} result file{(ResultFiles.Count == 1 ? "" : "s")} such as {ResultFiles[0]}";
        if (Projects.Count == 0 && CoverageFiles.Count > 0)
            yield return $"coverage such as {CoverageFiles[0]}";
        foreach (var sign in Service.Findings())
            yield return sign;
    }
}

/// <summary>Which files hold test results: TRX by its name, JUnit XML by its first element.</summary>
internal static partial class ResultFileNames
{
    private const int ReadLimit = 2048;

    public static bool IsOne(string folder, string file) => Path.GetExtension(file).ToLowerInvariant() switch
    {
        ".trx" => true,
        // An .xml may be anything; a .trx is of Visual Studio alone.
        ".xml" => FirstElement().IsMatch(TextStart.Read(Path.Combine(folder, file), ReadLimit)),
        _ => false,
    };

    /// <summary>One pattern for them: of one kind in the top folder that all share.</summary>
    public static string PatternFor(IReadOnlyList<string> files)
    {
        var folder = files.Select(file => file.Contains('/') ? file[..(file.IndexOf('/') + 1)] : "").Distinct().ToArray();
        var extensions = files.Select(Path.GetExtension).Distinct().ToArray();
        return $"{(folder.Length == 1 ? folder[0] : "")}**/*{(extensions.Length == 1 ? extensions[0] : ".xml")}";
    }

    [GeneratedRegex(@"\A\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<testsuites?[\s>/]", RegexOptions.Singleline)]
    private static partial Regex FirstElement();
}
