using GateAction.Cel.Values;

namespace GateAction.Cel;

/// <summary>Tells a condition that YAML has ended early from one that is wrong by itself.</summary>
internal static class YamlCut
{
    public static ConditionProblem? Find(string text, string restOfLine)
    {
        var rest = restOfLine.TrimStart();
        if (rest.Length == 0 || Condition.Parse(text).Condition is not null)
            return null;
        var why = rest[0] switch
        {
            '#' => "at ' #', where a comment begins",
            ':' => "at ': ', which makes a key of what stands before it",
            ',' => "at a comma inside '{ }'",
            '[' or ']' or '{' or '}' => $"at '{rest[0]}', which is YAML's inside '{{ }}'",
            _ => null,
        };
        return why is null
            ? null
            : new(text.Length, 0,
            $"YAML has ended the condition here, {why}; put the whole condition in quotes, or on a line of its own after '>-'");
    }
}
