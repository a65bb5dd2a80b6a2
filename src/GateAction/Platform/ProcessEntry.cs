using System.Globalization;
using System.Text;

namespace GateAction.Platform;

/// <summary>One running process as Linux's /proc tells of it (proc_pid_stat(5)).</summary>
internal readonly record struct ProcessEntry(int Id, int Parent, int Group)
{
    /// <summary>These files are shorter.</summary>
    private const int Most = 4096;

    /// <summary>All processes that still run; none if there is no /proc.</summary>
    public static IEnumerable<ProcessEntry> All()
    {
        if (!OperatingSystem.IsLinux())
            yield break;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && ReadEntry(id) is { } entry)
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

    /// <summary>In bytes, from a line such as <c>VmHWM:   1234 kB</c> (proc_pid_status(5)); 0 if it is not there.</summary>
    public static long MemoryOf(int id, string field) =>
        long.TryParse(StatusOf($"{id}", field).AsSpan().Trim(" kB"), NumberStyles.None, CultureInfo.InvariantCulture, out var kilobytes)
        ? kilobytes * 1024
        : 0;

    /// <summary>The signals that this process ignores, the first in the lowest bit.</summary>
    public static ulong IgnoredSignals() =>
        ulong.TryParse(StatusOf("self", "SigIgn"), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var set) ? set : 0;

    private static string StatusOf(string id, string field)
    {
        Span<byte> buffer = stackalloc byte[Most];
        var status = buffer[..Read($"/proc/{id}/status", buffer)];
        foreach (var range in status.Split((byte)'\n'))
        {
            var line = status[range];
            if (line.Length > field.Length && Encoding.UTF8.GetString(line[..field.Length]) == field)
                return Encoding.UTF8.GetString(line[field.Length..]).Trim(':', ' ', '\t');
        }
        return "";
    }

    // Looked at often: nothing but the entry itself is kept.
    private static ProcessEntry? ReadEntry(int id)
    {
        Span<byte> buffer = stackalloc byte[Most];
        var stat = buffer[..Read($"/proc/{id}/stat", buffer)];
        // The name in parentheses may hold anything, parentheses and spaces too.
        Span<byte> rest = stat[(stat.LastIndexOf((byte)')') + 1)..];
        Span<Range> fields = stackalloc Range[5];
        // A zombie (Z) and a dead one (X) run no more; they wait for whoever started them.
        if (SplitAtSpaces(rest, fields) < 4 || rest[fields[0]] is [(byte)'Z' or (byte)'X'])
            return null;
        return new(id, int.Parse(rest[fields[1]], CultureInfo.InvariantCulture), int.Parse(rest[fields[2]], CultureInfo.InvariantCulture));
    }

    private static int SplitAtSpaces(ReadOnlySpan<byte> text, Span<Range> fields)
    {
        var count = 0;
        for (var at = 0; at < text.Length && count < fields.Length;)
        {
            var length = text[at..].IndexOf((byte)' ') is >= 0 and var found ? found : text.Length - at;
            if (length > 0)
                fields[count++] = at..(at + length);
            at += length + 1;
        }
        return count;
    }

    /// <summary>How much was read; nothing if the process has ended or may not be looked at.</summary>
    private static int Read(string file, Span<byte> buffer)
    {
        try
        {
            using var handle = File.OpenHandle(file);
            return RandomAccess.Read(handle, buffer, 0);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
