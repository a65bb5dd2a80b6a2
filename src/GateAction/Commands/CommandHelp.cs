using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using GateAction.Cel.Values;

namespace GateAction.Commands;

/// <summary>The library's help, and below it what the exit codes mean.</summary>
internal sealed class CommandHelp(HelpAction help, TextWriter output) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public static void AddTo(RootCommand root, TextWriter output)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        option.Action = new CommandHelp((HelpAction)option.Action!, output);
    }

    /// <summary>One sentence on what is wrong with the command line; null where nothing is.</summary>
    public static string? WhyNot(ParseResult parseResult)
    {
        if (parseResult.Errors is not [var error, ..] || parseResult.Action is CommandHelp)
            return null;
        var command = parseResult.CommandResult.Command;
        var call = command is RootCommand ? "gate" : $"gate {command.Name}";
        string[] accepted = [.. command.Subcommands.Select(known => known.Name), .. command.Options.Select(known => known.Name)];
        var sentence = parseResult.UnmatchedTokens is [var token, ..]
            ? $"'{token}' is none of its commands and options{Suggestion.For(token, accepted)}"
            : command is RootCommand ? $"a command is missing{Suggestion.For("", command.Subcommands.Select(known => known.Name))}"
            : error.Message.TrimEnd('.');
        return $"{sentence}; see '{call} --help'";
    }

    public override int Invoke(ParseResult parseResult)
    {
        var result = help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is not GateCommand command)
            return result;
        output.WriteLine("Exit codes:");
        foreach (var (code, meaning) in command.ExitCodes)
            output.WriteLine($"  {code}  {meaning}");
        return result;
    }
}
