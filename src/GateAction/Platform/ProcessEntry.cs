using System.Globalization;
using System.Text;

namespace GateAction.Platform;

/// <summary>One running process as Linux's /proc tells of it (proc_pid_stat(5)).</summary>
internal readonly record struct ProcessEntry(int Id, int Parent, int Group)
{
    /// <summary>All processes that still run; none where there is no /proc.</summary>
    public static IEnumerable<ProcessEntry> All()
    {
        if (!OperatingSystem.IsLinux())
            yield break;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && Read($"{folder}/stat") is { } stat
                && Parse(id, stat) is { } entry)
            {
                yield return entry;
            }
        }
    }

    /// <summary>What a process has started, and what that has started: none of it can leave a process that adopts orphans.</summary>
    public static IReadOnlyList<ProcessEntry> Below(int root)
    {
        var children = All().ToLookup(entry => entry.Parent);
        var found = children[root].ToList();
        for (var i = 0; i < found.Count; i++)
            found.AddRange(children[found[i].Id]);
        return found;
    }

    /// <summary>In bytes, from a line such as <c>VmHWM:   1234 kB</c> (proc_pid_status(5)); 0 where it is not there.</summary>
    public static long MemoryOf(int id, string field) =>
        long.TryParse(StatusOf($"{id}", field).Trim(" kB"), NumberStyles.None, CultureInfo.InvariantCulture, out var kilobytes) ? kilobytes * 1024 : 0;

    /// <summary>The signals that this process ignores, the first in the lowest bit.</summary>
    public static ulong IgnoredSignals() =>
        ulong.TryParse(StatusOf("self", "SigIgn"), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var set) ? set : 0;

    private static ReadOnlySpan<char> StatusOf(string id, string field)
    {
        var line = Read($"/proc/{id}/status")?.Split('\n').FirstOrDefault(text => text.StartsWith(field, StringComparison.Ordinal));
        return line is null ? default : line.AsSpan(field.Length).Trim(": \t");
    }

    // The name in parentheses may hold anything, parentheses and spaces too.
    private static ProcessEntry? Parse(int id, string stat)
    {
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields is [not ("Z" or "X"), var parent, var group, ..]
            ? new(id, int.Parse(parent, CultureInfo.InvariantCulture), int.Parse(group, CultureInfo.InvariantCulture))
            : null;
    }

    // These files have no size and are read often: what fits the stack is not allocated.
    private static string? Read(string file)
    {
        Span<byte> buffer = stackalloc byte[4096];
        try
        {
            using var handle = File.OpenHandle(file);
            return Encoding.UTF8.GetString(buffer[..RandomAccess.Read(handle, buffer, 0)]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
