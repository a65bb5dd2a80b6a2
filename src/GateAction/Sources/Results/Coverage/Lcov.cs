using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Coverage;

/// <summary>LCOV's tracefile (geninfo(1)): <c>SF</c>, <c>DA</c>, <c>BRDA</c>, <c>end_of_record</c>.</summary>
internal static class Lcov
{
    public static CoverageFormat Format { get; } = new(
        "lcov",
        "LCOV",
        head => head.Root is null && head.Text.Split('\n', 200).Any(line => line.StartsWith("SF:", StringComparison.Ordinal)),
        Read);

    private static void Read(ResultSource source, CoverageTally tally)
    {
        using var text = source.OpenText();
        FileCoverage? file = null;
        var branches = new Dictionary<int, (int Branches, int Taken)>();
        var number = 0;
        while (text.ReadLine() is { } line)
        {
            number++;
            if (line.StartsWith("SF:", StringComparison.Ordinal))
                file = tally.File(line[3..].Trim());
            else if (line.StartsWith("DA:", StringComparison.Ordinal) && file is not null)
                ReadLine(line[3..].Split(','), file);
            else if (line.StartsWith("BRDA:", StringComparison.Ordinal))
                ReadBranch(line[5..].Split(','), branches);
            else if (line.StartsWith("end_of_record", StringComparison.Ordinal))
                (file, branches) = (Close(file, branches), []);
        }
        if (file is not null)
            throw new FormatFaultException("breaks off: the last record has no 'end_of_record'", number);
    }

    private static FileCoverage? Close(FileCoverage? file, Dictionary<int, (int Branches, int Taken)> branches)
    {
        foreach (var (line, (count, taken)) in branches)
            file?.AddLine(line, taken > 0, count, taken);
        return null;
    }

    private static void ReadLine(string[] parts, FileCoverage file)
    {
        if (parts.Length >= 2 && Numbers.Line(parts[0]) is { } line)
            file.AddLine(line, Numbers.Count(parts[1]) > 0);
    }

    private static void ReadBranch(string[] parts, Dictionary<int, (int Branches, int Taken)> branches)
    {
        if (parts.Length < 4 || Numbers.Line(parts[0]) is not { } line)
            return;
        var (count, taken) = branches.GetValueOrDefault(line);
        branches[line] = (count + 1, taken + (Numbers.Count(parts[3].Trim()) > 0 ? 1 : 0));
    }
}
