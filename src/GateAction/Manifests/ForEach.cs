using System.Text;
using System.Text.RegularExpressions;
using GateAction.Cel;
using GateAction.Sources;
using GateAction.Syntax;

namespace GateAction.Manifests;

/// <summary><c>for-each</c> of a source, a criterion or a group: as many of it as there are values.</summary>
internal static class ForEachSyntax
{
    public const string Field = "for-each";

    private static readonly Syntax<IReadOnlyList<Entry<string>>> Named = Syntaxes.MapOf(Syntaxes.Text, Syntaxes.Either(
        Syntaxes.Text, Syntaxes.MapOf(Syntaxes.Text, Syntaxes.Text).Select(_ => "")));

    private static readonly Syntax<int> Values = Syntaxes.Either(
        Syntaxes.ListOf(Syntaxes.Text).Select(_ => 0), Named.Select(_ => 0));

    private static readonly Syntax<IReadOnlyList<Entry<int>>> Syntax = Syntaxes.MapOf(Syntaxes.Identifier, Values).Named(Field);

    /// <summary>Names the field, for schema and docs: <see cref="ForEachExpansion"/> has taken it away before a manifest is read.</summary>
    public static T Among<T>(Fields fields, Func<Fields, T> define)
    {
        var value = define(fields);
        fields.Optional(Field, Syntax,
            "Makes one of this for each value: `{ service: [api, web] }`, or names with values of their own, `{ service: { api: 8080 } }`. "
            + "`${service}` is filled in in its name and in all its fields; see [many services](many-services.md).");
        return value;
    }
}

/// <summary>
/// Writes out what stands under <c>for-each</c>, before anything else of a manifest is read. What is made keeps the place it was written
/// at, so that a problem points there.
/// </summary>
internal sealed partial class ForEachExpansion(Problems problems)
{
    private const int MostRounds = 1000;

    private static readonly string[] Sections = [.. SourceKinds.Sections.Select(section => section.Name), "groups", "criteria"];

    private readonly List<ScalarNode> _variables = [];
    private int _nodes;

    /// <summary>The manifest with each section written out, and the manifest itself if there is nothing to write out; null if a problem
    /// was reported.</summary>
    public static MappingNode? Expand(MappingNode root, Problems problems)
    {
        var before = problems.Count;
        var expansion = new ForEachExpansion(problems);
        var expanded = expansion.Root(root);
        return problems.Count == before ? expanded : null;
    }

    private MappingNode Root(MappingNode root)
    {
        var entries = root.Entries.Select(entry =>
            entry.Value is MappingNode section && Sections.Contains(entry.Key.Text) && section.Entries.Any(IsTemplate)
                // Names of sources are identifiers of CEL, which have no dash.
                ? entry with { Value = Section(section, entry.Key.Text is "groups" or "criteria" ? '-' : '_') }
                : entry).ToArray();
        if (_variables.Count == 0)
            return root;
        var expanded = root.With(entries);
        var sources = SourceKinds.Sections
            .SelectMany(section => (expanded.Find(section.Name) as MappingNode)?.Entries ?? [])
            .Select(source => source.Key.Text).ToHashSet();
        foreach (var variable in _variables.Where(variable => sources.Contains(variable.Text)))
            problems.Add(variable,
                $"'{variable.Text}' is a source already, so '${{{variable.Text}.…}}' would mean two things; choose another name");
        return expanded;
    }

    private static bool IsTemplate(MappingEntry entry) => entry.Value is MappingNode part && part.Find(ForEachSyntax.Field) is not null;

    /// <param name="dash">What parts the words of a name there.</param>
    private MappingNode Section(MappingNode section, char dash)
    {
        var entries = new Dictionary<string, MappingEntry>();
        foreach (var entry in section.Entries)
        {
            if (!IsTemplate(entry))
                Keep(entry);
            else if (Rounds((MappingNode)entry.Value) is { } rounds && IsNamedApart(entry.Key, rounds, dash))
                WriteOut(entry, rounds);
        }
        return section.With([.. entries.Values]);

        void Keep(MappingEntry entry)
        {
            if (!entries.TryAdd(entry.Key.Text, entry))
                problems.Add(entry.Key,
                    $"'{entry.Key.Text}' stands here a second time; it was first set on line {entries[entry.Key.Text].Key.Position.Line}");
        }

        void WriteOut(MappingEntry entry, IReadOnlyList<Round> rounds)
        {
            var body = (MappingNode)entry.Value;
            var variable = ((MappingNode)body.Find(ForEachSyntax.Field)!).Entries[0].Key.Text;
            body = body.With([.. body.Entries.Where(field => field.Key.Text != ForEachSyntax.Field)]);
            foreach (var round in rounds)
            {
                // Three variables of ten values make a thousand: counted as the aliases of YAML are, before anything is made.
                _nodes += body.Size;
                if (_nodes > YamlRules.Manifest.MaxNodes)
                {
                    problems.Add(entry.Key,
                        $"`for-each` makes more than {YamlRules.Manifest.MaxNodes:N0} values; name fewer");
                    return;
                }
                Keep(new(Filled(entry.Key, round), Filled(body, round)) { Each = (variable, round.Texts[variable]) });
            }
        }
    }

    /// <summary>Each combination of the values; null if a problem was reported.</summary>
    private List<Round>? Rounds(MappingNode template)
    {
        var field = template.FindEntry(ForEachSyntax.Field)!;
        if (field.Value is not MappingNode { Entries.Count: > 0 } variables)
        {
            problems.Add(field.Value,
                $"found {field.Value.Found}, expected a name and its values, as in `for-each: {{ service: [api, web] }}`");
            return null;
        }
        var rounds = new List<Round> { new([]) };
        foreach (var (name, values) in variables.Entries)
        {
            if (!IsVariable(name) || Values(name.Text, values) is not { } rest)
                return null;
            _variables.Add(name);
            if (rounds.Count * rest.Count > MostRounds)
            {
                problems.Add(field.Key, $"`for-each` makes more than {MostRounds:N0} of this; name fewer values");
                return null;
            }
            rounds = [.. rounds.SelectMany(round => rest.Select(round.And))];
        }
        return rounds;
    }

    private bool IsVariable(ScalarNode name)
    {
        if (!Name().IsMatch(name.Text) || Condition.IsReserved(name.Text))
            problems.Add(name,
                $"found {name.Found}, expected a name of small letters, digits and '_' that has no other meaning, such as 'service'");
        else
            return true;
        return false;
    }

    private List<Round>? Values(string variable, Node node)
    {
        var before = problems.Count;
        IEnumerable<Round?> rounds = node switch
        {
            SequenceNode list => [.. list.Items.Select(item => Text(item) is { } text ? new Round(new() { [variable] = text }) : null)],
            MappingNode map => [.. map.Entries.Select(entry => Named(variable, entry))],
            _ => [],
        };
        if (!rounds.Any())
            problems.Add(node, $"found {node.Found}, expected values, as in [api, web]; without one nothing would be measured");
        var texts = (node as SequenceNode)?.Items.OfType<ScalarNode>() ?? [];
        foreach (var twice in texts.GroupBy(item => item.Text).SelectMany(group => group.Skip(1)))
            problems.Add(twice, $"'{twice.Text}' stands here a second time");
        return problems.Count == before ? [.. rounds.OfType<Round>()] : null;
    }

    private Round? Named(string variable, MappingEntry entry)
    {
        var texts = new Dictionary<string, string> { [variable] = entry.Key.Text };
        if (entry.Value is not MappingNode fields)
        {
            if (Text(entry.Value) is not { } value)
                return null;
            texts[$"{variable}.value"] = value;
            return new(texts);
        }
        foreach (var (field, node) in fields.Entries)
        {
            if (Text(node) is not { } text)
                return null;
            texts[$"{variable}.{field.Text}"] = text;
        }
        return new(texts);
    }

    private string? Text(Node node)
    {
        if (node is ScalarNode { IsNull: false, Text.Length: > 0 } scalar)
            return scalar.Text;
        problems.Add(node, $"found {node.Found}, expected a text or a number");
        return null;
    }

    /// <summary>What is made must have a name each, also if there should once be more than one of it.</summary>
    private bool IsNamedApart(ScalarNode key, IReadOnlyList<Round> rounds, char dash)
    {
        if (rounds.Select(round => Filled(key, round).Text).Distinct().Count() == rounds.Count && Filled(key, rounds[0]) != key)
            return true;
        var variables = string.Join(dash, rounds[0].Texts.Keys.Where(name => !name.Contains('.')).Select(name => $"${{{name}}}"));
        problems.Add(key, $"all that `for-each` makes of this would be called the same; write '{key.Text}{dash}{variables}' or the like");
        return false;
    }

    private Node Filled(Node node, Round round) => node switch
    {
        ScalarNode scalar => Filled(scalar, round),
        SequenceNode list => new SequenceNode(
            list.Source, list.Path, list.Start, list.End, [.. list.Items.Select(item => Filled(item, round))]),
        MappingNode map => Filled(map, round),
        _ => node,
    };

    private MappingNode Filled(MappingNode map, Round round)
    {
        var entries = map.Entries.Select(entry => new MappingEntry(Filled(entry.Key, round), Filled(entry.Value, round))).ToArray();
        foreach (var twice in entries.GroupBy(entry => entry.Key.Text).SelectMany(group => group.Skip(1)))
            problems.Add(twice.Key, $"key '{twice.Key.Text}' comes a second time here once `for-each` is filled in");
        return map.With(entries);
    }

    private ScalarNode Filled(ScalarNode scalar, Round round)
    {
        var matches = Hole().Matches(scalar.Text);
        if (matches.Count == 0)
            return scalar;
        var (text, offsets, at) = (new StringBuilder(), new List<int>(), 0);
        foreach (Match match in matches)
        {
            // A fact, or a variable of the environment: read later.
            if (!round.Texts.ContainsKey(match.Groups["variable"].Value))
                continue;
            if (!round.Texts.TryGetValue(match.Groups["name"].Value, out var value))
            {
                problems.Add(scalar, match.Index, match.Length, Unknown(match, round));
                continue;
            }
            Copy(match.Index);
            text.Append(value);
            // A problem in what was filled in points to the hole.
            offsets.AddRange(Enumerable.Repeat(scalar.OffsetOf(match.Index), value.Length));
            at = match.Index + match.Length;
        }
        if (at == 0)
            return scalar;
        Copy(scalar.Text.Length);
        return scalar.With(text.ToString(), [.. offsets]);

        void Copy(int end)
        {
            text.Append(scalar.Text, at, end - at);
            for (var index = at; index < end; index++)
                offsets.Add(scalar.OffsetOf(index));
        }
    }

    private static string Unknown(Match match, Round round)
    {
        var variable = match.Groups["variable"].Value;
        var known = round.Texts.Keys.Where(name => name == variable || name.StartsWith($"{variable}.", StringComparison.Ordinal));
        return $"'{round.Texts[variable]}' has no '{match.Groups["name"].Value[(variable.Length + 1)..]}' under `for-each`; there "
            + $"{(known.Skip(1).Any() ? "are" : "is")} {string.Join(", ", known.Select(name => $"'${{{name}}}'"))}";
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9_]{0,99}\z")]
    private static partial Regex Name();

    /// <summary>Not one with a second dollar before it, which stands for the characters themselves.</summary>
    [GeneratedRegex(@"(?<!\$)\$\{(?<name>(?<variable>[a-z][a-z0-9_]*)(\.[A-Za-z0-9_-]+)?)\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Hole();

    /// <summary>What is filled in at one time: <c>service</c>, <c>service.port</c>.</summary>
    private sealed record Round(Dictionary<string, string> Texts)
    {
        public Round And(Round other) => new(new Dictionary<string, string>(Texts.Concat(other.Texts)));
    }
}
