using GateAction.Core.Model;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Coverage;

/// <summary>What one report says: lines by source file, under the names that the report gives them, and what it says of itself.</summary>
internal sealed class CoverageReport(ResultSource source)
{
    private const int MostProblems = 20;
    private readonly FileCoverage _open = new();
    private readonly HashSet<int> _repeated = [];
    private readonly List<string> _problems = [];
    private readonly List<string> _warnings = [];
    private readonly List<string> _roots = [];
    private readonly List<int> _moduleLengths = [];
    private int _file = -1;
    private CoverageFigures? _total;

    public ResultSource Source => source;

    /// <summary>Its path from where the gate runs.</summary>
    public string Name => source.Name;

    public FileStore Files { get; } = new();

    /// <summary>Folders that its relative paths start from, in the order to try them.</summary>
    public IReadOnlyList<string> Roots => _roots;

    /// <summary>True where names begin with a package's full name, as Go's: they are the same everywhere.</summary>
    public bool HasImportPaths { get; set; }

    public IReadOnlyList<string> Problems => _problems;

    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>All lines and branches that it lists, each as often as it stands there.</summary>
    public CoverageFigures Written { get; set; }

    public CoverageFigures Figures => _total ??= Sum();

    /// <summary>True for a relative name that the report gives to two records, with nothing that says they are of one file.</summary>
    public bool IsRepeated(int file) => _repeated.Contains(file);

    public void AddRoot(string path)
    {
        if (path.Trim() is { Length: > 0 } root)
            _roots.Add(SourcePath.Normalise(root));
    }

    /// <summary>The file to which lines are added until the next is opened.</summary>
    public void Open(string name)
    {
        Close();
        _file = Files.FindOrAdd(SourcePath.Normalise(name));
    }

    /// <summary>A file that is named by its package, below the source folders of a module.</summary>
    public void Open(string module, string path)
    {
        var moduleName = SourcePath.Normalise(module);
        Open($"{moduleName}/{path}");
        if (_moduleLengths.Count < Files.Count)
            _moduleLengths.Add(moduleName.Length);
    }

    /// <summary>Says that the open file's record is another than the one that was there under the same name.</summary>
    public void MarkRepeated() => _repeated.Add(_file);

    public bool Knows(string name) => Files.Find(SourcePath.Normalise(name)) >= 0;

    /// <summary>How much of a file's name is its module; null where the name is a path.</summary>
    public int? ModuleLength(int file) => file < _moduleLengths.Count ? _moduleLengths[file] : null;

    public void Close()
    {
        if (_file >= 0)
        {
            Files.Add(_file, _open);
            _total = null;
        }
        _open.Clear();
        _file = -1;
    }

    /// <summary>A line of the open file as the report writes it; what is no line number or no count is a problem.</summary>
    public void AddLine(string? number, string? hits, int at)
    {
        if (number?.Trim() is "0")
            return;
        if (Numbers.Line(number?.Trim()) is not { } line)
            Damaged($"'{Shown(number)}' is no line number", at);
        else if (HitCount.IsHit(hits) is not { } isHit)
            Damaged($"line {line}: '{Shown(hits)}' is no count: damaged or overflowed, so whether the line was covered is not known", at);
        else
            AddLine(line, isHit);
    }

    public void AddLine(int line, bool isHit)
    {
        Written += new CoverageFigures(1, isHit ? 1 : 0);
        _open.AddLine(line, isHit);
    }

    public void AddBranches(int line, long branches, long taken, int at)
    {
        if (taken < 0 || taken > branches || branches > int.MaxValue)
        {
            Damaged($"line {line}: {taken} of {branches} branches cannot be", at);
            return;
        }
        Written += new CoverageFigures(0, 0, branches, taken);
        _open.AddBranches(line, (int)branches, (int)taken);
    }

    /// <summary>Lines and branches of the open file that are counted and not named.</summary>
    public void AddUnlisted(CoverageFigures figures, int at)
    {
        var isSane = figures is { CoveredLines: >= 0, CoveredBranches: >= 0 } && figures.CoveredLines <= figures.Lines
            && figures.CoveredBranches <= figures.Branches;
        if (!isSane)
        {
            Damaged($"{figures.CoveredLines} of {figures.Lines} lines, {figures.CoveredBranches} of {figures.Branches} branches cannot be",
                at);
            return;
        }
        Written += figures;
        _open.AddUnlisted(figures);
    }

    /// <summary>The open file's lines and branches so far.</summary>
    public CoverageFigures Listed => _open.Listed;

    public void Damaged(string what, int at) => Problem($"{source.Name}{(at > 0 ? $":{at}" : "")}: {what}");

    public void Warn(string what) => Keep(_warnings, $"{source.Name}: {what}");

    /// <summary>Holds what a header counts against the lines: all of them as they are written, or each once.</summary>
    /// <param name="where">What the header is: <c>&lt;coverage&gt;</c>.</param>
    /// <param name="others">What else its producer may have counted.</param>
    public void CheckLines(string where, long? lines, long? covered, params ReadOnlySpan<CoverageFigures> others)
    {
        if (lines is null && covered is null)
            return;
        if (Agrees(Written) || Agrees(Figures))
            return;
        foreach (var other in others)
        {
            if (Agrees(other))
                return;
        }
        var (says, holds) = (new CoverageFigures(lines ?? Figures.Lines, covered ?? Figures.CoveredLines), Figures);
        Problem($"{source.Name}: {where} counts {Text(says)}, but the report lists {Text(holds)}: lines are lost, or of several files "
            + "under one name");

        bool Agrees(CoverageFigures figures) =>
            (lines ?? figures.Lines) == figures.Lines && (covered ?? figures.CoveredLines) == figures.CoveredLines;
    }

    public static string Text(CoverageFigures figures) => $"{figures.CoveredLines} of {figures.Lines} lines as covered";

    public static string Shown(string? text) => Reading.Text.Cut(text ?? "", 40);

    private void Problem(string problem) => Keep(_problems, problem);

    // A file of another kind under a known head can have a million of them.
    private static void Keep(List<string> kept, string text)
    {
        if (kept.Count < MostProblems)
            kept.Add(text);
    }

    private CoverageFigures Sum()
    {
        Close();
        var (sum, file) = (default(CoverageFigures), new FileCoverage());
        for (var i = 0; i < Files.Count; i++)
        {
            file.Clear();
            file.Add(Files.LinesOf(i));
            sum += file.Figures;
        }
        return sum;
    }
}

/// <summary>How often a line ran, as reports write it.</summary>
internal static class HitCount
{
    /// <summary>
    /// True for a whole number over 0, however long: producers count past 64 bits. Null for what is none: a damaged count, or one below 0
    /// that overflowed, tells nothing about the line.
    /// </summary>
    public static bool? IsHit(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.IsEmpty || text.ContainsAnyExceptInRange('0', '9'))
            return null;
        return text.ContainsAnyExcept('0');
    }
}
