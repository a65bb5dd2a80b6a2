using System.Text;

namespace GateAction.Core.Reports.Markdown;

/// <summary>A part of a Markdown report that can be shortened at the borders of its items.</summary>
/// <param name="Name">How the note about what was left out calls it.</param>
/// <param name="Rank">The lower, the longer it is kept when space runs out.</param>
/// <param name="More">What stands in place of the items that were left out, by their number.</param>
internal sealed record Section(string Name, int Rank, string Head, IReadOnlyList<string> Items, string Tail, Func<int, string> More)
{
    public static Section Whole(string name, int rank, string text) => new(name, rank, text, [], "", _ => "");

    /// <summary>As many items as fit; null where not even the frame does.</summary>
    public string? Fit(int maxBytes)
    {
        var all = Bytes(Head) + Items.Sum(Bytes) + Bytes(Tail);
        if (all <= maxBytes)
            return Head + string.Concat(Items) + Tail;
        var left = maxBytes - Bytes(Head) - Bytes(Tail) - Bytes(More(Items.Count));
        var taken = 0;
        while (taken < Items.Count && (left -= Bytes(Items[taken])) >= 0)
            taken++;
        return taken == 0 ? null : Head + string.Concat(Items.Take(taken)) + More(Items.Count - taken) + Tail;
    }

    public static int Bytes(string text) => Encoding.UTF8.GetByteCount(text);
}
