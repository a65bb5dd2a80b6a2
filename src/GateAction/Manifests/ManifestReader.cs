using System.Text;
using System.Text.RegularExpressions;
using GateAction.Manifests.Checks;
using GateAction.Manifests.Extending;
using GateAction.Syntax;

namespace GateAction.Manifests;

/// <summary>Reads a manifest, wherever its text comes from: the checkout, or the base commit through the API.</summary>
/// <param name="environment">Read for the variables that the manifest lists, and for no other.</param>
/// <param name="today">The day that the waivers' dates are compared with (UTC).</param>
/// <param name="checksEnvironment">False if a variable may be unset because nothing will be measured.</param>
internal sealed partial class ManifestReader(Func<string, string?> environment, DateOnly today, bool checksEnvironment = true)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>A manifest that extends nothing: one that does needs the others read.</summary>
    public ManifestReading Read(ReadOnlySpan<byte> bytes, string file)
    {
        var (text, fault) = Text(bytes, file);
        return text is null ? fault! : Read(text, file);
    }

    /// <inheritdoc cref="Read(ReadOnlySpan{byte}, string)"/>
    public ManifestReading Read(string text, string file)
    {
        var problems = new Problems { First = file };
        if (RootOf(text, file, problems) is not { } root)
            return new(NameIn(text), null, problems.InOrder());
        if (root.Find("extends") is { } other)
            problems.Add(other, "no other manifest can be read here");
        return Read(text, new ManifestChain([root], []) { IsWhole = root.Find("extends") is null }, problems);
    }

    public Task<ManifestReading> ReadAsync(ReadOnlySpan<byte> bytes, string file, ManifestPlace place, ReadExtended read,
        CancellationToken cancellation)
    {
        var (text, fault) = Text(bytes, file);
        return text is null ? Task.FromResult(fault!) : ReadAsync(new ManifestPart(place, file, text), read, cancellation);
    }

    /// <summary>A manifest with all that it extends.</summary>
    public async Task<ManifestReading> ReadAsync(ManifestPart manifest, ReadExtended read, CancellationToken cancellation)
    {
        var problems = new Problems { First = manifest.Name };
        if (RootOf(manifest.Text, manifest.Name, problems) is not { } root)
            return new(NameIn(manifest.Text), null, problems.InOrder());
        return Read(manifest.Text, await ManifestChain.FollowAsync(root, manifest, read, problems, cancellation), problems);
    }

    /// <summary>The text of a file, or what is said where it is none.</summary>
    private static (string? Text, ManifestReading? Fault) Text(ReadOnlySpan<byte> bytes, string file)
    {
        // Windows PowerShell's '>' writes so; read as UTF-8 every second character would be a fault.
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            return (null, Unreadable(file, "", 0, "the file is UTF-16; save it as UTF-8"));
        try
        {
            return (StrictUtf8.GetString(bytes), null);
        }
        catch (DecoderFallbackException exception)
        {
            var before = Encoding.UTF8.GetString(bytes[..Math.Clamp(exception.Index, 0, bytes.Length)]);
            return (null, Unreadable(file, before, before.Length, "found bytes that are no UTF-8; save the file as UTF-8"));
        }
    }

    private static MappingNode? RootOf(string text, string file, Problems problems)
    {
        var root = YamlTree.Read(new SourceText(file, text), problems);
        if (root is not (null or MappingNode))
            problems.Add(root, $"found {root.Found}, expected a mapping with 'version', 'probes' and 'criteria'");
        return root as MappingNode;
    }

    private ManifestReading Read(string text, ManifestChain chain, Problems problems)
    {
        // Also of a manifest that cannot be put together: what it calls secret is masked in its own problems.
        var variables = VariablesSyntax.ReadFrom(chain.Roots[0], environment, checksEnvironment);
        var reading = new ManifestReading(NameIn(text), null, []);
        if (chain.IsWhole && Merged(chain, problems) is { } merged)
        {
            variables = VariablesSyntax.ReadFrom(merged.Root, environment, checksEnvironment);
            reading = Read(text, merged, variables, problems) with { Merged = merged };
        }
        return reading with
        {
            Problems = problems.InOrder(),
            Extended = chain.Extended,
            SecretValues = [.. variables.Secret.Select(environment).OfType<string>().Where(value => value.Length > 0)],
        };
    }

    /// <summary>Null if the parts cannot be put together: what could be said of the whole would be wrong.</summary>
    private static MergedManifest? Merged(ManifestChain chain, Problems problems)
    {
        MappingNode?[] roots = [.. chain.Roots.Select(root => ForEachExpansion.Expand(root, problems))];
        if (roots.Any(root => root is null))
            return null;
        var before = problems.Count;
        var merged = ManifestMerge.Of([.. roots.OfType<MappingNode>()], problems);
        return problems.Count == before ? merged : null;
    }

    private ManifestReading Read(string text, MergedManifest merged, Variables variables, Problems problems)
    {
        var root = merged.Root;
        var reading = new Reading(problems, variables)
        {
            Defaults = source => merged.Defaults.GetValueOrDefault(source),
            HasTarget = root.Find("target") is not null || root.Find("deployment") is not null,
            Misplaced = MisplacedParts.Describe,
        };
        // Whether it is whole the problems tell; what could be read of it goes on, to find all of them.
        ManifestSyntax.Syntax.TryRead(root, reading, out var read);
        var draft = read! with { Merged = merged };
        foreach (var defaults in merged.Defaults.Values)
        {
            DefaultsSyntax.Syntax.TryRead(defaults, reading, out _);
            if (!reading.HasTarget && defaults.Find("headers") is { } headers)
                problems.Add(headers,
                    "these headers go to the target alone, and there is none; write `target: https://…`, or give the headers to the "
                    + "probes that need them");
        }
        var names = ConditionNames.Of(root, draft.Sources, variables.Readable);
        SourceChecks.Check(root, draft.Sources, names, problems);
        CriteriaChecks.Check(root, draft, names, problems);
        WaiverChecks.Check(draft, today, problems);
        if (problems.Count > 0)
            return new(NameIn(text), null, problems.InOrder());
        // Only of a manifest that is right: beside a mistake a warning is noise.
        DoubtfulParts.Warn(root, draft, names, today, problems);
        return new(draft.Name, ToManifest(draft) with { Variables = variables.Readable }, []) { Warnings = problems.Warnings() };
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
        // The status of a manifest that cannot be read must fail under the name that is required, or it would be missing for ever.
        NameLine().Match(text) is { Success: true } match ? match.Groups["name"].Value : ManifestSyntax.DefaultName;

    [GeneratedRegex("""^name:[ \t]*(?<quote>["']?)(?<name>[A-Za-z0-9][A-Za-z0-9._-]{0,99})\k<quote>[ \t]*(#.*)?\r?$""",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex NameLine();
}
