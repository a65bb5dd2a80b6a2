using System.Runtime.CompilerServices;

namespace GateAction.Tests;

/// <summary>Where the repository and the outside test data lie.</summary>
internal static class TestFiles
{
    public static string Repository { get; } = FindRepository();

    /// <summary>
    /// A file or folder of the outside test data beside the repository; the test is skipped where it is absent, always: no clone can fetch
    /// it.
    /// </summary>
    public static string Shared(string path)
    {
        var full = Path.GetFullPath(Path.Combine(Repository, "..", "shared", path));
        if (!Path.Exists(full))
            Assert.Ignore($"no ../shared/{path} beside the repository");
        return full;
    }

    private static string FindRepository([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", ".."));
}
