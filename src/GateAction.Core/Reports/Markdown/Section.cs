using System.Text;

namespace GateAction.Core.Reports.Markdown;

/// <summary>A part of a Markdown report that can be shortened at the borders of its items.</summary>
internal sealed class Section
{
    private readonly string _head;
    private readonly string[] _items;
    private readonly string _tail;
    private readonly Func<int, MarkdownText> _more;

    /// <param name="name">How the note about what was left out calls it.</param>
    /// <param name="rank">The lower, the longer it is kept when space runs out.</param>
    /// <param name="more">What stands in place of the items that were left out, by their number.</param>
    public Section(
        string name, int rank, MarkdownText head, IEnumerable<MarkdownText> items, MarkdownText tail, Func<int, MarkdownText> more)
    {
        (Name, Rank, _more) = (name, rank, more);
        (_head, _items, _tail) = (head.ToString(), [.. items.Select(item => item.ToString())], tail.ToString());
    }

    public string Name { get; }

    public int Rank { get; }

    public static Section Whole(string name, int rank, MarkdownText text) => new(name, rank, text, [], $"", _ => $"");

    /// <summary>As many items as fit; null where not even the frame does.</summary>
    public string? Fit(int maxBytes)
    {
        var all = Bytes(_head) + _items.Sum(Bytes) + Bytes(_tail);
        if (all <= maxBytes)
            return _head + string.Concat(_items) + _tail;
        var left = maxBytes - Bytes(_head) - Bytes(_tail) - Bytes(More(_items.Length));
        var taken = 0;
        while (taken < _items.Length && (left -= Bytes(_items[taken])) >= 0)
            taken++;
        return taken == 0 ? null : _head + string.Concat(_items.Take(taken)) + More(_items.Length - taken) + _tail;
    }

    public static int Bytes(string text) => Encoding.UTF8.GetByteCount(text);

    private string More(int left) => _more(left).ToString();
}
