using System.CommandLine;
using GateAction.Cel;
using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Surroundings;

namespace GateAction.Commands;

/// <summary><c>gate eval</c>: one condition, its value as JSON on the output, and how it came to it on the error output.</summary>
internal static class EvalCommand
{
    /// <summary>The name of its argument.</summary>
    public const string Expression = "EXPR";

    public static Command Create(Shell shell)
    {
        var expression = new Argument<string?>(Expression)
        { Description = "A condition (docs/conditions.md); '-' reads it from the input", Arity = ArgumentArity.ZeroOrOne };
        var evidence = new Option<string?>("--evidence") { Description = "File whose facts the condition reads", HelpName = "FILE" };
        var baseline = new Option<string?>("--baseline")
        { Description = "Evidence of the base branch, read as 'baseline'", HelpName = "FILE" };
        var set = new Option<string[]>("--set")
        {
            Description = "A variable, as JSON or as an expression without variables; may be given many times",
            HelpName = "NAME=VALUE",
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false,
        };
        var type = new Option<bool>("--type")
        { Description = "Print {\"type\": …, \"value\": …} with the type's name in CEL", Arity = ArgumentArity.Zero };
        var interactive = new Option<bool>("--interactive", "-i")
        { Description = "Read condition after condition; ':facts' lists what they can read", Arity = ArgumentArity.Zero };
        var command = new GateCommand(
            "eval",
            "Evaluates one condition and prints its value as JSON.",
            (0, "a value, whatever it is"),
            (2, "the expression or an input is wrong"),
            (3, "it ends in an error, such as a fact that is missing")) { expression, evidence, baseline, set, type, interactive };
        command.SetAction(parse =>
        {
            var scope = EvalScope.Read(shell, parse.GetValue(evidence), parse.GetValue(baseline), parse.GetValue(set) ?? []);
            if (parse.GetValue(interactive))
                return (int)new EvalSession(shell, scope, parse.GetValue(type)).Run();
            return (int)Evaluate(shell, Text(shell, parse.GetValue(expression)), scope, parse.GetValue(type));
        });
        return command;
    }

    /// <summary>Throws <see cref="GateException"/> with the source line and a caret if the text is not a condition.</summary>
    public static Condition Parse(string text)
    {
        var (condition, problems) = Condition.Parse(text);
        return condition ?? throw new GateException(Caret.Show(text, problems[0]));
    }

    public static string Format(Value value, bool withType) => withType
        ? $"{{\"type\":{ValueJson.Write(Value.String(value.TypeName))},\"value\":{ValueJson.Write(value)}}}"
        : ValueJson.Write(value);

    private static ExitCode Evaluate(Shell shell, string text, Scope scope, bool withType)
    {
        var evaluation = Parse(text).Evaluate(scope);
        if (evaluation.Value.IsError)
            throw new GateException(string.Join('\n', evaluation.Explanation), ExitCode.Inconclusive);
        shell.Out.WriteLine(Format(evaluation.Value, withType));
        // On the error output, so that a script reads the value alone.
        if (evaluation.Support.Count > 0 && evaluation.Value.Kind == ValueKind.Bool)
        {
            foreach (var line in evaluation.Explanation)
                shell.Error.WriteLine(line);
        }
        return ExitCode.Met;
    }

    private static string Text(Shell shell, string? expression) => expression switch
    {
        null => throw new GateException(
            "'gate eval' takes a condition, as in gate eval 'backend.status == 200' --evidence FILE, or -i to be asked"),
        "-" => new StreamReader(shell.OpenInput()).ReadToEnd().TrimEnd('\n', '\r'),
        _ => expression,
    };
}

/// <summary>A problem with the line it stands in and a caret under its place.</summary>
internal static class Caret
{
    private const int Width = 100;

    public static string Show(string text, ConditionProblem problem)
    {
        if (string.IsNullOrWhiteSpace(text))
            return problem.Message;
        var start = problem.Start == 0 ? 0 : text.LastIndexOf('\n', Math.Min(problem.Start, text.Length) - 1) + 1;
        var end = text.IndexOf('\n', start) is var found and >= 0 ? found : text.Length;
        var column = Math.Min(problem.Start, end) - start;
        var line = text[start..end].TrimEnd('\r');
        var first = Math.Max(0, column - Width / 2);
        // A tab is as wide as the terminal likes, and the caret would stand elsewhere.
        var shown = line[first..Math.Min(line.Length, first + Width)].Replace('\t', ' ');
        var length = Math.Clamp(problem.Length, 1, Math.Max(1, shown.Length - (column - first)));
        return $"{problem.Message}\n  {shown}\n  {new string(' ', column - first)}{new string('^', length)}";
    }
}
