using System.Globalization;
using System.Text.RegularExpressions;

namespace GateAction.Manifests.Starter;

/// <summary>Test projects of .NET, by the solution that lies above them.</summary>
internal static partial class DotnetTests
{
    public static TestProject? Find(RepositoryTree tree, string folder)
    {
        var projects = tree.Files.Where(file => RepositoryTree.IsBelow(file, folder) && IsTestProject(tree, file)).ToList();
        var target = tree.In(folder).Select(RepositoryTree.NameOf).FirstOrDefault(name => HasExtension(name, ".sln", ".slnx"))
            ?? projects.Where(file => RepositoryTree.FolderOf(file) == folder).Select(RepositoryTree.NameOf).FirstOrDefault();
        if (projects.Count == 0 || target is null)
            return null;
        // From .NET 10 on the runner is chosen in global.json, and each has options of its own.
        var isNewRunner = tree.Nearest(folder, "global.json") is var (at, file)
            && tree.Holds(RepositoryTree.Join(at, file), "Microsoft.Testing.Platform");
        var measures = !isNewRunner && projects.Exists(project => tree.Holds(project, "coverlet.collector"));
        var option = !isNewRunner ? "" : HasExtension(target, ".sln", ".slnx") ? "--solution " : "--project ";
        return new(
            "dotnet",
            ".NET",
            folder,
            [new(".NET", Uses: "actions/setup-dotnet@v6") { With = [VersionOf(tree, folder, projects)] }],
            $"dotnet test {option}'{target}' {(isNewRunner ? "--report-trx" : "--logger trx")} --results-directory "
            + $"%OUT%/%ID%{(measures ? " --collect 'XPlat Code Coverage'" : "")}",
            "%ID%/**/*.trx")
        { Coverage = measures ? "%ID%/**/coverage.cobertura.xml" : null };
    }

    private static bool IsTestProject(RepositoryTree tree, string file) =>
        HasExtension(file, ".csproj", ".fsproj", ".vbproj")
        && tree.Holds(file, "Microsoft.NET.Test.Sdk", "MSTest.Sdk", "<IsTestProject>true", "TUnit");

    private static bool HasExtension(string file, params string[] extensions) =>
        extensions.Contains(Path.GetExtension(file).ToLowerInvariant());

    private static (string, string) VersionOf(RepositoryTree tree, string folder, List<string> projects)
    {
        if (tree.Nearest(folder, "global.json") is var (at, file) && tree.Holds(RepositoryTree.Join(at, file), "\"version\""))
            return ("global-json-file", RepositoryTree.Join(at, file));
        var settings = tree.Files.Where(file => RepositoryTree.NameOf(file) == "Directory.Build.props");
        var versions = projects.Concat(settings).SelectMany(project => Framework().Matches(tree.Read(project)))
            .Select(match => decimal.Parse(match.Groups["version"].Value, CultureInfo.InvariantCulture))
            .DefaultIfEmpty(10.0m);
        return ("dotnet-version", string.Create(CultureInfo.InvariantCulture, $"{versions.Max():0.0}.x"));
    }

    [GeneratedRegex(@"\bnet(?<version>\d{1,2}\.\d)\b")]
    private static partial Regex Framework();
}
