using System.Text;

namespace GateAction.Core.Reports.Html;

/// <summary>One figure of several runs as a small picture, oldest on the left.</summary>
internal static class TrendPicture
{
    private const double Width = 480;
    private const double Height = 88;
    private const double MarkHeight = 18;
    private const double WidestStep = 36;

    /// <param name="Value">Null where the run has none.</param>
    /// <param name="Fill">The class of its colour.</param>
    /// <param name="Mark">Says below the bar what its colour says.</param>
    /// <param name="Words">For whoever points at it.</param>
    public sealed record Point(double? Value, string Fill, string Mark, string Words);

    public static string Bars(IReadOnlyList<Point> points, double top, string words)
    {
        var step = StepOf(points);
        var hasMarks = points.Any(point => point.Mark.Length > 0);
        var content = new StringBuilder(Ground);
        foreach (var (index, point) in points.Index())
        {
            var height = Height * (point.Value ?? 0) / Math.Max(top, double.Epsilon);
            var x = index * step;
            content.Append(
                $"<g><title>{HtmlText.Line(point.Words)}</title><rect class=\"{point.Fill}\" x=\"{x:0.#}\" y=\"{Height - height:0.#}\" "
                + $"width=\"{Math.Max(1, step - 3):0.#}\" height=\"{height:0.#}\" rx=\"2\"/>");
            content.Append(hasMarks
                && step >= 12
                ? $"<text class=\"mark\" x=\"{x + ((step - 3) / 2):0.#}\" y=\"{Height + 14:0}\">{point.Mark}</text></g>"
                : "</g>");
        }
        return Figure(content, Height + (hasMarks ? MarkHeight : 2), words);
    }

    /// <summary>From zero to the largest; a gap where a run has no value.</summary>
    public static string Line(IReadOnlyList<Point> points, string words)
    {
        var step = StepOf(points);
        var top = Math.Max(points.Max(point => point.Value) ?? 0, double.Epsilon);
        var path = new StringBuilder();
        var dots = new StringBuilder();
        var isDrawing = false;
        foreach (var (index, point) in points.Index())
        {
            var x = (index * step) + 5;
            var y = Height - ((Height - 8) * (point.Value ?? 0) / top);
            if (point.Value is not null)
                path.Append($"{(isDrawing ? 'L' : 'M')}{x:0.#} {y:0.#}");
            isDrawing = point.Value is not null;
            dots.Append(
                $"<g><title>{HtmlText.Line(point.Words)}</title><circle class=\"{point.Fill}\" cx=\"{x:0.#}\" "
                + $"cy=\"{(point.Value is null ? Height - 3 : y):0.#}\" r=\"3.5\"/></g>");
        }
        return Figure(new StringBuilder(Ground).Append($"<path class=\"line\" d=\"{path}\"/>").Append(dots), Height + 2, words);
    }

    private static string Ground => $"<rect class=\"f-track\" x=\"0\" y=\"{Height:0}\" width=\"{Width:0}\" height=\"1\"/>";

    private static double StepOf(IReadOnlyList<Point> points) => Math.Min(WidestStep, Width / points.Count);

    private static string Figure(StringBuilder content, double height, string words) =>
        $"<figure><figcaption>{HtmlText.Line(words)}</figcaption><svg viewBox=\"0 0 {Width:0} {height:0}\" role=\"img\" "
        + $"aria-label=\"{HtmlText.Line(words)}\">{content}</svg></figure>\n";
}
