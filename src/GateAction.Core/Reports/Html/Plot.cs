namespace GateAction.Core.Reports.Html;

/// <summary>The frame of a chart of latencies: its axis with round values, and the lines of limits and percentiles. Measures are those of
/// the drawing, which grows and shrinks with the page.</summary>
internal sealed record Plot(LatencyScale Scale, bool IsUpright)
{
    public const double Width = 400;
    public const double Height = 170;
    public const double Left = 44;
    public const double Right = Width - 8;
    public const double Bottom = Height - 22;

    /// <summary>Room for the names of lines that stand beside each other.</summary>
    public double Top => IsUpright ? 14 : 34;

    public double XOf(double seconds) => Left + ((Right - Left) * Scale.At(seconds));

    public double YOf(double seconds) => Bottom - ((Bottom - Top) * Scale.At(seconds));

    /// <param name="words">What it shows, for whoever does not see it.</param>
    public Html Figure(Html content, Html caption, string words) =>
        $"<figure><svg viewBox=\"0 0 {Width:0} {Height:0}\" role=\"img\" aria-label=\"{words}\">{Axis()}{content}</svg>"
        + $"<figcaption>{caption}</figcaption></figure>\n";

    /// <summary>A line across at a latency.</summary>
    /// <param name="row">Below each other where names stand beside each other.</param>
    public Html Line(double seconds, string name, string style, int row = 0)
    {
        if (IsUpright)
        {
            var y = YOf(seconds);
            return $"<path class=\"{style}\" d=\"M{Left:0} {y:0.#}H{Right:0}\"/><text class=\"{style} end\" x=\"{Right:0}\" "
                + $"y=\"{(y < Top + 10 ? y + 11 : y - 3):0.#}\">{name}</text>";
        }
        var x = XOf(seconds);
        var isLeft = x > (Left + Right) / 2;
        Html side = isLeft ? $" end" : Html.Empty;
        return $"<path class=\"{style}\" d=\"M{x:0.#} {(row * 11) + 2:0}V{Bottom:0}\"/><text class=\"{style}{side}\" "
            + $"x=\"{(isLeft ? x - 3 : x + 3):0.#}\" y=\"{(row * 11) + 10:0}\">{name}</text>";
    }

    private Html Axis()
    {
        Html Tick(double tick)
        {
            if (IsUpright)
                return $"<path class=\"grid\" d=\"M{Left:0} {YOf(tick):0.#}H{Right:0}\"/><text class=\"muted end\" x=\"{Left - 5:0}\" "
                    + $"y=\"{YOf(tick) + 4:0.#}\">{LatencyScale.Text(tick)}</text>";
            var anchor = XOf(tick) > Right - 12 ? "end" : "middle";
            return $"<path class=\"grid\" d=\"M{XOf(tick):0.#} {Bottom:0}v4\"/><text class=\"muted {anchor}\" x=\"{XOf(tick):0.#}\" "
                + $"y=\"{Height - 6:0}\">{LatencyScale.Text(tick)}</text>";
        }

        return $"{Html.Each(Scale.Ticks, Tick)}<path class=\"grid\" d=\"M{Left:0} {Bottom:0}H{Right:0}\"/>";
    }
}
