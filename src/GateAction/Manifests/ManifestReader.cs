using System.Text;
using System.Text.RegularExpressions;
using GateAction.Manifests.Checks;
using GateAction.Syntax;

namespace GateAction.Manifests;

/// <summary>Reads a manifest, wherever its text comes from: the checkout, or the base commit through the API.</summary>
/// <param name="environment">Read for the variables that the manifest lists, and for no other.</param>
/// <param name="today">What the waivers' dates are held against (UTC).</param>
/// <param name="checksEnvironment">False where a variable may be unset because nothing will be measured.</param>
internal sealed partial class ManifestReader(Func<string, string?> environment, DateOnly today, bool checksEnvironment = true)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public ManifestReading Read(ReadOnlySpan<byte> bytes, string file)
    {
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            return Unreadable(file, "", 0, "the file is UTF-16; save it as UTF-8");
        try
        {
            return Read(StrictUtf8.GetString(bytes), file);
        }
        catch (DecoderFallbackException exception)
        {
            var before = Encoding.UTF8.GetString(bytes[..Math.Clamp(exception.Index, 0, bytes.Length)]);
            return Unreadable(file, before, before.Length, "found bytes that are no UTF-8; save the file as UTF-8");
        }
    }

    public ManifestReading Read(string text, string file)
    {
        var problems = new Problems();
        var root = YamlTree.Read(new SourceText(file, text), problems);
        if (root is MappingNode mapping)
            return Read(text, mapping, problems);
        if (root is not null)
            problems.Add(root, $"found {root.Found}, expected a mapping with 'version', 'probes' and 'criteria'");
        return new(NameIn(text), null, problems.InOrder());
    }

    private ManifestReading Read(string text, MappingNode root, Problems problems)
    {
        var variables = VariablesSyntax.ReadFrom(root, environment, checksEnvironment);
        var reading = ForEachExpansion.Expand(root, problems) is { } expanded
            ? Read(text, expanded, variables, problems) with { Root = expanded }
            : new(NameIn(text), null, problems.InOrder());
        return reading with
        {
            SecretValues = [.. variables.Secret.Select(environment).OfType<string>().Where(value => value.Length > 0)],
        };
    }

    private ManifestReading Read(string text, MappingNode root, Variables variables, Problems problems)
    {
        var reading = new Reading(problems, variables)
        {
            Defaults = root.Find("defaults") as MappingNode,
            HasTarget = root.Find("target") is not null || root.Find("deployment") is not null,
            Misplaced = MisplacedParts.Describe,
        };
        ManifestSyntax.Syntax.TryRead(root, reading, out var draft);
        if (!reading.HasTarget && reading.Defaults?.Find("headers") is { } headers)
            problems.Add(headers,
                "these headers go to the target alone, and there is none; write `target: https://…`, or give the headers to the probes "
                + "that need them");
        var names = ConditionNames.Of(root, draft!.Sources);
        SourceChecks.Check(root, draft.Sources, names, problems);
        CriteriaChecks.Check(root, draft, names, problems);
        WaiverChecks.Check(draft, today, problems);
        if (problems.Count > 0)
            return new(NameIn(text), null, problems.InOrder());
        DoubtfulParts.Warn(root, draft, names, today, problems);
        return new(draft.Name, ToManifest(draft), []) { Warnings = problems.Warnings() };
    }

    private static Manifest ToManifest(ManifestDraft draft)
    {
        var target = draft.Target is null ? null : string.Concat(draft.Target.Parts.Select(part => part.Text));
        return new(
            draft.ToGate(),
            Uri.TryCreate(target, UriKind.Absolute, out var uri) ? uri : null,
            draft.Deployment,
            draft.Concurrency,
            [.. draft.Sources.Select(source => source.ToSource())]);
    }

    private static ManifestReading Unreadable(string file, string text, int offset, string message)
    {
        var problems = new Problems();
        problems.Add(new SourceText(file, text), offset, 1, NodePath.Root, message);
        return new(NameIn(text), null, problems.InOrder());
    }

    /// <summary>The name as the text has it at the start of a line, for a text that may be no YAML at all.</summary>
    private static string NameIn(string text) =>
        NameLine().Match(text) is { Success: true } match ? match.Groups["name"].Value : ManifestSyntax.DefaultName;

    [GeneratedRegex("""^name:[ \t]*(?<quote>["']?)(?<name>[A-Za-z0-9][A-Za-z0-9._-]{0,99})\k<quote>[ \t]*(#.*)?\r?$""",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex NameLine();
}
