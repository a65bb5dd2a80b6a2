using System.Text;
using GateAction.GitHub.Events;
using GateAction.Surroundings;

namespace GateAction.Tests;

/// <summary>What the action's files and the table of README say of the inputs, written from their declarations.</summary>
internal static class ActionFile
{
    private const int Width = 158;
    private const int ShortWidth = 120;

    private const string Fields = """
          # What the runner tells of the event, one field each. Leave them alone: the event's file could be rewritten by any earlier step of the job, these cannot.

        """;

    /// <summary>The inputs of <c>action.yml</c>.</summary>
    public static string Inputs() =>
        string.Concat(ActionInput.All.Select(input => Input(input.Name, Description(input), input.Default))) + EventInputs();

    /// <summary>The inputs that the runner fills, as both actions have them.</summary>
    public static string EventInputs() =>
        Fields + string.Concat(EventField.All.Select(field => Input(field.Input, $"Filled by the runner: {field.Says}.", field.Default)));

    /// <summary>How <c>setup/action.yml</c> hands them on.</summary>
    public static string EventVariables() => string.Concat(
        EventField.All.Select(field => $"        INPUT_{field.Input.ToUpperInvariant()}: ${{{{ inputs.{field.Input} }}}}\n"));

    public static string ReadmeTable() => "| input | default | |\n|---|---|---|\n" + string.Concat(ActionInput.All.Select(Row));

    /// <summary>The text with what stands between two lines replaced.</summary>
    public static string With(string text, string after, string before, string between)
    {
        var start = text.IndexOf(after, StringComparison.Ordinal) + after.Length;
        return text[..start] + between + text[text.IndexOf(before, start, StringComparison.Ordinal)..];
    }

    private static string Description(ActionInput input) =>
        $"{Said(input)}."
        + $"{(input.Without is { } without ? $" Without it {without}." : "")}"
        + $"{(input.More is { } more ? $" {more}" : "")}";

    private static string Row(ActionInput input)
    {
        var without = input.Without is { } words ? $"; without it {words}" : "";
        var why = input.Page is { } page ? $" ([why]({page}))" : "";
        return $"| `{input.Name}` | {(input.Default is { } value ? $"`{value}` " : "")}| {Said(input)}{without}{why} |\n";
    }

    private static string Said(ActionInput input) => input.Says
        + (input.Words.Count == 0 ? "" : $": {string.Join(", ", input.Words.SkipLast(1).Select(Code))} or {Code(input.Words[^1])}");

    private static string Code(string word) => $"`{word}`";

    private static string Input(string name, string description, string? value) =>
        $"  {name}:\n    description: {Scalar(description)}\n    required: false\n"
        + (value is null ? "" : $"    default: {(value is "off" or "true" or "false" ? $"\"{value}\"" : value)}\n");

    private static string Scalar(string text) =>
        text.Length > ShortWidth ? $">-\n{Folded(text)}"
        : text[0] == '`' || text.Contains(": ", StringComparison.Ordinal) ? $"\"{text}\""
        : text;

    private static string Folded(string text)
    {
        var lines = new StringBuilder();
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length + 1 + word.Length > Width - 6)
            {
                lines.Append($"      {line}\n");
                line = "";
            }
            line += line.Length == 0 ? word : $" {word}";
        }
        return lines.Append($"      {line}").ToString();
    }
}
