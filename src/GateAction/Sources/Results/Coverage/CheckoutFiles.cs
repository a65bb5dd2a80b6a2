using GateAction.Sources.Results.Locations;

namespace GateAction.Sources.Results.Coverage;

/// <summary>
/// Which file a report means. Coverage is of files and not of names: where the file lies in the checkout, its path there is its name; two
/// packages'
/// <c>src/index.js</c> are two files, and one file that was built on two systems is one.
/// </summary>
/// <param name="directory">Where the gate runs.</param>
/// <param name="root">The folder that the manifest says relative paths start from, or null.</param>
internal sealed class CheckoutFiles(string directory, string? root)
{
    private const int MostFolders = 50_000;
    private readonly string _directory = SourcePath.Normalise(directory);
    private readonly string? _root = root is null ? null : SourcePath.Normalise(root);
    private readonly RepositoryFiles _repository = new(directory);
    private readonly Dictionary<string, bool> _folders = new(StringComparer.Ordinal);

    private GoModules Go => field ??= new(directory, _repository);

    public CoverageFileName Resolve(CoverageReport report, int file)
    {
        var name = report.Files.NameOf(file);
        if (report.ModuleLength(file) is { } length)
            return OfPackage(report, name[..length], name[Math.Min(length + 1, name.Length)..]);
        if (report.HasImportPaths)
            return new(Go.PlacesOf(name).FirstOrDefault(Exists) ?? Within(name), IsCertain: true);
        if (SourcePath.IsAbsolute(name))
            return new(Within(name), IsCertain: true);
        return OfRoots(report, name) ?? OfRelative(report, name);
    }

    /// <summary>Full path of a file of the checkout.</summary>
    public string PathOf(string name) => Path.Combine(directory, name);

    private CoverageFileName? OfRoots(CoverageReport report, string name)
    {
        foreach (var folder in report.Roots)
        {
            var joined = SourcePath.Join(folder, name);
            if (SourcePath.IsAbsolute(joined) ? InCheckout(joined) is { } found : (found = Above(report, joined)) is not null)
                return new(found, IsCertain: true);
        }
        return report.Roots.FirstOrDefault(SourcePath.IsAbsolute) is { } first
            ? new(Within(SourcePath.Join(first, name)), IsCertain: true)
            : null;
    }

    private CoverageFileName OfRelative(CoverageReport report, string name)
    {
        if (_root is not null)
            return new(SourcePath.IsAbsolute(_root) ? Within(SourcePath.Join(_root, name)) : SourcePath.Join(_root, name), IsCertain: true);
        if (Above(report, name) is { } found)
            return new(found, IsCertain: true);
        return new(_repository.EndingWith(name) is [var only] ? only : name, IsCertain: false);
    }

    /// <summary>The file beside the report, in the folder above it, and so on up to where the gate runs.</summary>
    private string? Above(CoverageReport report, string name)
    {
        for (var folder = SourcePath.FolderOf(report.Name); ; folder = SourcePath.FolderOf(folder))
        {
            if (SourcePath.Join(folder, name) is var path && Exists(path))
                return path;
            if (folder.Length == 0)
                return null;
        }
    }

    private CoverageFileName OfPackage(CoverageReport report, string module, string path)
    {
        var candidates = _repository.EndingWith(path);
        if (candidates.Count > 1
            && candidates.Where(candidate => candidate.Split('/').Contains(module)).ToArray() is { Length: > 0 } ofModule)
            candidates = ofModule;
        if (candidates.Count > 1)
        {
            var nearest = candidates.GroupBy(candidate => SharedFolders(candidate, report.Name)).MaxBy(group => group.Key)!;
            candidates = nearest.Key > 0 ? [.. nearest] : candidates;
        }
        if (candidates is [var only])
            return new(only, IsCertain: true);
        return new(module.Length == 0 ? path : $"{module}/{path}", IsCertain: module.Length > 0);
    }

    private static int SharedFolders(string left, string right) =>
        left.Split('/').SkipLast(1).Zip(right.Split('/').SkipLast(1)).TakeWhile(pair => pair.First == pair.Second).Count();

    private string Within(string path) => InCheckout(path) ?? SourcePath.WithinKnownCheckout(path) ?? path;

    /// <summary>The path in the checkout: what is below it, or the longest end of the path that is a file here.</summary>
    private string? InCheckout(string path)
    {
        if (path.StartsWith(_directory, StringComparison.Ordinal) && path.Length > _directory.Length + 1 && path[_directory.Length] == '/')
            return path[(_directory.Length + 1)..];
        for (var at = path.StartsWith('/') ? 1 : SourcePath.IsDrive(path) ? 3 : 0; at < path.Length;)
        {
            if (Exists(path[at..]))
                return path[at..];
            var slash = path.IndexOf('/', at);
            if (slash < 0)
                return null;
            at = slash + 1;
        }
        return null;
    }

    // Names are what a report says: none of them leads out of the checkout. That the folder is there is kept, because most names that are
    // asked for are not, and many are of one folder.
    private bool Exists(string path) =>
        !path.StartsWith("../", StringComparison.Ordinal) && FolderExists(SourcePath.FolderOf(path))
        && File.Exists(Path.Combine(directory, path));

    private bool FolderExists(string folder)
    {
        if (folder.Length == 0)
            return true;
        if (_folders.TryGetValue(folder, out var exists))
            return exists;
        // A report may name any number of folders.
        if (_folders.Count >= MostFolders)
            _folders.Clear();
        return _folders[folder] = Directory.Exists(Path.Combine(directory, folder));
    }
}

/// <param name="IsCertain">False for a relative path that leads to no file here: another report's may mean another file.</param>
internal readonly record struct CoverageFileName(string Path, bool IsCertain);
