using System.Collections.Concurrent;

namespace GateAction.Tests.Sources;

/// <summary>What each kind says of each fault. A cell is measured once, for its own test and for the table's.</summary>
internal sealed class FailureTable<T>
{
    private readonly ConcurrentDictionary<(string Kind, string Fault), Lazy<Task<T>>> _cells = new();

    public Task<T> CellAsync((string Kind, string Fault) row, Func<Task<T>> measure) => _cells.GetOrAdd(row, _ => new(measure)).Value;
}

/// <inheritdoc cref="FailureTable{T}"/>
internal static class FailureTable
{
    private const int AtOnce = 4;

    /// <summary>A line a cell, in order.</summary>
    public static async Task<string> ReadAsync(IEnumerable<(string Kind, string Fault)> rows,
        Func<(string Kind, string Fault), Task<string>> say)
    {
        var cells = new ConcurrentBag<(string Name, string Sentence)>();
        await Parallel.ForEachAsync(rows, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (row, _) =>
            cells.Add(($"{row.Kind} | {row.Fault}", await say(row))));
        return string.Concat(cells.OrderBy(cell => cell.Name, StringComparer.Ordinal).Select(cell => $"{cell.Name}: {cell.Sentence}\n"));
    }
}
