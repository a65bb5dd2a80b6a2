using GateAction.Cel;
using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Surroundings;

namespace GateAction.Commands;

/// <summary><c>gate eval -i</c>: reads a condition, prints its value and how it came to it, until the input ends.</summary>
internal sealed class EvalSession(Shell shell, Scope scope, bool withType)
{
    private const string Help = "Write a condition; :facts lists what it can read, :facts NAME only that probe's, :quit ends.";

    public ExitCode Run()
    {
        if (shell.IsTerminal)
            shell.Out.WriteLine(scope.Variables.Count == 0 ? Help : $"{Help}\nKnown: {string.Join(", ", scope.Variables.Keys)}");
        while (true)
        {
            if (shell.IsTerminal)
                shell.Out.Write("> ");
            shell.Out.Flush();
            if (shell.In.ReadLine() is not { } line || line.Trim() is ":quit" or ":q" or ":exit")
                return ExitCode.Met;
            Answer(line.Trim());
        }
    }

    private void Answer(string line)
    {
        if (line.Length == 0)
            return;
        if (line == ":facts" || line.StartsWith(":facts ", StringComparison.Ordinal))
            List(line[":facts".Length..].Trim());
        else if (line[0] is ':' or '?')
            shell.Out.WriteLine(Help);
        else
            Evaluate(line);
    }

    private void Evaluate(string text)
    {
        var (condition, problems) = Condition.Parse(text);
        if (condition is null)
        {
            shell.Out.WriteLine(Caret.Show(text, problems[0]));
            return;
        }
        var evaluation = condition.Evaluate(scope);
        if (!evaluation.Value.IsError)
            shell.Out.WriteLine(EvalCommand.Format(evaluation.Value, withType));
        if (evaluation.Value.IsError || evaluation.Value.Kind == ValueKind.Bool)
        {
            foreach (var explanation in evaluation.Explanation)
                shell.Out.WriteLine($"  {explanation}");
        }
    }

    private void List(string name)
    {
        if (name.Length > 0 && !scope.Variables.ContainsKey(name))
        {
            shell.Out.WriteLine($"'{name}' is not known{Suggestion.For(name, scope.Variables.Keys)}");
            return;
        }
        foreach (var (variable, value) in scope.Variables.Where(entry => name.Length == 0 || entry.Key == name))
        {
            foreach (var (path, text) in FactPaths.Of(variable, value))
                shell.Out.WriteLine($"{path}  {text}");
            if (scope.Reasons.TryGetValue(variable, out var reason))
                shell.Out.WriteLine($"{variable}  ({reason})");
        }
    }
}
