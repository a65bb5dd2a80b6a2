using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using GateAction.Cel.Values;
using GateAction.Surroundings;

namespace GateAction.Commands;

/// <summary>The library's help, and below it what the exit codes mean.</summary>
internal sealed class CommandHelp(HelpAction help, TextWriter output) : SynchronousCommandLineAction
{
    // 'gate run --hlep --help' asks for help; what else is wrong matters to nobody then.
    public override bool ClearsParseErrors => true;

    public static void AddTo(RootCommand root, TextWriter output)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        option.Action = new CommandHelp((HelpAction)option.Action!, output);
    }

    /// <summary>One sentence on what is wrong with the command line; null if nothing is.</summary>
    public static string? WhyNot(ParseResult parseResult)
    {
        var command = parseResult.CommandResult.Command;
        var call = command is RootCommand ? "gate" : $"gate {command.Name}";
        var isHelp = parseResult.Action is CommandHelp;
        if (isHelp && !(command is RootCommand && parseResult.UnmatchedTokens.Count > 0))
            return null;
        if (!isHelp && Misspelt(parseResult) is { } option)
            return $"{Unmatched(command, call, option)}; see '{call} --help'";
        if (!isHelp && parseResult.Errors is [])
            return null;
        var commands = command.Subcommands.Select(known => known.Name);
        var sentence = parseResult.UnmatchedTokens is [var token, ..] ? Unmatched(command, call, token)
            : command is RootCommand ? $"a command is missing{Suggestion.For("", commands)}"
            : command.Arguments.FirstOrDefault(argument => parseResult.GetResult(argument) is null or { Tokens.Count: 0 }
                && argument.Arity.MinimumNumberOfValues > 0) is { } missing
                ? $"'{call}' needs {missing.Name}: {missing.Description!.TrimEnd('.')}"
                : parseResult.Errors[0].Message.TrimEnd('.');
        return $"{sentence}; see '{call} --help'";
    }

    /// <summary>An option that there is not, and that would be taken for a file. A condition may begin with a minus.</summary>
    private static string? Misspelt(ParseResult parseResult) => parseResult.CommandResult.Command.Arguments
        .Where(argument => argument.Name != EvalCommand.Expression)
        .SelectMany(argument => parseResult.GetResult(argument)?.Tokens ?? [])
        // Behind '--' a word that begins with a minus is a file's name.
        .Intersect(parseResult.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash))
        .FirstOrDefault(token => token.Value is ['-', _, ..])?.Value;

    /// <summary>True if the command line asks for JSON, also if it is wrong otherwise.</summary>
    public static bool AsksForJson(ParseResult parseResult) => parseResult.Action is not CommandHelp
        && (parseResult.CommandResult.Command.Options.OfType<Option<bool>>().FirstOrDefault(known => known.Name == JsonAnswer.Option)
            is { } option && parseResult.GetResult(option) is { } given && !given.Errors.Any()
            ? parseResult.GetValue(option)
            : parseResult.Errors.Count > 0 && parseResult.Tokens.TakeWhile(token => token.Value != "--")
                .Any(token => token.Value == JsonAnswer.Option));

    private static string Unmatched(Command command, string call, string token)
    {
        var options = command.Options.Select(known => known.Name);
        if (token is "-v" or "-V" or "version" && command is RootCommand)
            return $"'{token}' is none of its options; write 'gate --version'";
        if (token.StartsWith('-'))
            return $"'{call}' has no option '{token}'{Suggestion.For(token, options)}";
        if (command.Subcommands.Count > 0)
            return $"there is no command '{token}'{Suggestion.For(token, command.Subcommands.Select(known => known.Name))}";
        if (command.Arguments.Any(argument => argument.Name == "MANIFEST"))
            return $"'{call}' takes one manifest, and '{token}' is one more word; run it once for each";
        return options.Contains("--manifest") && Path.GetExtension(token) is ".yml" or ".yaml"
            ? $"'{call}' takes its manifest as an option; write '{call} --manifest {token}'"
            : $"'{call}' does not know what '{token}' is{Suggestion.For(token, options)}";
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

/// <summary>A command whose help names its exit codes.</summary>
internal sealed class GateCommand(string name, string description, params IReadOnlyList<(int Code, string Meaning)> exitCodes)
    : Command(name, description)
{
    /// <summary>Those of every command that ends in a verdict.</summary>
    public static readonly IReadOnlyList<(int Code, string Meaning)> OfVerdict =
    [
        (0, "met: passed or warned"),
        (1, "failed"),
        (2, "the manifest or an input is wrong"),
        (3, "inconclusive: a required criterion could not be measured"),
        (4, "decided but not published, or the gate itself failed"),
    ];

    public IReadOnlyList<(int Code, string Meaning)> ExitCodes { get; } = exitCodes;
}
