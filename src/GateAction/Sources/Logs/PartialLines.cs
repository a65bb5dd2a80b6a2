using System.Text;

namespace GateAction.Sources.Logs;

/// <summary>
/// Puts lines together again that a container's runtime wrote in parts, because they were longer than its buffer: CRI marks each part but
/// the last with a P, Docker leaves the line end out. Parts of stdout and stderr may stand between each other.
/// </summary>
internal sealed class PartialLines
{
    // Docker's buffer is 16 KiB; a shorter line without its end is whole.
    private const int DockerPart = 16_000;
    private const int Head = 64;
    private const string DockerStart = "{\"log\":\"";
    private const string DockerStream = "\",\"stream\":\"";
    private readonly StringBuilder _stdout = new();
    private readonly StringBuilder _stderr = new();

    /// <summary>How many lines were too long even so.</summary>
    public int Cut { get; private set; }

    /// <summary>False where the line is a part and others follow; true otherwise, with what came before it in front.</summary>
    public bool TryJoin(ref ReadOnlySpan<char> line)
    {
        if (PartOf(line, out var isLast, out var start, out var end) is not { } parts || (isLast && parts.Length == 0))
            return true;
        // The first part brings the head; CRI's mark comes to be that of a whole line.
        if (parts.Length == 0)
            parts.Append(line[..start]).Replace(" P ", " F ");
        if (parts.Length + end - start > LineReader.MaxLength)
        {
            Cut++;
            end = Math.Max(start, start + LineReader.MaxLength - parts.Length);
        }
        parts.Append(line[start..end]);
        if (!isLast)
            return false;
        line = parts.ToString();
        parts.Clear();
        return true;
    }

    /// <summary>What is left of lines whose last part did not come.</summary>
    public IEnumerable<string> Rest() => new[] { _stdout, _stderr }.Where(parts => parts.Length > 0).Select(parts => parts.ToString());

    private StringBuilder? PartOf(ReadOnlySpan<char> line, out bool isLast, out int start, out int end)
    {
        (isLast, start, end) = (true, 0, line.Length);
        var head = line[..Math.Min(Head, line.Length)];
        var isError = head.IndexOf(" stderr ") > 0;
        var stream = isError ? head.IndexOf(" stderr ") : head.IndexOf(" stdout ");
        if (stream <= 0 || !char.IsAsciiDigit(line[0]) || line[(stream + 8)..] is not ['F' or 'P', ' ', ..])
            return DockerPartOf(line, out isLast, out start, out end);
        (isLast, start) = (line[stream + 8] == 'F', stream + 10);
        return isError ? _stderr : _stdout;
    }

    // {"log":"…","stream":"stdout","time":"…"}: the parts are put together inside of the first quotation marks.
    private StringBuilder? DockerPartOf(ReadOnlySpan<char> line, out bool isLast, out int start, out int end)
    {
        (isLast, start, end) = (true, DockerStart.Length, line.Length);
        var close = line.StartsWith(DockerStart) ? line.LastIndexOf(DockerStream) : -1;
        if (close < start)
            return null;
        isLast = close - start < DockerPart || line[start..close].EndsWith("\\n");
        end = isLast ? end : close;
        return line[(close + DockerStream.Length)..].StartsWith("stderr") ? _stderr : _stdout;
    }
}
