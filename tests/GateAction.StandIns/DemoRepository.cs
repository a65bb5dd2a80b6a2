namespace GateAction.StandIns;

/// <summary>The checkout that the demo runs in.</summary>
internal static class DemoRepository
{
    public static string Path { get; } = Find();

    /// <summary>The text of a manifest below <c>examples/</c>.</summary>
    public static string Example(string name) => File.ReadAllText(System.IO.Path.Combine(Path, "examples", name, "gate.yml"));

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "GateAction.sln")))
                return folder.FullName;
        }
        throw new DirectoryNotFoundException("the demo runs inside the repository: no GateAction.sln above it");
    }
}
