using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using GateAction.Core.Reports;

namespace GateAction.GitHub.Publishing;

/// <summary>
/// The hidden last line of the gate's comment: which gate wrote it, for which commit and in which run, and what it remembers of that run.
/// Only the last line of the token's own comment is one: whatever a test or a server wrote stands above it.
/// </summary>
/// <param name="Digest">Stands for what the comment says of the verdict, to tell whether that changed; see <see cref="DigestOf"/>.</param>
internal sealed partial record CommentMarker(string Gate, string Sha, long RunId, int RunAttempt, string Digest)
{
    /// <summary>The digest of the evidence that was decided on, as <see cref="EvidenceDigestOf"/> makes it; null if there was
    /// none.</summary>
    public string? Evidence { get; init; }

    /// <summary>The run's verdict; null if it made no decision.</summary>
    public PreviousRun? Run { get; init; }

    public override string ToString()
    {
        var text = new StringBuilder("<!-- gate-action");
        // HTML ends a comment at '-->' and '--!>': no hyphen of a name may stand in it.
        text.Append(CultureInfo.InvariantCulture, $" gate={Uri.EscapeDataString(Gate).Replace("-", "%2D", StringComparison.Ordinal)}");
        text.Append(CultureInfo.InvariantCulture, $" commit={Sha} run={RunId} attempt={RunAttempt} digest={Digest}");
        if (Evidence is { } evidence)
            text.Append($" evidence={evidence}");
        if (Run is { } run)
            text.Append($" {run.Write()}");
        return text.Append(" -->").ToString();
    }

    /// <summary>The text with the marker below it.</summary>
    public string Sign(string text) => $"{text.TrimEnd()}\n\n{this}";

    /// <summary>The marker that a comment ends with; null for any other comment.</summary>
    public static CommentMarker? Read(string? body)
    {
        if (body is null || Pattern().Match(body) is not { Success: true } match)
            return null;
        return new(
            Uri.UnescapeDataString(match.Groups["gate"].Value),
            match.Groups["commit"].Value,
            long.Parse(match.Groups["run"].Value, CultureInfo.InvariantCulture),
            int.Parse(match.Groups["attempt"].Value, CultureInfo.InvariantCulture),
            match.Groups["digest"].Value)
        {
            Evidence = match.Groups["evidence"] is { Success: true } evidence ? evidence.Value : null,
            Run = match.Groups["memory"] is { Success: true } memory ? PreviousRun.Read(memory.Value) : null,
        };
    }

    // 64 bits are enough to see that something changed; nobody gains by finding two that are equal.
    public static string DigestOf(string text) => Hex(Encoding.UTF8.GetBytes(text))[..16];

    /// <summary>Of the file <c>evidence.json</c>, byte for byte.</summary>
    public static string EvidenceDigestOf(byte[] json) => Hex(json);

    public bool IsNewerThan(CommentMarker other) => (RunId, RunAttempt).CompareTo((other.RunId, other.RunAttempt)) > 0;

    private static string Hex(byte[] bytes) => Convert.ToHexString(SHA256.HashData(bytes)).ToLowerInvariant();

    // Every part has a bound, because anybody can write comments.
    [GeneratedRegex(
        """
        (?:\A|\n)<!--\ gate-action\ gate=(?<gate>\S{1,600})\ commit=(?<commit>[0-9a-f]{1,64})\ run=(?<run>\d{1,18})\ attempt=(?<attempt>\d{1,9})
        \ digest=(?<digest>\S{1,64})(?:\ evidence=(?<evidence>[0-9a-f]{64}))?(?:\ (?<memory>verdict=[^<>\n]{1,9000}))?\ -->\s*\z
        """,
        RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Pattern();
}
