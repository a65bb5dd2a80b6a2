namespace GateAction.Manifests.Starter;

/// <summary>The ways to run tests that <c>gate init</c> knows. A new one is one entry here.</summary>
internal static class TestStacks
{
    public static IReadOnlyList<FindTests> All { get; } =
    [
        DotnetTests.Find,
        PythonTests.Find,
        NodeTests.Jest,
        NodeTests.Vitest,
        NodeTests.Mocha,
        NodeTests.NodeRunner,
        NodeTests.Playwright,
        CompiledTests.Go,
        CompiledTests.Cargo,
        CompiledTests.Maven,
        CompiledTests.Gradle,
        ScriptTests.PhpUnit,
        ScriptTests.RSpec,
    ];

    public static IReadOnlyList<TestProject> FindIn(RepositoryTree tree)
    {
        var found = new List<TestProject>();
        foreach (var find in All)
        {
            var own = new List<TestProject>();
            foreach (var folder in tree.Folders)
            {
                // What lies below is run with it: `go test ./...`, a workspace of npm.
                if (!own.Exists(known => RepositoryTree.IsBelow(folder, known.Folder) || folder == known.Folder)
                    && find(tree, folder) is { } project)
                    own.Add(project);
            }
            found.AddRange(own.Select(project => own.Count == 1 ? project : project with { Id = IdIn(project) }));
        }
        return [.. found.DistinctBy(project => project.Id)];
    }

    /// <summary>What the version is that a workflow of the repository sets up, such as <c>node-version: 22</c>; null if none says
    /// one.</summary>
    public static string? VersionInWorkflows(RepositoryTree tree, string input)
    {
        foreach (var workflow in tree.Files.Where(file => RepositoryTree.FolderOf(file) == ".github/workflows"))
        {
            foreach (var line in tree.Read(workflow).Split('\n').Select(line => line.Trim().TrimStart('-').TrimStart()))
            {
                var value = line.StartsWith(input + ":", StringComparison.Ordinal)
                    ? line[(input.Length + 1)..].Split('#')[0].Trim().Trim('"', '\'')
                    : "";
                if (value.Length is > 0 and < 20
                    && value.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '/' or '*'))
                    return value;
            }
        }
        return null;
    }

    private static string IdIn(TestProject project)
    {
        var folder = new string([.. project.Folder.ToLowerInvariant()
            .Select(character => char.IsAsciiLetterOrDigit(character) ? character : '_')]);
        return folder.Length == 0 ? project.Id : $"{project.Id}_{folder}";
    }
}
