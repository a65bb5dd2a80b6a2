using GateAction.Cel;
using GateAction.Cel.Values;

namespace GateAction.Syntax;

/// <summary>
/// Reads <c>${NAME}</c>, <c>${NAME:-default}</c> and <c>${probe.fact}</c> in a text; <c>$${</c> is a plain <c>${</c>. What has a dot or an
/// index is a fact, a bare name is a variable.
/// </summary>
internal sealed class TemplateParser(ScalarNode node, Reading reading)
{
    private readonly List<TemplatePart> _parts = [];
    private bool _isWhole = true;

    /// <summary>Null if a problem was reported.</summary>
    public Template? Parse()
    {
        var text = node.Text;
        var at = 0;
        while (at < text.Length)
        {
            var dollar = text.IndexOf("${", at, StringComparison.Ordinal);
            if (dollar < 0)
                break;
            if (dollar > at && text[dollar - 1] == '$')
            {
                Append(text[at..(dollar - 1)] + "${");
                at = dollar + 2;
                continue;
            }
            Append(text[at..dollar]);
            if (text.AsSpan(dollar).StartsWith("${{"))
                return RefuseExpression(dollar);
            var end = text.IndexOf('}', dollar);
            if (end < 0)
                return Refuse(dollar, text.Length - dollar,
                    "'${' is never closed; write '${NAME}', or '$${' for the characters themselves");
            ReadReference(dollar, end);
            at = end + 1;
        }
        Append(text[at..]);
        return _isWhole ? new(text, _parts, node) : null;
    }

    /// <summary>The whole text as one fact; null if a problem was reported.</summary>
    public Template? ParseFact()
    {
        ReadFact(0, node.Text);
        return _isWhole ? new(node.Text, _parts, node) : null;
    }

    private void ReadReference(int dollar, int end)
    {
        var inner = node.Text[(dollar + 2)..end];
        var name = new string([.. inner.TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c == '_')]);
        var rest = inner[name.Length..];
        if (name.Length > 0 && (rest.Length == 0 || rest.StartsWith(":-", StringComparison.Ordinal)))
            ReadVariable(dollar, end + 1 - dollar, name, rest.Length == 0 ? null : rest[2..]);
        else
            ReadFact(dollar + 2, inner);
    }

    private void ReadVariable(int index, int length, string name, string? fallback)
    {
        var variables = reading.Variables;
        if (!variables.IsListed(name))
        {
            var repair = Suggestion.Nearest(name, variables.Plain.Concat(variables.Secret)) is { } near
                ? $"did you mean '{near}'?"
                : "add it to 'env' or, where its value must stay hidden, to 'secrets'";
            Refuse(index, length, $"variable '{name}' is not listed; {repair}");
            return;
        }
        var value = variables.Environment(name);
        // GitHub sets a secret or a variable that does not exist to the empty text.
        if (string.IsNullOrEmpty(value))
            value = fallback;
        if (value is null && variables.IsChecked)
            Refuse(index, length, $"variable '{name}' is not set, or empty; {Repair(name)}");
        Append(value ?? "");
    }

    // A default of a secret would stand in the file.
    private string Repair(string name) => reading.Variables.Secret.Contains(name)
        ? $"set it in the workflow, as in env: {name}: ${{{{ secrets.{name} }}}}; to check the manifest without it, 'gate validate "
        + "--no-env'"
        : $"set it, or write '${{{name}:-default}}'";

    /// <summary>GitHub fills in its expressions in workflows; here nobody does.</summary>
    private Template? RefuseExpression(int dollar)
    {
        var end = node.Text.IndexOf("}}", dollar, StringComparison.Ordinal);
        var expression = end < 0 ? node.Text[dollar..] : node.Text[dollar..(end + 2)];
        var parts = expression.Trim('$', '{', '}', ' ').Split('.');
        var name = parts.Length == 2 && parts[1].Length > 0 && parts[1].All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
            ? parts[1]
            : "NAME";
        return Refuse(dollar, expression.Length,
            $"'{expression}' is filled in in workflows alone; list {name} under '{(parts[0] == "secrets" ? "secrets" : "env")}', write "
            + $"'${{{name}}}' here, and set it in the step's 'env'");
    }

    private void ReadFact(int index, string text)
    {
        var (condition, problems) = Condition.Parse(text);
        foreach (var problem in problems)
            Refuse(index + problem.Start, problem.Length, problem.Message);
        if (condition is null)
            return;
        _parts.Add(new(text, condition));
        reading.References.Add(new(condition, node, index));
    }

    private void Append(string text)
    {
        if (text.Length > 0)
            _parts.Add(new(text));
    }

    private Template? Refuse(int index, int length, string message)
    {
        reading.Problems.Add(node, index, length, message);
        _isWhole = false;
        return null;
    }
}
