using System.Text.RegularExpressions;
using GateAction.GitHub.Api;
using GateAction.Syntax;

namespace GateAction.GitHub.Events;

/// <summary>What one line of a comment asks of the gate.</summary>
internal abstract record CommentCommand;

/// <summary><c>/gate rerun</c>; with <c>all</c> also the jobs that did not fail.</summary>
internal sealed record RerunCommand(bool IsAll) : CommentCommand;

/// <summary><c>/gate waive CRITERION for 3d: reason</c> and <c>/gate unwaive CRITERION</c>.</summary>
/// <param name="Gate">The gate that is meant, as <c>staging</c> of <c>staging/database</c>; null for any that reads the comment.</param>
internal abstract record WaiverCommand(string? Gate, string Criterion) : CommentCommand
{
    public bool IsFor(string gate) => Gate is null || Gate == gate;
}

internal sealed record WaiveCommand(string? Gate, string Criterion, TimeSpan Duration, string Reason) : WaiverCommand(Gate, Criterion);

internal sealed record UnwaiveCommand(string? Gate, string Criterion) : WaiverCommand(Gate, Criterion);

/// <summary>A line that begins with <c>/gate</c> and cannot be followed.</summary>
/// <param name="Problem">A sentence that says what was found and what is accepted.</param>
internal sealed record MalformedCommand(string Problem) : CommentCommand;

/// <summary>
/// Reads the commands of a comment: each is a line of its own that a reader of the comment sees as text. What is quoted, code or hidden in
/// an HTML comment is not a command.
/// </summary>
internal static partial class CommentCommands
{
    private const int MostCommands = 10;
    private const int LongestShown = 60;

    private const string WaiveForm = "'/gate waive CRITERION for 3d: reason'";

    public static IReadOnlyList<CommentCommand> Read(string? body)
    {
        if (body is null || !body.Contains("/gate", StringComparison.OrdinalIgnoreCase))
            return [];
        List<CommentCommand> commands =
        [
            .. Lines(body).Select(line => Command().Match(line)).Where(match => match.Success)
                .Select(match => Parse(match.Groups[1].Value.Trim())),
        ];
        return commands.Count <= MostCommands
            ? commands
            // All or none: half of a list that was followed is worse to understand than none of it.
            : [new MalformedCommand(
            $"found {commands.Count} commands in one comment; at most {MostCommands} are read, so none of them is followed")];
    }

    private static CommentCommand Parse(string text)
    {
        var word = text.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries) is [var first, ..] ? first.ToLowerInvariant() : "";
        var rest = text[Math.Min(word.Length, text.Length)..].Trim();
        return (word, rest.ToLowerInvariant()) switch
        {
            ("rerun", "") => new RerunCommand(false),
            ("rerun", "all") => new RerunCommand(true),
            ("rerun", _) => new MalformedCommand(
                $"found '{Shown(rest)}' after '/gate rerun'; accepted are '/gate rerun' and '/gate rerun all'"),
            ("waive", _) => ReadWaive(rest),
            ("unwaive", _) => ReadUnwaive(rest),
            _ => new MalformedCommand(
                $"found '{$"/gate {Shown(text)}".Trim()}'; accepted are {WaiveForm}, '/gate unwaive CRITERION', '/gate rerun' and '/gate "
                + "rerun all'"),
        };
    }

    private static CommentCommand ReadWaive(string text)
    {
        if (Waive().Match(text) is not { Success: true } match)
            return new MalformedCommand($"found '{$"/gate waive {Shown(text)}".Trim()}'; {Missing(text)}accepted is {WaiveForm}");
        if (!DurationNotation.TryParse(match.Groups["duration"].Value.ToLowerInvariant(), out var duration) || duration <= TimeSpan.Zero)
        {
            var found = Shown(match.Groups["duration"].Value);
            return new MalformedCommand($"'{found}' is no duration above zero; accepted is one such as 12h, 3d or 1d12h: {WaiveForm}");
        }
        if (!match.Groups["reason"].Value.Any(char.IsLetterOrDigit))
            return new MalformedCommand($"there is no reason; say after the colon why it may be waived: {WaiveForm}");
        var (gate, criterion) = Target(match.Groups["target"].Value);
        return new WaiveCommand(gate, criterion, duration, match.Groups["reason"].Value.Trim());
    }

    private static CommentCommand ReadUnwaive(string text) =>
        text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is [var target]
        ? new UnwaiveCommand(Target(target).Gate, Target(target).Criterion)
        : new MalformedCommand(
        $"found '{$"/gate unwaive {Shown(text)}".Trim()}'; accepted is '/gate unwaive CRITERION', with one criterion");

    private static string Missing(string text) =>
        text.Length == 0 || text.StartsWith("for ", StringComparison.OrdinalIgnoreCase) ? "it names no criterion; "
        : !For().IsMatch(text) ? "it does not say for how long; "
        : text.Contains(':', StringComparison.Ordinal) ? ""
        : "it gives no reason after a colon; ";

    private static (string? Gate, string Criterion) Target(string text)
    {
        // The gate's own comment shows ids in backticks, and people copy them with these.
        var target = text.Trim('`', '\'', '"');
        return target.Split('/', 2) is [var gate, var criterion] ? (gate, criterion) : (null, target);
    }

    private static string Shown(string text) => text.Length <= LongestShown ? text : text[..(LongestShown - 1)] + "…";

    /// <summary>The lines that are neither code nor quoted nor in an HTML comment (https://github.github.com/gfm).</summary>
    private static IEnumerable<string> Lines(string body)
    {
        var (fence, isHidden) = ("", false);
        foreach (var line in body.Split(["\r\n", "\n", "\r"], StringSplitOptions.None))
        {
            var text = line.TrimStart(' ');
            // CommonMark 4.4: four blanks or a tab begin indented code.
            var isCode = line.Length - text.Length >= 4 || text.StartsWith('\t');
            if (!isHidden && !isCode && Fence().Match(text) is { Success: true } match)
            {
                var found = match.Groups[1].Value;
                if (fence.Length == 0)
                    fence = found;
                // CommonMark 4.5: a fence ends with the same character, at least as long, and nothing behind it.
                else if (found[0] == fence[0] && found.Length >= fence.Length && text.Trim().Length == found.Length)
                    fence = "";
                continue;
            }
            if (fence.Length > 0)
                continue;
            var wasHidden = isHidden;
            isHidden = text.LastIndexOf("<!--", StringComparison.Ordinal) is var open
                && text.LastIndexOf("-->", StringComparison.Ordinal) is var close
                // What opens last in a line decides: '<!-- a --> text <!-- b' leaves the comment open.
                && (open > close || (isHidden && close < 0));
            if (!wasHidden && !isHidden && !isCode)
                yield return text.Trim();
        }
    }

    [GeneratedRegex(@"\A/gate(?:\s+(.*))?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Command();

    [GeneratedRegex(@"\A(?<target>\S+)\s+for\s+(?<duration>\S+?)\s*:(?<reason>.*)\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Waive();

    [GeneratedRegex(@"\sfor\s", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex For();

    [GeneratedRegex(@"\A(`{3,}(?=[^`]*\z)|~{3,})", RegexOptions.CultureInvariant)]
    private static partial Regex Fence();
}

/// <summary>A comment on the pull request that asks something of the gate, by somebody who is no stranger.</summary>
/// <param name="Comment">Its number; null if it was deleted.</param>
/// <param name="Commands">What it says now.</param>
/// <param name="MayHaveWaived">True if it says or said something about a waiver.</param>
internal sealed record CommentRequest(
    long? Comment, string Author, CollaboratorPermission Permission, IReadOnlyList<CommentCommand> Commands, bool IsEdited,
    bool MayHaveWaived)
{
    /// <summary>A comment that changed afterwards asks for nothing; what it had waived has to be decided again.</summary>
    public bool IsNew => !IsEdited && Comment is not null;
}
