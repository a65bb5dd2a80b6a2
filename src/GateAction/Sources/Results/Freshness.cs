using System.Globalization;
using GateAction.Cel.Values;
using GateAction.Syntax;

namespace GateAction.Sources.Results;

/// <summary>Whether files are of this run, by the time they were last written.</summary>
internal static class Freshness
{
    /// <summary>The earliest time a file may have; null where nothing was asked.</summary>
    public static (DateTimeOffset? Oldest, string? Fault) Resolve(Template? newerThan, DateTimeOffset startedAt, Scope scope)
    {
        if (newerThan is null)
            return (null, null);
        var (text, fault) = newerThan.Resolve(scope);
        if (text is null)
            return (null, $"newer-than: {fault}");
        if (DurationNotation.TryParse(text, out var age))
            return (startedAt - age, null);
        // A time without a zone is UTC, so that a manifest means the same on every machine.
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? (time, null)
            : (null, $"newer-than: '{text}' is neither a duration such as 2h nor a timestamp such as 2027-03-31T10:00:00Z");
    }

    /// <summary>How far a file server's clock may be ahead of this machine's.</summary>
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(1);

    public static void Check(ResultRun run, IReadOnlyList<string> paths, DateTimeOffset? oldest, DateTimeOffset now)
    {
        if (oldest is not { } limit)
            return;
        foreach (var (file, path) in run.Files.Zip(paths))
        {
            var written = new DateTimeOffset(File.GetLastWriteTimeUtc(path), TimeSpan.Zero);
            if (written < limit)
                file.Add(Severity.Error,
                    $"was written at {UnitText.Second(written)}, before {UnitText.Second(limit)}: it is from an earlier run");
            else if (written > now + ClocksDiffer)
                file.Add(Severity.Error, $"was written at {UnitText.Second(written)}, which is yet to come: its time says nothing");
        }
    }
}
