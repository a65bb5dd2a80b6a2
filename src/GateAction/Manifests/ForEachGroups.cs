using GateAction.Syntax;
using YamlDotNet.Core;

namespace GateAction.Manifests;

/// <summary>
/// Gives criteria that <c>for-each</c> made, and that name no group, one by the value that they were made for: <c>service-api</c>, titled
/// "api". A value with a single criterion gets none, since a group of one says nothing.
/// </summary>
internal static class ForEachGroups
{
    private const string Field = "group";
    private const string Groups = "groups";
    private const string Criteria = "criteria";

    /// <summary>An id has at most 100 characters, and a number may follow.</summary>
    private const int Longest = 90;

    public static MappingNode In(MappingNode root)
    {
        if (root.Find(Criteria) is not MappingNode criteria || root.Find(Groups) is not (null or MappingNode))
            return root;
        var ids = Ids(criteria);
        if (ids.Count == 0)
            return root;
        var made = new Dictionary<string, MappingEntry>();
        var grouped = criteria.With([.. criteria.Entries.Select(entry => IdOf(entry, ids) is { } id ? InGroup(entry, id, made) : entry)]);
        if (made.Count == 0)
            return root;
        var known = root.FindEntry(Groups);
        var groups = known?.Value as MappingNode;
        var own = (groups?.Entries ?? []).Select(group => group.Key.Text).ToHashSet();
        var all = (groups ?? criteria).With(
            [.. groups?.Entries ?? [], .. made.Where(group => !own.Contains(group.Key)).Select(group => group.Value)]);
        var entries = root.Entries.Select(entry => entry.Key.Text switch
        {
            Criteria => entry with { Value = grouped },
            Groups => entry with { Value = all },
            _ => entry,
        });
        return root.With([.. known is null ? [new(Text(root, Groups), all)] : Array.Empty<MappingEntry>(), .. entries]);
    }

    /// <summary>The groups of those values that have more than one criterion.</summary>
    private static Dictionary<(string Variable, string Value), string> Ids(MappingNode criteria)
    {
        var (ids, taken) = (new Dictionary<(string, string), string>(), new HashSet<string>());
        foreach (var each in criteria.Entries.Where(IsOpen).GroupBy(entry => entry.Each!.Value).Where(each => each.Skip(1).Any()))
        {
            var name = Name(each.Key);
            // Values that differ in other signs alone.
            for (var number = 2; !taken.Add(name); number++)
                name = $"{Name(each.Key)}-{number}";
            ids.Add(each.Key, name);
        }
        return ids;
    }

    /// <summary>Written out, and in no group or in that of its value.</summary>
    private static bool IsOpen(MappingEntry entry) => entry is { Each: { } each, Value: MappingNode criterion }
        && (criterion.Find(Field) is not { } group || (group as ScalarNode)?.Text == Name(each));

    private static string? IdOf(MappingEntry entry, Dictionary<(string, string), string> ids) =>
        IsOpen(entry) && ids.TryGetValue(entry.Each!.Value, out var id) ? id : null;

    private static MappingEntry InGroup(MappingEntry entry, string id, Dictionary<string, MappingEntry> made)
    {
        var (key, criterion) = (entry.Key, (MappingNode)entry.Value);
        made.TryAdd(id, new(Text(key, id), new MappingNode(
            key.Source, key.Path, key.Start, key.End,
            [new(Text(key, "title"), Text(key, entry.Each!.Value.Value, ScalarStyle.DoubleQuoted))])));
        return criterion.Find(Field) is not null
            ? entry
            : entry with { Value = criterion.With([new(Text(key, Field), Text(key, id)), .. criterion.Entries]) };
    }

    private static string Name((string Variable, string Value) each)
    {
        var value = string.Concat(each.Value.ToLowerInvariant()
            .Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' ? letter : '-'));
        var name = $"{each.Variable}-{value}";
        return name.Length <= Longest ? name : name[..Longest];
    }

    /// <summary>A text at the place of another node.</summary>
    private static ScalarNode Text(Node at, string text, ScalarStyle style = ScalarStyle.Any) =>
        new(at.Source, at.Path, at.Start, at.End, text, style, true);
}
