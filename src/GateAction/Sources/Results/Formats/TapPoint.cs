using System.Buffers;
using System.Text.RegularExpressions;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Formats;

internal enum TapDirective
{
    None,
    Skip,
    Todo,
}

/// <summary>One test point: <c>not ok 3 - description # TODO reason</c>. Number, dash and description may be missing.</summary>
internal sealed partial record TapPoint(bool IsOk, int? Number, string Description, TapDirective Directive, string? Reason)
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    /// <summary>True where its subtests follow in braces.</summary>
    public bool OpensBraces { get; init; }

    public TimeSpan? Duration { get; init; }

    public static TapPoint? Parse(string line)
    {
        if (!line.StartsWith('o') && !line.StartsWith('n'))
            return null;
        var opensBraces = line.EndsWith(" {", StringComparison.Ordinal);
        var (said, duration) = CutTime(opensBraces ? line[..^2].TrimEnd() : line);
        var match = Point().Match(said);
        if (!match.Success)
            return null;
        var directive = match.Groups["directive"].Value switch
        {
            "" => TapDirective.None,
            // By the protocol in any case and with any end: 'SKIP', 'Skipped:'.
            var word when word.StartsWith("skip", StringComparison.OrdinalIgnoreCase) => TapDirective.Skip,
            _ => TapDirective.Todo,
        };
        return new(
            !match.Groups["not"].Success,
            int.TryParse(match.Groups["number"].ValueSpan, out var number) ? number : null,
            // TAP 14: a '#' behind a backslash is one of the text and begins no directive.
            match.Groups["description"].Value.Trim().Replace("\\#", "#", StringComparison.Ordinal),
            directive,
            match.Groups["reason"].Value.Trim() is { Length: > 0 } reason ? reason : null)
        {
            OpensBraces = opensBraces,
            Duration = duration,
        };
    }

    // node-tap's own comment at the end, '# time=12.3ms'; it tells no other test.
    private static (string Said, TimeSpan? Duration) CutTime(string line)
    {
        var at = line.LastIndexOf('#');
        if (at < 0 || (at > 0 && line[at - 1] == '\\'))
            return (line, null);
        var comment = line.AsSpan(at + 1).TrimStart();
        if (!comment.StartsWith("time=") || !comment.EndsWith("ms") || comment.Length <= "time=ms".Length)
            return (line, null);
        var number = comment["time=".Length..^"ms".Length];
        if (number.ContainsAnyExcept(Digits))
            return (line, null);
        return (line[..at].TrimEnd(), double.TryParse(number, System.Globalization.CultureInfo.InvariantCulture, out var milliseconds)
            ? Numbers.FromMilliseconds(milliseconds)
            : null);
    }

    [GeneratedRegex(
        """^(?<not>not )?ok\b\s*(?<number>\d+)?\s*(-\s*)?(?<description>.*?)(?:(?<!\\)#\s*(?<directive>skip\S*|todo)\b[\s:]*(?<reason>.*))?$""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Point();
}

/// <summary><c>1..N</c>, perhaps with the reason why nothing runs.</summary>
internal sealed partial record TapPlan(long Count, string? SkipReason)
{
    public static TapPlan? Parse(string line)
    {
        var match = line.StartsWith("1..", StringComparison.Ordinal) ? Plan().Match(line) : Match.Empty;
        return match.Success && long.TryParse(match.Groups["count"].ValueSpan, out var count)
            ? new(count, match.Groups["skip"].Success ? match.Groups["reason"].Value.Trim() : null)
            : null;
    }

    [GeneratedRegex("""^1\.\.(?<count>\d+)\s*(#\s*(?<skip>skip\S*)?\s*(?<reason>.*))?$""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Plan();
}

/// <summary>A comment in which the producer counts what failed, or says how the program ended.</summary>
internal sealed partial record TapRemark(string Text, int Line)
{
    /// <summary>Null for any other comment, and for one that counts none.</summary>
    public static TapRemark? Parse(string line, int number) =>
        // For the protocol a comment says nothing. But Perl's Test::More, node:test and the kernel's kselftest count in one what failed,
        // also where no point shows it: a process that ended badly after its last point, or lines that were lost.
        Bad().Match(line) is { Success: true } match && match.Groups["count"].ValueSpan.ContainsAnyExcept('0') ? new(line, number) : null;

    [GeneratedRegex(
        """^#\s*((fail|failures|cancelled)\s+|Looks like you(r test exited with| failed) |Totals: .*\bfail:)(?<count>\d+)\b""",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Bad();
}
