namespace GateAction.Tests.Sources.Google;

internal sealed class GoogleLibraryTests
{
    /// <summary>So it is loaded only where a probe asks for a token: that keeps every other run's start short.</summary>
    [Test]
    public void Only_the_folder_Google_knows_the_library()
    {
        var sources = Path.Combine(TestFiles.Repository, "src", "GateAction");

        var users = Directory.EnumerateFiles(sources, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}"))
            .Where(file => File.ReadAllText(file).Contains("Google.Apis."))
            .Select(file => Path.GetRelativePath(sources, file));

        Assert.That(users, Is.Not.Empty.And.All.StartsWith(Path.Combine("Sources", "Google")));
    }
}
