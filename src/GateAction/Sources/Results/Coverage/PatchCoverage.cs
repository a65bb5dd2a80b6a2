namespace GateAction.Sources.Results.Coverage;

/// <summary>What coverage says of the lines that a pull request adds or rewrites.</summary>
/// <param name="Uncovered">Those that no test ran, as <c>src/a.cs:12-14</c>.</param>
/// <param name="Unmeasured">Changed files that no report names, although the reports name others of their kind.</param>
internal sealed record PatchCoverage(long Total, long Covered, IReadOnlyList<string> Uncovered, IReadOnlyList<string> Unmeasured)
{
    private const int Listed = 200;

    private const string CheckOutHead =
        "let the tests and the gate run on the head, with `ref: ${{ github.event.pull_request.head.sha }}` for actions/checkout";

    /// <summary>Who answers where there is no GitHub to ask.</summary>
    public static Task<IReadOnlyList<ChangedFile>> AskNobody(CancellationToken cancellation) => throw new NoEvidenceException(
        "which lines a pull request changes is known only in its workflow, with a token");

    public string? WhyNoRatio => Total > 0 ? null
        : Unmeasured.Count == 0 ? "none of the lines that the pull request changes can be covered"
        : $"none of the lines that the pull request changes is in a coverage report, nor is '{Unmeasured[0]}'";

    /// <summary>Throws <see cref="NoEvidenceException"/> if it cannot be told.</summary>
    public static PatchCoverage Of(CoverageTally tally, string directory, IReadOnlyList<ChangedFile> changes)
    {
        var head = new HeadFiles(directory);
        var changed = changes.Where(file => file.AddsLines).ToList();
        if (changed.Count > 0 && !changed.Exists(file => head.Exists(file.Path)))
            throw new NoEvidenceException(
                $"of the files that the pull request changes none is here, such as '{changed[0].Path}': let the gate run where its head "
                + "is checked out");
        var names = new ReportedNames(tally, directory, changed);
        var (total, covered, uncovered, unmeasured) = (0L, 0L, new List<string>(), new List<string>());
        foreach (var file in changed)
        {
            if (names.Find(file, head.NameOf(file.Path)) is not { } coverage)
            {
                if (names.HasKind(file.Path))
                    unmeasured.Add(file.Path);
                continue;
            }
            var lines = LinesOf(file, coverage, head);
            var missed = lines.Where(line => coverage.IsHit(line) == false).ToList();
            total += lines.Count(line => coverage.IsHit(line) is not null);
            covered += lines.Count(line => coverage.IsHit(line) == true);
            uncovered.AddRange(Ranges(missed).Select(range => $"{file.Path}:{range}"));
        }
        return new(total, covered, [.. uncovered.Take(Listed)], [.. unmeasured.Take(Listed)]);
    }

    private static IReadOnlyList<int> LinesOf(ChangedFile file, FileCoverage coverage, HeadFiles head)
    {
        var lines = file.AddedLines() ?? throw new NoEvidenceException($"GitHub does not give the whole patch of '{file.Path}'");
        var (count, fault) = head.LinesOf(file);
        if (fault is not null)
            throw new NoEvidenceException($"{fault}: {CheckOutHead}");
        if (coverage.LastLine > count && !IsKotlin(file.Path))
        {
            throw new NoEvidenceException(
                $"the reports name line {coverage.LastLine} of '{file.Path}', which has {count} on the pull request's head: they were "
                + "taken of another version");
        }
        // A line without a number may be one of those that changed. Where each of them is known by its number that does not matter.
        return coverage.Unlisted.Lines == 0 || lines.All(line => coverage.IsHit(line) is not null)
            ? lines
            : throw new NoEvidenceException($"the reports count lines of '{file.Path}' without their numbers");
    }

    // Its compiler gives the lines of inlined functions numbers past the end of the file.
    private static bool IsKotlin(string path) => Path.GetExtension(path) is ".kt" or ".kts";

    private static IEnumerable<string> Ranges(List<int> lines)
    {
        for (var at = 0; at < lines.Count;)
        {
            var end = at;
            while (end + 1 < lines.Count && lines[end + 1] == lines[end] + 1)
                end++;
            yield return end > at ? $"{lines[at]}-{lines[end]}" : $"{lines[at]}";
            at = end + 1;
        }
    }

    /// <summary>The names in the reports that changed files may have; of all others the extensions alone are kept.</summary>
    private sealed class ReportedNames
    {
        private readonly CoverageTally _tally;
        private readonly string _directory;
        private readonly ILookup<string, string> _byEnd;
        private readonly HashSet<string> _kinds = new(StringComparer.OrdinalIgnoreCase);

        public ReportedNames(CoverageTally tally, string directory, IReadOnlyList<ChangedFile> changed)
        {
            (_tally, _directory) = (tally, directory);
            var wanted = changed.Select(file => EndOf(file.Path)).ToHashSet(StringComparer.OrdinalIgnoreCase);
            var near = new List<string>();
            foreach (var name in tally.Names)
            {
                _kinds.Add(Path.GetExtension(name));
                if (wanted.Contains(EndOf(name)))
                    near.Add(name);
            }
            _byEnd = near.ToLookup(EndOf, StringComparer.OrdinalIgnoreCase);
        }

        public bool HasKind(string path) => Path.GetExtension(path) is { Length: > 0 } kind && _kinds.Contains(kind);

        /// <summary>Null if no report names the file. Throws if one may mean it under a name that leads nowhere here.</summary>
        public FileCoverage? Find(ChangedFile file, string name)
        {
            if (_tally.Find(name) is { } found)
                return found;
            // A name that leads nowhere here may be this file under another root. To take it would be a guess; to leave it would say that
            // none of the changed lines can be covered.
            var similar = _byEnd[EndOf(name)].FirstOrDefault(other =>
                (IsEnd(other, name) || IsEnd(name, other)) && !File.Exists(Path.Combine(_directory, other)));
            return similar is null
                ? null
                : throw new NoEvidenceException(
                    $"'{similar}' of the reports may be '{file.Path}' or not: check the sources out where the gate runs, or say with "
                    + "'root' which folder relative paths start from");
        }

        private static string EndOf(string path) => path[(path.LastIndexOf('/') + 1)..];

        private static bool IsEnd(string end, string path) =>
            path.EndsWith(end, StringComparison.OrdinalIgnoreCase) && (path.Length == end.Length || path[^(end.Length + 1)] == '/');
    }
}
