using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Core.Reports;
using GateAction.Core.Reports.Machine;
using GateAction.GitHub.Publishing;
using GateAction.Surroundings;

namespace GateAction.Commands;

/// <summary>
/// The documents and words of a run without what is secret. Measurements are masked when they are made; this is for what stands around
/// them: the manifest's own words, branches, paths, sentences about what went wrong.
/// </summary>
internal static class Masking
{
    public static Evidence Mask(this Secrets secrets, Evidence evidence) => secrets.IsEmpty ? evidence : evidence with
    {
        GitHub = evidence.GitHub.Kind == ValueKind.Map
            ? Value.Map(evidence.GitHub.AsMap.With((_, value) => IsCommit(value) ? value : secrets.MaskValue(value)))
            : evidence.GitHub,
        Changed = evidence.Changed?.Select(secrets.MaskText).ToArray(),
        // Decided again it is missing, where a mask would be compared.
        Variables = evidence.Variables.Where(entry => !IsSecret(secrets, entry.Value))
            .ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal),
        UnsetVariables = [.. evidence.UnsetVariables,
            .. evidence.Variables.Where(entry => IsSecret(secrets, entry.Value)).Select(entry => entry.Key)],
    };

    public static Verdict Mask(this Secrets secrets, Verdict verdict) => secrets.IsEmpty ? verdict : verdict with
    {
        Criteria = [.. verdict.Criteria.Select(criterion => Mask(secrets, criterion))],
        Groups = [.. verdict.Groups.Select(group => group with { Title = secrets.MaskText(group.Title) })],
        Waivers = [.. verdict.Waivers.Select(use => use with { Reason = secrets.MaskText(use.Reason), By = secrets.MaskOptional(use.By) })],
        Probes = [.. verdict.Probes.Select(probe => Mask(secrets, probe))],
        Notes = [.. verdict.Notes.Select(secrets.MaskText)],
        Trend = secrets.MaskOptional(verdict.Trend),
        Base = secrets.MaskOptional(verdict.Base),
        Reason = secrets.MaskOptional(verdict.Reason),
    };

    public static ReportContext Mask(this Secrets secrets, ReportContext context) => secrets.IsEmpty ? context : context with
    {
        Notes = context.Notes?.Select(secrets.MaskText).ToArray(),
        Preview = context.Preview is { } preview ? Mask(secrets, preview) : null,
        Change = context.Change is { } change
            ? change with { Branch = secrets.MaskOptional(change.Branch), Base = secrets.MaskOptional(change.Base) }
            : null,
    };

    /// <summary>The comment too, whose older words the report does not know yet.</summary>
    public static GateReport Mask(this Secrets secrets, GateReport report) => secrets.IsEmpty ? report : report with
    {
        Description = secrets.MaskText(report.Description),
        Comment = report.Comment is { } comment ? (previous, bytes) => secrets.MaskText(comment(previous, bytes)) : null,
        Regression = report.Regression is { } regression ? address => secrets.MaskText(regression(address)) : null,
        Summary = secrets.MaskOptional(report.Summary),
        Outputs = [.. report.Outputs.Select(output => (output.Name, secrets.MaskText(output.Value)))],
        Annotations = [.. report.Annotations.Select(note => Mask(secrets, note))],
    };

    private static CriterionVerdict Mask(Secrets secrets, CriterionVerdict criterion) => criterion with
    {
        Title = secrets.MaskText(criterion.Title),
        Condition = secrets.MaskText(criterion.Condition),
        Explanation = [.. criterion.Explanation.Select(part => Mask(secrets, part))],
        Reason = secrets.MaskOptional(criterion.Reason),
        Off = criterion.Off is { } off ? off with { Reason = secrets.MaskText(off.Reason) } : null,
        Help = secrets.MaskOptional(criterion.Help),
        Lines = [.. criterion.Lines.Select(secrets.MaskText)],
    };

    private static ProbeSummary Mask(Secrets secrets, ProbeSummary probe) => probe with
    {
        Subject = secrets.MaskOptional(probe.Subject),
        Reason = secrets.MaskOptional(probe.Reason),
        Caveat = secrets.MaskOptional(probe.Caveat),
        Details = [.. probe.Details.Select(secrets.MaskText)],
    };

    private static Explanation Mask(Secrets secrets, Explanation part) => part with
    {
        Expression = secrets.MaskText(part.Expression),
        Actual = Mask(secrets, part.Actual),
        Limit = Mask(secrets, part.Limit),
        Facts = [.. part.Facts.Select(fact => Mask(secrets, fact)!)],
        Note = secrets.MaskOptional(part.Note),
        Elements = part.Elements is not { } elements ? null : elements with
        {
            First = [.. elements.First.Select(one => new DecidingElement(secrets.MaskText(one.Key), Mask(secrets, one.Why)))],
        },
    };

    private static ComparedValue? Mask(Secrets secrets, ComparedValue? compared) => compared is null ? null : new(
        secrets.MaskOptional(compared.Expression),
        compared.Value is { } value ? secrets.MaskValue(value) : null,
        secrets.MaskText(compared.Text),
        compared.Unit)
    {
        Name = compared.Name,
        Parts = [.. compared.Parts.Select(part => Mask(secrets, part)!)],
    };

    private static Annotation Mask(Secrets secrets, Annotation note) =>
        note with
        {
            Title = secrets.MaskText(note.Title),
            Message = secrets.MaskText(note.Message),
            File = secrets.MaskOptional(note.File)
        };

    private static bool IsSecret(Secrets secrets, string text) => secrets.MaskText(text) != text;

    private static bool IsCommit(Value value) =>
        value.Kind == ValueKind.String && RunIdentity.IsCommit(value.AsString);
}
