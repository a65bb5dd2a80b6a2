using System.ComponentModel;
using System.Diagnostics;

namespace GateAction.Sources.Processes;

/// <summary>
/// A program and everything that it started: its descendants, and what has left them (a daemon's parent is gone) but still carries the
/// mark in its environment.
/// </summary>
internal sealed class ProcessTree(Process root, string mark)
{
    private const int Rounds = 50;

    /// <summary>The root and its descendants, while they run.</summary>
    public IReadOnlyList<int> Members() => Descendants([.. ProcessEntry.All()]);

    /// <summary>Kills until nothing is left, because what is being killed may start more; returns how many there were.</summary>
    public int Kill()
    {
        var killed = new HashSet<int>();
        for (var round = 0; round < Rounds; round++)
        {
            var all = ProcessEntry.All().ToArray();
            int[] victims = [.. Descendants(all), .. all.Where(entry => entry.IsMarked(mark)).Select(entry => entry.Id)];
            foreach (var victim in victims.Distinct())
            {
                Kill(victim);
                killed.Add(victim);
            }
            if (victims.Length == 0)
                break;
        }
        if (!OperatingSystem.IsLinux() && !root.HasExited)
            root.Kill(entireProcessTree: true);
        return killed.Count;
    }

    private List<int> Descendants(ProcessEntry[] all)
    {
        var children = all.ToLookup(entry => entry.Parent, entry => entry.Id);
        var found = all.Where(entry => entry.Id == root.Id && !root.HasExited).Select(entry => entry.Id).ToList();
        for (var i = 0; i < found.Count; i++)
            found.AddRange(children[found[i]]);
        return found;
    }

    private static void Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It ended before it could be killed.
        }
    }
}
