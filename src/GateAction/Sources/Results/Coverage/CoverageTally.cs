namespace GateAction.Sources.Results.Coverage;

/// <summary>What the coverage files of one set say together: by source file, so that a file that two reports measure counts once.</summary>
internal sealed class CoverageTally(CheckoutFiles checkout)
{
    private const int MostAmbiguous = 5;
    private readonly FileStore _files = new();
    private readonly List<Origin> _origins = [];
    private readonly List<string> _reports = [];
    private readonly List<string> _problems = [];
    private readonly List<string> _warnings = [];
    private int _ambiguous;

    public int FileCount => _files.Count;

    public IReadOnlyList<string> Problems => _problems;

    public IReadOnlyList<string> Warnings => _warnings;

    /// <param name="isCopy">True where an earlier report has the same content: then the same names are the same files.</param>
    public void Add(CoverageReport report, bool isCopy = false)
    {
        report.Close();
        _problems.AddRange(report.Problems);
        _warnings.AddRange(report.Warnings);
        _reports.Add(report.Name);
        if (_files.Count == 0)
            _files.ShareLines(report.Files);
        for (var i = 0; i < report.Files.Count; i++)
            Add(report, i, isCopy);
    }

    /// <summary>After the last report: what cannot be told apart by all of them.</summary>
    public void Complete()
    {
        if (_ambiguous > MostAmbiguous)
            _problems.Add($"{_ambiguous - MostAmbiguous} more source files cannot be told apart");
        if (CrossSystemFiles.Find(Names) is var (windows, other))
            _problems.Add(
                $"'{windows}' and '{other}' are one file of two systems, or two files: this cannot be told without the sources; check "
                + "them out where the gate runs");
    }

    /// <summary>The names of the source files, as they lie where the gate runs.</summary>
    public IEnumerable<string> Names => Enumerable.Range(0, FileCount).Select(_files.NameOf);

    /// <summary>Every source file, read one after another: the coverage is valid until the next.</summary>
    public IEnumerable<(string Name, FileCoverage Coverage)> Read()
    {
        var coverage = new FileCoverage();
        for (var i = 0; i < _files.Count; i++)
        {
            coverage.Clear();
            coverage.Add(_files.LinesOf(i));
            yield return (_files.NameOf(i), coverage);
        }
    }

    /// <summary>One source file's lines; null where no report has it.</summary>
    public FileCoverage? Find(string name)
    {
        if (_files.Find(name) is not (>= 0 and var file))
            return null;
        var coverage = new FileCoverage();
        coverage.Add(_files.LinesOf(file));
        return coverage;
    }

    private void Add(CoverageReport report, int file, bool isCopy)
    {
        var name = checkout.Resolve(report, file);
        var target = _files.Find(name.Path);
        if (target >= 0 && _origins[target].Report == _reports.Count - 1 && SourcePath.IsAbsolute(report.Files.NameOf(file)))
        {
            // Two absolute paths of one report are two files, though both end like a file that lies here.
            name = new(report.Files.NameOf(file), IsCertain: true);
            target = _files.Find(name.Path);
        }
        var isOther = target >= 0 && _origins[target].Report != _reports.Count - 1 && !isCopy;
        if ((isOther && !(name.IsCertain && _origins[target].IsCertain)) || (!name.IsCertain && report.IsRepeated(file)))
        {
            AddAmbiguous(name.Path, report, target);
            // Shown as two files: as one it could look better than it is.
            name = new($"{report.Name}: {name.Path}", IsCertain: true);
            target = _files.Find(name.Path);
        }
        if (target < 0)
        {
            target = _files.FindOrAdd(name.Path);
            _origins.Add(default);
        }
        _origins[target] = new(_reports.Count - 1, name.IsCertain);
        _files.Add(target, report.Files, file);
    }

    private void AddAmbiguous(string name, CoverageReport report, int target)
    {
        if (++_ambiguous > MostAmbiguous)
            return;
        var where = target < 0 || _reports[_origins[target].Report] == report.Name
            ? $"twice in {report.Name}"
            : $"in {_reports[_origins[target].Report]} and in {report.Name}";
        _problems.Add(
            $"'{name}' stands {where} and leads to no file here, so it may be one file or two: check the sources out where the gate runs, "
            + "write absolute paths, or say with 'root' which folder relative paths start from");
    }

    /// <param name="Report">The last report that named the file.</param>
    private readonly record struct Origin(int Report, bool IsCertain);
}

/// <summary>Files of Windows' paths and of others' that have the same name in a folder of the same name: perhaps one file that was built on
/// two systems.</summary>
internal static class CrossSystemFiles
{
    public static (string Windows, string Other)? Find(IEnumerable<string> names)
    {
        var absolute = names.Where(SourcePath.IsAbsolute).ToArray();
        var windows = absolute.Where(SourcePath.IsDrive).ToLookup(End, StringComparer.OrdinalIgnoreCase);
        if (windows.Count == 0)
            return null;
        var other = absolute.FirstOrDefault(name => !SourcePath.IsDrive(name) && windows.Contains(End(name)));
        return other is null ? null : (windows[End(other)].First(), other);
    }

    private static string End(string path) => string.Join('/', path.Split('/').TakeLast(2));
}
