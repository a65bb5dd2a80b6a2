using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace GateAction.GitHub.Publishing;

/// <summary>The hidden first line of the gate's comment: which gate wrote it, for which commit and in which run.</summary>
/// <param name="Digest">Stands for what the comment says of the verdict, to tell whether that changed; see <see cref="DigestOf"/>.</param>
internal sealed partial record CommentMarker(string Gate, string Sha, long RunId, int RunAttempt, string Digest)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"<!-- gate-action gate={Uri.EscapeDataString(Gate).Replace("-", "%2D", StringComparison.Ordinal)} commit={Sha} run={RunId} "
        + $"attempt={RunAttempt} digest={Digest} -->");

    /// <summary>The marker that a comment begins with; null for any other comment.</summary>
    public static CommentMarker? Read(string? body)
    {
        if (body is null || Pattern().Match(body) is not { Success: true } match)
            return null;
        return new(
            Uri.UnescapeDataString(match.Groups["gate"].Value),
            match.Groups["commit"].Value,
            long.Parse(match.Groups["run"].Value, CultureInfo.InvariantCulture),
            int.Parse(match.Groups["attempt"].Value, CultureInfo.InvariantCulture),
            match.Groups["digest"].Value);
    }

    public static string DigestOf(string text) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16].ToLowerInvariant();

    public bool IsNewerThan(CommentMarker other) => (RunId, RunAttempt).CompareTo((other.RunId, other.RunAttempt)) > 0;

    [GeneratedRegex(
        @"\A<!-- gate-action gate=(?<gate>\S{1,600}) commit=(?<commit>[0-9a-f]{1,64}) run=(?<run>\d{1,18}) attempt=(?<attempt>\d{1,9}) digest=(?<digest>\S{1,64}) -->", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
