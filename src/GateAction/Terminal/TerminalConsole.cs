using GateAction.Core.Reports;
using GateAction.Surroundings;
using Spectre.Console;

namespace GateAction.Terminal;

/// <summary>Spectre.Console over the shell's surroundings, and the one way text that others wrote goes into a line.</summary>
internal static class TerminalConsole
{
    public static IAnsiConsole Of(Shell shell, TextWriter output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = shell.IsTerminal || shell.HasColor ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = shell.HasColor ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Width = shell.Width;
        console.Profile.Capabilities.Unicode = true;
        return console;
    }

    /// <summary>The colour of a state, by how it fares.</summary>
    public static string ColorOf(StateWords words) => words.Class switch
    {
        "good" => "green",
        "warn" => "yellow",
        "bad" => "red",
        _ => "grey",
    };

    /// <summary>Data as markup that shows it and nothing else.</summary>
    public static string Safe(string data, int maxLength = 400) => Markup.Escape(Plain(data, maxLength));

    /// <summary>Data as text of one line.</summary>
    public static string Plain(string data, int maxLength = 400) => PlainText.Line(data, maxLength);

    /// <summary>In a workflow every line of output is read for commands; what tests and servers wrote must not be one.</summary>
    public static string ForLog(Shell shell, string text) =>
        shell.IsGitHubActions
        // The runner looks for '::command::' and the older '##[command]' in each line; a zero-width space breaks both and is not seen.
        ? text.Replace("::", ":\u200b:", StringComparison.Ordinal).Replace("##[", "##\u200b[", StringComparison.Ordinal)
        : text;
}
