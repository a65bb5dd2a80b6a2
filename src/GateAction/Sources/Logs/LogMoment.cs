using System.Globalization;
using System.Text.RegularExpressions;
using GateAction.Cel.Values;
using GateAction.Syntax;

namespace GateAction.Sources.Logs;

/// <summary>A point in time as the manifest writes it: a timestamp (RFC 3339), a duration before now, or a fact of another probe.</summary>
internal sealed partial record LogMoment(Template Written)
{
    private const string Accepted =
        "a timestamp such as 2027-03-31T08:00:00Z, a duration before now such as 30m, or a fact such as service.deployed_at";

    public static Syntax<LogMoment> Syntax { get; } = Syntaxes.FactOr(Accepted)
        .Select(template => new LogMoment(template))
        .Unless(moment => !moment.Written.IsConstant || moment.Written.Written.Length == 0
        || TryParse(moment.Text, DateTimeOffset.UnixEpoch, out _)
            ? null
            : $"found '{moment.Written}', expected {Accepted}");

    private string Text => string.Concat(Written.Parts.Select(part => part.Text));

    /// <summary>Throws <see cref="NoEvidenceException"/> where the fact is missing or is no time.</summary>
    public DateTimeOffset In(ProbeContext context)
    {
        var (text, fault) = Written.Resolve(new Scope(context.Facts, context.Reasons));
        if (text is null)
            throw new NoEvidenceException($"'since' {fault}");
        return TryParse(text, context.Time.GetUtcNow(), out var moment)
            ? moment
            : throw new NoEvidenceException($"'since' came to '{text}', expected {Accepted}");
    }

    private static bool TryParse(string text, DateTimeOffset now, out DateTimeOffset moment)
    {
        if (DurationNotation.TryParse(text, out var ago))
        {
            moment = now - ago;
            return true;
        }
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out moment)
            && Timestamp().IsMatch(text);
    }

    [GeneratedRegex(@"\A\d{4}-\d\d-\d\d([Tt ]|\z)")]
    private static partial Regex Timestamp();
}
