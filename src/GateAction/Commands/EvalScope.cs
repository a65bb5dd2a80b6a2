using System.Text.Json;
using GateAction.Cel;
using GateAction.Cel.Values;
using GateAction.Core.Decisions;
using GateAction.Core.Model;
using GateAction.Surroundings;

namespace GateAction.Commands;

/// <summary>What an expression of <c>gate eval</c> sees: the facts of evidence files, and what was set.</summary>
internal static class EvalScope
{
    private static readonly Gate NoGate = new("eval", 1, 1, false, 0, [], [], [], new HashSet<string>());

    public static Scope Read(Shell shell, string? evidencePath, string? baselinePath, IReadOnlyList<string> settings)
    {
        var baseline = baselinePath is null ? null : EvidenceFiles.Read(shell, baselinePath);
        var scope = evidencePath is null
            ? new Scope(new Dictionary<string, Value>())
            : EvaluationContext.Of(NoGate, EvidenceFiles.Read(shell, evidencePath), baseline, shell.Time.GetUtcNow()).Scope;
        if (settings.Count == 0)
            return scope;
        var variables = new Dictionary<string, Value>(scope.Variables);
        foreach (var setting in settings)
        {
            var (name, value) = Parse(setting);
            variables[name] = value;
        }
        return new Scope(variables, scope.Reasons);
    }

    private static (string Name, Value Value) Parse(string setting)
    {
        var equals = setting.IndexOf('=');
        var name = equals < 0 ? "" : setting[..equals];
        if (!IsName(name))
            throw new GateException(
                $"'--set {ValueText.Cut(setting, 60)}' is not understood; write a name, '=' and a value: --set status=200, --set "
                + "'labels=[\"a\"]'");
        return (name, Value(name, setting[(equals + 1)..]));
    }

    private static bool IsName(string name) =>
        name.Split('.').All(part => part.Length > 0 && !char.IsAsciiDigit(part[0])
        && part.All(character => char.IsAsciiLetterOrDigit(character) || character == '_'));

    private static Value Value(string name, string text)
    {
        try
        {
            // JSON first: what most people write is a number or a text, and '"1s"' must stay the text that it says.
            return ValueJson.Read(text);
        }
        catch (JsonException)
        {
            var (condition, problems) = Condition.Parse(text);
            if (condition is null)
                throw new GateException($"the value of '--set {name}' is neither JSON nor an expression: {Caret.Show(text, problems[0])}");
            var value = condition.Evaluate(new Scope(new Dictionary<string, Value>())).Value;
            return value.IsError ? throw new GateException($"the value of '--set {name}' is an error: {value.Text}") : value;
        }
    }
}
