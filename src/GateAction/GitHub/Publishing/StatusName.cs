using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using GateAction.Core.Model;

namespace GateAction.GitHub.Publishing;

/// <summary>
/// How a gate's status is called: <c>gate/NAME</c> for what goes into the default branch, <c>gate/NAME: BASE</c> for what goes elsewhere. A
/// status belongs to a commit, and a commit can be the head of several pull requests: without the base in the name a weaker branch's word
/// would meet the stronger one's requirement.
/// </summary>
internal static partial class StatusName
{
    /// <summary>GitHub refuses a longer name.</summary>
    public const int MostCharacters = 255;

    private const int HashDigits = 12;

    /// <param name="pattern">The input <c>status-name</c> with <c>{name}</c> and <c>{base}</c>; null for the gate's own names.</param>
    /// <param name="branch">The branch that the word is for.</param>
    /// <param name="defaultBranch">Null if it is not known: then every branch is named.</param>
    public static string Of(string? pattern, string gate, string branch, string? defaultBranch, string suffix = "") => Cut(
        (pattern is null
            ? branch == defaultBranch ? $"gate/{gate}" : $"gate/{gate}: {branch}"
            : Place().Replace(Checked(pattern), place => place.Value == "{name}" ? gate : branch)) + suffix);

    /// <summary>True for the names of one gate under any base, which are no other's word.</summary>
    public static bool IsOf(string gate, string name) =>
        name == $"gate/{gate}" || name == $"gate/{gate} (check)" || name.StartsWith($"gate/{gate}: ", StringComparison.Ordinal);

    /// <summary>The pattern itself. Throws a <see cref="GateException"/> for one that does not say which gate it is of, or holds another
    /// place.</summary>
    public static string Checked(string pattern) =>
        Place().Matches(pattern).FirstOrDefault(place => place.Value is not ("{name}" or "{base}")) is { } other
            ? throw new GateException($"'status-name' is '{pattern}'; '{other.Value}' is not known: '{{name}}' and '{{base}}' are")
            : pattern.Any(char.IsControl)
                ? throw new GateException("'status-name' has more than one line; one is accepted, as 'gate/{name}'")
                : pattern;

    private static string Cut(string name)
    {
        if (name.Length <= MostCharacters)
            return name;
        var kept = MostCharacters - HashDigits - 1;
        if (char.IsHighSurrogate(name[kept - 1]))
            kept--;
        // With a hash, because two long names may be the same up to here, and one's success must not be the other's.
        return $"{name[..kept]}~{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..HashDigits].ToLowerInvariant()}";
    }

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Place();
}
