using System.Text;
using GateAction.Files;
using GateAction.Sources.Results.Locations;

namespace GateAction.Sources.Results.Coverage;

/// <summary>The modules of Go in the checkout, by which a package's full name leads to a folder.
/// https://go.dev/ref/mod#go-mod-file</summary>
internal sealed class GoModules(string directory, RepositoryFiles repository)
{
    private const int MostBytes = 1024 * 1024;

    private readonly Lazy<(string Name, string Folder)[]> _modules = new(() =>
    [
        .. repository.EndingWith("go.mod")
            .Select(file => (Name: NameIn(Path.Combine(directory, file), directory), Folder: SourcePath.FolderOf(file)))
            .Where(module => module.Name.Length > 0)
            .OrderByDescending(module => module.Name.Length),
    ]);

    /// <summary>The places where the file of a package may lie, that of the nearest module first.</summary>
    public IEnumerable<string> PlacesOf(string name) => _modules.Value
        .Where(module => name.StartsWith($"{module.Name}/", StringComparison.Ordinal))
        .Select(module => SourcePath.Join(module.Folder, name[(module.Name.Length + 1)..]));

    private static string NameIn(string path, string directory)
    {
        try
        {
            var line = Encoding.UTF8.GetString(RegularFile.ReadAllBytes(path, MostBytes, directory))
                .Split('\n')
                .Select(line => line.Split("//")[0].Trim())
                .FirstOrDefault(line => line.StartsWith("module ", StringComparison.Ordinal)
                || line.StartsWith("module\t", StringComparison.Ordinal));
            // A module's path may stand in quotes (go.dev/ref/mod, lexical elements).
            return line?["module ".Length..].Trim().Trim('"', '`') ?? "";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
