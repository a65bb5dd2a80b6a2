using System.Runtime.InteropServices;

namespace GateAction.Results;

/// <summary>A hash of a test's name that is the same in every run and on every machine, four characters a step.</summary>
internal static class Identity
{
    private const ulong Seed = 0x9E3779B97F4A7C15;
    private const ulong Prime = 0xD6E8FEB86659FD93;

    public static ulong Of(string suite, string name) => Finish(Append(Append(Seed, suite) ^ Prime, name));

    private static ulong Append(ulong hash, ReadOnlySpan<char> text)
    {
        var words = MemoryMarshal.Cast<char, ulong>(text);
        foreach (var word in words)
            hash = Mix(hash ^ word);
        foreach (var character in text[(words.Length * 4)..])
            hash = Mix(hash ^ character);
        return Mix(hash ^ (ulong)text.Length);
    }

    private static ulong Mix(ulong hash)
    {
        hash *= Prime;
        return hash ^ (hash >> 32);
    }

    private static ulong Finish(ulong hash) => Mix(Mix(hash));
}
