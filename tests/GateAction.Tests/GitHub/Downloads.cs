namespace GateAction.Tests.GitHub;

/// <summary>GitHub's own descriptions, which <c>.ci/fetch-github</c> brings; a test that needs one is skipped where it is absent.</summary>
internal static class Downloads
{
    public static string Path(string name)
    {
        var path = System.IO.Path.Combine(TestFiles.Repository, "artifacts", "github", name);
        if (!File.Exists(path))
            Missing.Tool("run .ci/fetch-github first");
        return path;
    }
}
