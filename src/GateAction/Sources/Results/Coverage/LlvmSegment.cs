namespace GateAction.Sources.Results.Coverage;

/// <summary>Where a count begins in a source file: it holds until the next segment. The rules are those of LLVM's
/// LineCoverageStats.</summary>
internal readonly record struct LlvmSegment(int Line, bool IsHit, bool HasCount, bool IsEntry, bool IsGap)
{
    private const int MostLines = 5_000_000;

    private bool BeginsRegion => !IsGap && HasCount && IsEntry;

    /// <summary>The lines that can be covered, in order.</summary>
    public static IEnumerable<(int Line, bool IsHit)> Lines(IReadOnlyList<LlvmSegment> segments)
    {
        LlvmSegment? wrapping = null;
        var next = 0;
        var first = segments.Count == 0 ? 1 : segments[0].Line;
        var last = segments.Count == 0 ? 0 : Math.Min(segments[^1].Line, first + MostLines);
        for (var line = first; line <= last; line++)
        {
            var begin = next;
            while (next < segments.Count && segments[next].Line <= line)
                next++;
            if (HitOf(wrapping, segments, begin, next) is { } isHit)
                yield return (line, isHit);
            if (next > begin)
                wrapping = segments[next - 1];
        }
    }

    /// <summary>Null for a line that holds no code.</summary>
    private static bool? HitOf(LlvmSegment? wrapping, IReadOnlyList<LlvmSegment> segments, int begin, int end)
    {
        var isSkipped = end > begin && !segments[begin].HasCount && segments[begin].IsEntry;
        var (begins, hasEntry, isHit) = (false, false, wrapping is { IsHit: true });
        for (var i = begin; i < end; i++)
        {
            hasEntry |= segments[i].IsEntry && segments[i].HasCount;
            begins |= segments[i].BeginsRegion;
            isHit |= segments[i] is { BeginsRegion: true, IsHit: true };
        }
        var isMapped = (!isSkipped && (wrapping is { HasCount: true } || begins)) || hasEntry;
        return isMapped ? isHit : null;
    }
}
