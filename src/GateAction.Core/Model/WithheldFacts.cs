using System.Globalization;
using GateAction.Cel.Values;

namespace GateAction.Core.Model;

/// <summary>
/// Which of the facts of a document are masked, as JSON pointers (RFC 6901): a text of three stars may also be what a server sent. Where a
/// name is masked, the pointer leads to what stood under it.
/// </summary>
internal static class WithheldFacts
{
    /// <summary>Null if nothing is masked.</summary>
    public static IReadOnlyList<string>? In(Value facts)
    {
        var pointers = new List<string>();
        Find(facts, [], pointers);
        return pointers.Count == 0 ? null : pointers;
    }

    public static Value Mark(Value facts, IReadOnlyList<string>? pointers)
    {
        if (pointers is not { Count: > 0 })
            return facts;
        var root = new Place();
        foreach (var pointer in pointers)
            // In this order (RFC 6901, 4): the other way round '~01' would become a slash.
            root.Add(pointer.Split('/').Skip(1).Select(name => name.Replace("~1", "/").Replace("~0", "~")));
        return root.Applied(facts);
    }

    /// <param name="path">Names of maps, or places in lists.</param>
    private static void Find(Value value, Stack<(string? Name, int Index)> path, List<string> pointers)
    {
        if (value.IsWithheld)
        {
            pointers.Add(string.Concat(path.Reverse()
                .Select(part => $"/{part.Name?.Replace("~", "~0").Replace("/", "~1") ?? Text(part.Index)}")));
        }
        else if (value.Kind == ValueKind.List)
        {
            for (var i = 0; i < value.AsList.Count; i++)
                Below((null, i), value.AsList[i]);
        }
        else if (value.Kind == ValueKind.Map)
        {
            foreach (var (key, item) in value.AsMap.Entries)
                Below((key.AsString, 0), item);
        }

        void Below((string?, int) part, Value item)
        {
            path.Push(part);
            Find(item, path, pointers);
            path.Pop();
        }
    }

    private static string Text(int index) => index.ToString(CultureInfo.InvariantCulture);

    private sealed class Place
    {
        private readonly Dictionary<string, Place> _below = new(StringComparer.Ordinal);

        public void Add(IEnumerable<string> path)
        {
            var place = this;
            foreach (var name in path)
            {
                if (!place._below.TryGetValue(name, out var next))
                    place._below.Add(name, next = new());
                place = next;
            }
        }

        public Value Applied(Value value) => value.Kind switch
        {
            // A document that was changed may point to what is no text: that is hidden all the same.
            _ when _below.Count == 0 => Value.Withheld(value.Kind == ValueKind.String ? value.AsString : Withheld.Mark),
            ValueKind.List => Value.List(value.AsList.Select((item, index) => Applied(Text(index), item)).ToArray()),
            ValueKind.Map => Value.Map(new ValueMap(value.AsMap.Entries
                .Select(entry => KeyValuePair.Create(Name(entry.Key), Applied(entry.Key.AsString, entry.Value))))),
            _ => value,
        };

        private Value Applied(string name, Value item) => _below.TryGetValue(name, out var place) ? place.Applied(item) : item;

        private Value Name(Value key) => _below.TryGetValue(key.AsString, out var place) && place._below.Count == 0
            && key.AsString.Contains(Withheld.Mark, StringComparison.Ordinal) ? Value.Withheld(key.AsString) : key;
    }
}
