using System.Text;

namespace GateAction.Terminal;

/// <summary>
/// Lines that are drawn over each other. Between two drawings the cursor stands at the beginning of the line below them: what a terminal
/// echoes of Ctrl-C stands there, moves nothing, and is wiped away by the next one.
/// </summary>
internal sealed class LiveScreen(TextWriter output)
{
    private const string NoWrap = "\u001b[?7l";
    private const string Wrap = "\u001b[?7h";
    private const string ToEndOfLine = "\u001b[K";
    private const string ToEndOfScreen = "\u001b[J";
    private int _drawn;

    /// <param name="lines">Fewer than the terminal has.</param>
    public void Draw(IReadOnlyList<string> lines)
    {
        // A window that was made narrower would break a line, and the next drawing begin too low.
        var text = new StringBuilder(NoWrap).Append('\r');
        if (_drawn > 0)
            text.Append($"\u001b[{_drawn}A");
        foreach (var line in lines)
            text.Append(line).Append(ToEndOfLine).Append('\n');
        output.Write(text.Append(ToEndOfScreen).Append(Wrap).ToString());
        output.Flush();
        _drawn = lines.Count;
    }
}
