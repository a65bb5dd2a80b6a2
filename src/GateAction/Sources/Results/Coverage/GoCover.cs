using System.Text.RegularExpressions;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Coverage;

/// <summary>Go's cover profile (<c>go test -coverprofile</c>): blocks of statements, each from a line and column to another.</summary>
internal static partial class GoCover
{
    public static CoverageFormat Format { get; } = new(
        "go-cover",
        "Go cover profile",
        "`go test -coverprofile`, `go tool covdata textfmt`",
        "Each line from a block's first to its last, of blocks that hold a statement; a line that a block which ran touches is covered. "
        + "It has no totals and no branches.",
        head => Mode().Match(head.Text.TrimStart()) is { Success: true, Index: 0 },
        Read);

    private static void Read(CoverageReport report)
    {
        report.HasImportPaths = true;
        using var text = report.Source.OpenText();
        string? open = null;
        var lines = new TextLines(text);
        while (lines.ReadWhole() is { } line)
        {
            var number = lines.Number;
            if (line.Length == 0 || Mode().IsMatch(line))
                continue;
            var match = Block().Match(line);
            if (!match.Success)
            {
                report.Damaged($"'{CoverageReport.Shown(line)}' is no block: expected is file.go:1.2,3.4 STATEMENTS COUNT", number);
                continue;
            }
            if (open is null || !match.Groups["file"].ValueSpan.SequenceEqual(open))
                report.Open(open = match.Groups["file"].Value);
            AddBlock(report, match, number);
        }
    }

    private static void AddBlock(CoverageReport report, Match match, int number)
    {
        // '&' and not '&&': both numbers must have a value below.
        var isKnown = int.TryParse(match.Groups["from"].ValueSpan, out var from) & int.TryParse(match.Groups["to"].ValueSpan, out var to);
        // One damaged number would have billions of lines added.
        if (HitCount.IsHit(match.Groups["count"].ValueSpan) is not { } isHit || !isKnown || from < 1 || to < from || to - from > 1_000_000)
        {
            report.Damaged($"'{CoverageReport.Shown(match.Value)}' is no block: its lines or its count cannot be", number);
            return;
        }
        if (HitCount.IsHit(match.Groups["statements"].ValueSpan) != true)
            return;
        for (var line = from; line <= to; line++)
            report.AddLine(line, isHit);
    }

    [GeneratedRegex("""^\uFEFF?mode: (?:set|count|atomic)\r?$""", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Mode();

    [GeneratedRegex("""^(?<file>.+):(?<from>\d+)\.\d+,(?<to>\d+)\.\d+ (?<statements>\d+) (?<count>\S+)$""", RegexOptions.CultureInvariant)]
    private static partial Regex Block();
}
