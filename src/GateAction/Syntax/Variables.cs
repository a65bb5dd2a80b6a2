namespace GateAction.Syntax;

/// <summary>The environment variables that a manifest lists, and nothing else of the environment.</summary>
/// <param name="IsChecked">False where a variable may be unset because nothing will be measured (<c>gate validate --no-env</c>).</param>
internal sealed record Variables(
    IReadOnlyList<string> Plain,
    IReadOnlyList<string> Secret,
    Func<string, string?> Environment,
    bool IsChecked = true)
{
    public static readonly Variables None = new([], [], _ => null);

    public bool IsListed(string name) => Plain.Contains(name) || Secret.Contains(name);
}
