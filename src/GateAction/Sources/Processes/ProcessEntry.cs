using System.Globalization;
using System.Text;

namespace GateAction.Sources.Processes;

/// <summary>One running process as Linux's /proc tells of it (proc_pid_stat(5)).</summary>
internal readonly record struct ProcessEntry(int Id, int Parent)
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

    /// <summary>True where the process was started with this text in its environment, or by one that was.</summary>
    public bool IsMarked(string mark) => Read($"/proc/{Id}/environ")?.Contains(mark, StringComparison.Ordinal) ?? false;

    /// <summary>In bytes, from a line such as <c>VmHWM:   1234 kB</c> (proc_pid_status(5)); 0 where it is not there.</summary>
    public static long MemoryOf(int id, string field)
    {
        var line = Read($"/proc/{id}/status")?.Split('\n').FirstOrDefault(text => text.StartsWith(field, StringComparison.Ordinal));
        var digits = line is null ? default : line.AsSpan(field.Length).Trim(": \tkB");
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var kilobytes) ? kilobytes * 1024 : 0;
    }

    // The name in parentheses may hold anything, parentheses and spaces too.
    private static ProcessEntry? Parse(int id, string stat)
    {
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields is [not ("Z" or "X"), var parent, ..] ? new(id, int.Parse(parent, CultureInfo.InvariantCulture)) : null;
    }

    // These files have no size and are read often: what fits the stack is not allocated.
    private static string? Read(string file)
    {
        Span<byte> buffer = stackalloc byte[4096];
        try
        {
            using var handle = File.OpenHandle(file);
            var read = RandomAccess.Read(handle, buffer, 0);
            return read < buffer.Length ? Encoding.UTF8.GetString(buffer[..read]) : File.ReadAllText(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
