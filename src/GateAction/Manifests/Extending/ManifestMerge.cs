using GateAction.Core.Model;
using GateAction.Syntax;
using YamlDotNet.Core;

namespace GateAction.Manifests.Extending;

/// <summary>What a manifest and all that it extends come to, as one tree: each part keeps the place it was written at.</summary>
internal sealed record MergedManifest(MappingNode Root)
{
    /// <summary>What switches a criterion off, by its id.</summary>
    public IReadOnlyDictionary<string, OffCriterion> Off { get; init; } = new Dictionary<string, OffCriterion>();

    /// <summary>The extended manifests, each as it is with all that it extends itself.</summary>
    public IReadOnlyList<MappingNode> Extended { get; init; } = [];

    /// <summary>The <c>defaults</c> of each file, with those of what it extends.</summary>
    public IReadOnlyDictionary<SourceText, MappingNode> Defaults { get; init; } = new Dictionary<SourceText, MappingNode>();
}

/// <summary>Puts an extending manifest on the extended one by <see cref="ExtendingRules"/>, and reports what it may not do.</summary>
internal sealed class ManifestMerge(MappingNode theirs, MappingNode ours, Problems problems)
{
    private readonly Dictionary<string, OffCriterion> _off = [];

    private string File => theirs.Source.File;

    /// <param name="roots">From the manifest itself to the last that is extended, <c>for-each</c> written out.</param>
    public static MergedManifest Of(IReadOnlyList<MappingNode> roots, Problems problems)
    {
        var (root, defaults) = (ForEachGroups.In(roots[^1]), new Dictionary<SourceText, MappingNode>());
        var (off, extended) = (new Dictionary<string, OffCriterion>(), new List<MappingNode>());
        Keep(root);
        foreach (var ours in roots.Reverse().Skip(1))
        {
            extended.Add(root);
            var merge = new ManifestMerge(root, ours, problems);
            root = ForEachGroups.In(merge.Root());
            foreach (var (id, why) in merge._off)
                // The first is the nearest to the manifest whose criterion it is.
                off.TryAdd(id, why);
            Keep(root);
        }
        return new(root) { Off = off, Extended = extended, Defaults = defaults };

        void Keep(MappingNode merged)
        {
            if (merged.Find("defaults") is MappingNode own)
                defaults[merged.Source] = own;
        }
    }

    private MappingNode Root()
    {
        var names = ExtendingRules.OfManifest.Keys.Concat(ours.Entries.Concat(theirs.Entries).Select(entry => entry.Key.Text)).Distinct();
        return ours.With([.. names.Select(Field).OfType<MappingEntry>()]);
    }

    private MappingEntry? Field(string name)
    {
        var (their, our) = (theirs.FindEntry(name), ours.FindEntry(name));
        // Both are left to the reader: it knows what an unknown field may have meant.
        if (!ExtendingRules.OfManifest.TryGetValue(name, out var rule))
            // Places for anchors: what they stood for is written out already where it is used.
            return our ?? (name.StartsWith("x-", StringComparison.Ordinal) ? null : their);
        if (rule == Extending.Own || their is null && rule is Extending.Fills or Extending.Adds && name != "waivers")
            return our;
        return our is null ? their : rule switch
        {
            Extending.Adds => our with { Value = Sum(name, their?.Value, our.Value) },
            Extending.Fills when (their!.Value, our.Value) is (MappingNode general, MappingNode own) =>
                our with { Value = Filled(general, own) },
            Extending.Opens when !IsOpen(name) => Refuse(our, $"'{File}' sets it already; an extending manifest sets what is left open"),
            Extending.Lowers => Lowered(their, our),
            Extending.Never => Refuse(our, $"that is for '{File}' alone to say; take it out here"),
            _ => our,
        };
    }

    private bool IsOpen(string name) => ExtendingRules.OfTarget.Contains(name)
        ? ExtendingRules.OfTarget.All(field => theirs.Find(field) is null)
        : theirs.Find(name) is null;

    private MappingEntry Refuse(MappingEntry entry, string message)
    {
        problems.Add(entry.Key, $"'{entry.Key.Text}' cannot stand in a manifest that extends another: {message}");
        return entry;
    }

    private MappingEntry Lowered(MappingEntry? their, MappingEntry our)
    {
        var most = Number(their?.Value) ?? ManifestSyntax.WaiverDays;
        if (Number(our.Value) > most)
            problems.Add(our.Value,
                $"found {our.Value.Found}, and with '{File}' it is {most}: an extending manifest lowers it, or leaves it");
        return our;
    }

    private Node Sum(string name, Node? their, Node our) => (name, their, our) switch
    {
        ("waivers", _, SequenceNode list) => Waivers(their as SequenceNode, list),
        ("env" or "secrets", not null, _) => Names(their, our),
        ("groups", MappingNode known, MappingNode own) => Section(known, own, Group),
        ("criteria", MappingNode known, MappingNode own) => Section(known, own, Criterion),
        (_, MappingNode known, MappingNode own) => Section(known, own, Source),
        _ => our,
    };

    private static SequenceNode Names(Node their, Node our) =>
        ListAt(our, Items(their, our).DistinctBy(node => node is ScalarNode { Text: var text } ? text : (object)node));

    private static MappingNode Section(MappingNode their, MappingNode our, Func<MappingEntry, MappingEntry, MappingEntry> change)
    {
        var own = our.Entries.ToDictionary(entry => entry.Key.Text);
        return our.With(
        [
            .. their.Entries.Select(entry => own.Remove(entry.Key.Text, out var ours) ? change(entry, ours) : entry),
            .. own.Values,
        ]);
    }

    private MappingEntry Source(MappingEntry their, MappingEntry our)
    {
        problems.Add(our.Key,
            $"'{our.Key.Text}' is measured by '{their.Key.Source.File}', and an extending manifest changes no source; choose another name");
        return their;
    }

    private MappingEntry Group(MappingEntry their, MappingEntry our)
    {
        if (our.Value is not MappingNode change)
            return our;
        if (their.Value is not MappingNode group)
            return their;
        GroupSyntax.Syntax.TryRead(change, new Reading(problems, Variables.None), out _);
        return their with { Value = Changed(their, group, change, ExtendingRules.OfGroup) };
    }

    private MappingEntry Criterion(MappingEntry their, MappingEntry our)
    {
        var id = our.Key.Text;
        if (our.Value is not MappingNode change)
        {
            problems.Add(our.Value,
                $"'{id}' is a criterion of '{their.Key.Source.File}', and its condition stays; add one that must hold too, as "
                + $"`{id}: {{ and: … }}`, or choose another id");
            return their;
        }
        foreach (var fixedEntry in change.Entries.Where(entry => !ExtendingRules.MayChange(entry.Key.Text)))
            problems.Add(fixedEntry.Key,
                $"'{fixedEntry.Key.Text}' of '{id}' is for '{their.Key.Source.File}' alone to say; accepted here: weight, and, help, off");
        var rest = change.With([.. change.Entries.Where(entry => ExtendingRules.MayChange(entry.Key.Text))]);
        CriterionChange.Syntax.TryRead(rest, new Reading(problems, Variables.None), out _);
        if (rest.Find(CriterionChange.Off) is ScalarNode reason)
            _off[id] = new(reason);
        return their with { Value = Changed(their, Full(their.Value), rest, ExtendingRules.OfCriterion) };
    }

    /// <summary>A criterion in its full form, also where it is written as its condition alone.</summary>
    private static MappingNode Full(Node criterion) => criterion as MappingNode
        ?? new(criterion.Source, criterion.Path, criterion.Start, criterion.End,
            [new(new(criterion.Source, criterion.Path, criterion.Start, criterion.Start, "pass", ScalarStyle.Plain, false), criterion)]);

    private MappingNode Changed(MappingEntry part, MappingNode their, MappingNode our, IReadOnlyDictionary<string, Extending> rules)
    {
        var entries = their.Entries.ToDictionary(entry => entry.Key.Text);
        foreach (var entry in our.Entries)
        {
            var name = entry.Key.Text;
            var known = entries.GetValueOrDefault(name);
            switch (rules.GetValueOrDefault(name, Extending.Own))
            {
                case Extending.Raises when Number(entry.Value) < (Number(known?.Value) ?? 1):
                    problems.Add(entry.Value,
                        $"found {entry.Value.Found}, and in '{(known?.Key ?? part.Key).Source.File}' the {name} of '{part.Key.Text}' is "
                        + $"{(known?.Value as ScalarNode)?.Text ?? "1"}: an extending manifest raises it, or leaves it");
                    break;
                case Extending.Opens when known is not null:
                    problems.Add(entry.Key,
                        $"'{known.Key.Source.File}' sets the {name} of '{part.Key.Text}' already; an extending manifest sets what is left "
                        + "open");
                    break;
                case Extending.Adds when known is not null:
                    entries[name] = known with { Value = ListAt(entry.Value, Items(known.Value, entry.Value)) };
                    break;
                case Extending.Raises or Extending.Opens or Extending.Adds:
                    entries[name] = entry;
                    break;
            }
        }
        return their.With([.. entries.Values]);
    }

    /// <summary>Of two fields that hold one or many.</summary>
    private static IEnumerable<Node> Items(Node their, Node our) =>
        new[] { their, our }.SelectMany(node => node is SequenceNode list ? list.Items : [node]);

    private static SequenceNode ListAt(Node place, IEnumerable<Node> items) =>
        new(place.Source, place.Path, place.Start, place.End, [.. items]);

    private SequenceNode Waivers(SequenceNode? their, SequenceNode our)
    {
        var known = (theirs.Find("criteria") as MappingNode)?.Entries.Select(entry => entry.Key.Text).ToHashSet() ?? [];
        foreach (var waiver in our.Items.OfType<MappingNode>())
        {
            if (waiver.Find("criterion") is ScalarNode id && known.Contains(id.Text))
                problems.Add(id,
                    $"'{id.Text}' is a criterion of '{File}', which alone waives it; to leave it out here write "
                    + $"`{id.Text}: {{ off: REASON }}` under 'criteria'");
        }
        return ListAt(our, [.. their?.Items ?? [], .. our.Items]);
    }

    private static MappingNode Filled(MappingNode general, MappingNode own)
    {
        // Names of header fields have no case.
        var names = own.Entries.Select(entry => entry.Key.Text).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return own.With(
        [
            .. general.Entries.Where(entry => !names.Contains(entry.Key.Text)),
            .. own.Entries.Select(entry => entry is { Value: MappingNode inner } && general.Find(entry.Key.Text) is MappingNode outer
                ? entry with { Value = Filled(outer, inner) }
                : entry),
        ]);
    }

    public static double? Number(Node? node)
    {
        var silent = new Reading(new Problems(), Variables.None);
        return node is not null && Syntaxes.NumberFrom(0).TryRead(node, silent, out var number) ? number : null;
    }
}

/// <summary>What an extended manifest asks for by itself.</summary>
internal static class ExtendedGates
{
    public static ExtendedGate Of(MappingNode root) => new(
        root.Source.File,
        Entries(root, "criteria").ToDictionary(
            entry => entry.Key.Text, entry => (Weight(entry.Value), (Field(entry.Value, "group") as ScalarNode)?.Text ?? "")),
        [.. Entries(root, "groups").Select(entry =>
            new Group(entry.Key.Text, (Field(entry.Value, "title") as ScalarNode)?.Text ?? entry.Key.Text, Weight(entry.Value)))],
        root.Find("score") is not null);

    private static IReadOnlyList<MappingEntry> Entries(MappingNode root, string section) =>
        (root.Find(section) as MappingNode)?.Entries ?? [];

    private static Node? Field(Node node, string name) => (node as MappingNode)?.Find(name);

    private static double Weight(Node node) => ManifestMerge.Number(Field(node, "weight")) ?? 1;
}
