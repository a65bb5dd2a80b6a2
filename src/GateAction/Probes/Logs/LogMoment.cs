using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GateAction.Core.Conditions;
using GateAction.Manifests.Syntax;

namespace GateAction.Probes.Logs;

/// <summary>A point in time as the manifest writes it: a timestamp (RFC 3339), a duration before now, or a fact of another probe.</summary>
internal sealed partial record LogMoment(Template Written)
{
    private const string Accepted = "a timestamp such as 2027-03-31T08:00:00Z, a duration before now such as 30m, or a fact such as service.deployed_at";

    public static Syntax<LogMoment> Syntax { get; } = new MomentSyntax()
        .Unless(moment => !moment.Written.IsConstant || moment.Written.Written.Length == 0 || TryParse(moment.Text, DateTimeOffset.UnixEpoch, out _)
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
        if (DurationText.TryParse(text, out var ago))
        {
            moment = now - ago;
            return true;
        }
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out moment) && Timestamp().IsMatch(text);
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*|\[""[^""]*""\]|\[[0-9]+\])+\z")]
    private static partial Regex FactPath();

    [GeneratedRegex(@"\A\d{4}-\d\d-\d\d([Tt ]|\z)")]
    private static partial Regex Timestamp();

    /// <summary>A template; a fact may also be named as a condition does, without <c>${…}</c>.</summary>
    private sealed class MomentSyntax : Syntax<LogMoment>
    {
        public override string Expectation => Accepted;

        public override LogMoment Placeholder { get; } = new(Template.Empty);

        public override bool TryRead(Node node, Reading reading, [MaybeNull] out LogMoment value)
        {
            value = null;
            if (node is ScalarNode scalar && FactPath().IsMatch(scalar.Text))
                return TryReadFact(scalar, reading, out value);
            if (!Syntaxes.Template.TryRead(node, reading, out var template))
                return false;
            value = new LogMoment(template!);
            return true;
        }

        public override JsonNode? Format(LogMoment value) => value.Written.Written;

        public override JsonObject Schema(SchemaDefinitions definitions) => Syntaxes.Template.Schema(definitions);

        private static bool TryReadFact(ScalarNode scalar, Reading reading, [MaybeNull] out LogMoment value)
        {
            var (condition, problems) = Condition.Parse(scalar.Text);
            foreach (var problem in problems)
                reading.Problems.Add(scalar, problem.Start, problem.Length, problem.Message);
            value = condition is null ? null : new LogMoment(new Template(scalar.Text, [new TemplatePart(scalar.Text, condition)], scalar));
            if (condition is not null)
                reading.References.Add(new(condition, scalar, 0));
            return problems.Count == 0;
        }
    }
}
