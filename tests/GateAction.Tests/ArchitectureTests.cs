using System.Text.RegularExpressions;

namespace GateAction.Tests;

/// <summary>Who may know whom: the arrows of the house point one way.</summary>
internal sealed partial class ArchitectureTests
{
    /// <summary>Namespaces of the program, each with those that it must not use.</summary>
    private static readonly (string Namespace, string[] MustNotUse)[] ArrowsOfProgram =
    [
        ("GateAction.Manifests.Syntax", ["GateAction.Commands", "GateAction.Probes", "GateAction.Results", "GateAction.GitHub", "GateAction.Http", "GateAction.Google"]),
        ("GateAction.Manifests", ["GateAction.Commands", "GateAction.GitHub.Api", "GateAction.GitHub.Publishing"]),
        ("GateAction.Probes", ["GateAction.Commands", "GateAction.GitHub"]),
        ("GateAction.Results", ["GateAction.Commands", "GateAction.GitHub", "GateAction.Http", "GateAction.Google"]),
        ("GateAction.GitHub", ["GateAction.Commands", "GateAction.Probes", "GateAction.Results"]),
        ("GateAction.Http", ["GateAction.Commands", "GateAction.GitHub", "GateAction.Probes", "GateAction.Results", "GateAction.Manifests"]),
        ("GateAction.Google", ["GateAction.Commands", "GateAction.GitHub", "GateAction.Probes", "GateAction.Results", "GateAction.Manifests"]),
    ];

    /// <summary>The same inside Core.</summary>
    private static readonly (string Namespace, string[] MustNotUse)[] ArrowsOfCore =
    [
        ("GateAction.Core.Conditions", ["GateAction.Core.Decisions", "GateAction.Core.Json", "GateAction.Core.Reports"]),
        ("GateAction.Core.Decisions", ["GateAction.Core.Json", "GateAction.Core.Reports"]),
        ("GateAction.Core.Json", ["GateAction.Core.Decisions", "GateAction.Core.Reports"]),
        ("GateAction.Core.Reports", ["GateAction.Core.Decisions"]),
    ];

    private static string Sources => Path.Combine(TestFiles.Repository, "src");

    [Test]
    public void Core_needs_no_package()
    {
        var project = File.ReadAllText(Path.Combine(Sources, "GateAction.Core", "GateAction.Core.csproj"));

        Assert.That(PackageReferences().Matches(project).Select(match => match.Groups[1].Value), Is.EqualTo(new[] { "Microsoft.CodeAnalysis.BannedApiAnalyzers" }), "analysers only");
        Assert.That(project, Does.Not.Contain("ProjectReference").And.Not.Contain("FrameworkReference"));
    }

    [Test]
    public void Core_reads_no_file_no_socket_no_clock_and_no_environment()
    {
        string[] outside = ["System.IO.File.", "File.Read", "File.Open", "File.Write", "Directory.", "HttpClient", "System.Net.Sockets", "Environment.Get", "Process.", "Console."];

        var users = Files("GateAction.Core").Where(file => outside.Any(word => Regex.IsMatch(Code(file), $@"(?<![\w.]){Regex.Escape(word)}"))).Select(Path.GetFileName);

        Assert.That(users, Is.Empty);
    }

    [Test]
    public void Arrows_point_one_way() => Assert.That(ArrowsOfProgram.Concat(ArrowsOfCore).SelectMany(Violations), Is.Empty);

    [Test]
    public void Only_the_shell_knows_the_process() =>
        Assert.That(
            Files("GateAction").Where(file => Path.GetFileName(file) != "Shell.cs" && ProcessWide().IsMatch(Code(file))).Select(Path.GetFileName),
            Is.Empty,
            "Console.*, Environment.GetEnvironmentVariable and GetCurrentDirectory stand in Shell.cs only");

    [Test]
    public void No_source_file_is_longer_than_300_lines() =>
        Assert.That(Files("").Where(file => File.ReadLines(file).Count() > 300).Select(Path.GetFileName), Is.Empty);

    private static IEnumerable<string> Violations((string Namespace, string[] MustNotUse) rule)
    {
        foreach (var file in Files(""))
        {
            var code = Code(file);
            if (Namespaces().Match(code).Groups[1].Value is var name && name != rule.Namespace && !name.StartsWith(rule.Namespace + ".", StringComparison.Ordinal))
                continue;
            foreach (var used in rule.MustNotUse.Where(used => Regex.IsMatch(code, $@"(?<![\w.]){Regex.Escape(used)}\b")))
                yield return $"{Path.GetRelativePath(Sources, file)} uses {used}";
        }
    }

    private static IEnumerable<string> Files(string project) =>
        Directory.EnumerateFiles(Path.Combine(Sources, project), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}") && !file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}"));

    private static string Code(string file) => Comments().Replace(File.ReadAllText(file), "");

    [GeneratedRegex("<PackageReference Include=\"([^\"]+)\"")]
    private static partial Regex PackageReferences();

    [GeneratedRegex(@"^\s*//.*$", RegexOptions.Multiline)]
    private static partial Regex Comments();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespaces();

    [GeneratedRegex(@"(?<![\w.""])Console\.(?:Out|Error|In|Write|Read)|Environment\.GetEnvironmentVariable|Directory\.GetCurrentDirectory")]
    private static partial Regex ProcessWide();
}
