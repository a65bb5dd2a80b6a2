namespace GateAction.Sources.Results.Coverage;

/// <summary>What the coverage files of one set say together: by source file, so that a file that two reports measure counts once.</summary>
internal sealed class CoverageTally
{
    private readonly Dictionary<string, FileCoverage> _files = new(StringComparer.Ordinal);
    private readonly List<string> _problems = [];

    public IReadOnlyDictionary<string, FileCoverage> Files => _files;

    public IReadOnlyList<string> Problems => _problems;

    public CoverageFigures Figures => _files.Values.Aggregate(default(CoverageFigures), (sum, file) => sum + file.Figures);

    public FileCoverage File(string path)
    {
        var name = path.Replace('\\', '/');
        return _files.TryGetValue(name, out var file) ? file : _files[name] = new();
    }

    public void Add(string problem) => _problems.Add(problem);
}
