using Spectre.Console;
using Spectre.Console.Rendering;

namespace GateAction.Terminal;

/// <summary>A paragraph of plain text in several styles, whose every line begins with the indent. Nothing in it is markup and no blanks
/// follow a line.</summary>
internal sealed class Line(int indent = 0) : Renderable
{
    private readonly Paragraph _text = new();
    private readonly Segment _indent = new(new string(' ', indent));

    public Line Add(string text, Style? style = null)
    {
        _text.Append(text, style ?? Style.Plain);
        return this;
    }

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        var line = new List<Segment>();
        foreach (var segment in ((IRenderable)_text).Render(options, Math.Max(1, maxWidth - indent)))
        {
            if (!segment.IsLineBreak)
            {
                line.Add(segment);
                continue;
            }
            foreach (var part in Finish(line))
                yield return part;
            yield return segment;
            line.Clear();
        }
        foreach (var part in Finish(line))
            yield return part;
    }

    private IEnumerable<Segment> Finish(List<Segment> line)
    {
        while (line.Count > 0 && string.IsNullOrWhiteSpace(line[^1].Text))
            line.RemoveAt(line.Count - 1);
        if (line.Count == 0)
            return [];
        var last = line[^1];
        line[^1] = new Segment(last.Text.TrimEnd(' '), last.Style);
        return indent > 0 ? line.Prepend(_indent) : line;
    }
}
