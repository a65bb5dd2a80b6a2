using GateAction.Syntax;

namespace GateAction.Manifests;

/// <summary>The lists <c>env</c> and <c>secrets</c>.</summary>
internal static class VariablesSyntax
{
    private static readonly string[] SecretWords =
        ["TOKEN", "SECRET", "SECRETS", "PASSWORD", "PASSWD", "PASSPHRASE", "CREDENTIAL", "CREDENTIALS", "APIKEY"];

    private static readonly Syntax<string> Name = new ScalarSyntax<string>(
        "the name of an environment variable such as STAGING_URL",
        "",
        () => new() { ["type"] = "string", ["pattern"] = "^[A-Za-z_][A-Za-z0-9_]*$" },
        scalar => scalar.Text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && scalar.Text.Length > 0
        && !char.IsAsciiDigit(scalar.Text[0]) ? new(scalar.Text) : null,
        text => text);

    public static readonly Syntax<IReadOnlyList<string>> Secret = Syntaxes.OneOrMany(Name);

    public static readonly Syntax<IReadOnlyList<string>> Plain = Syntaxes.OneOrMany(Name.Unless(ObjectToSecret));

    /// <summary>What a manifest lists, before anything else of it is read.</summary>
    public static Variables ReadFrom(MappingNode root, Func<string, string?> environment, bool isChecked)
    {
        var silent = new Reading(new Problems(), Variables.None);
        return new(ReadList("env"), ReadList("secrets"), environment, isChecked);

        IReadOnlyList<string> ReadList(string field) =>
            root.Find(field) is { } node && Secret.TryRead(node, silent, out var names) | names is not null ? names! : [];
    }

    private static string? ObjectToSecret(string name)
    {
        var words = name.ToUpperInvariant().Split('_');
        var isSecret = words.Any(SecretWords.Contains) || words is [.., "API" or "PRIVATE" or "ACCESS", "KEY"];
        return isSecret ? $"'{name}' looks like a secret; list it under 'secrets', so that its value is masked everywhere" : null;
    }
}
