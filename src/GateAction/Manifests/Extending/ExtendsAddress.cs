using System.Buffers;
using GateAction.Core.Model;
using GateAction.GitHub.Api;
using GateAction.Syntax;

namespace GateAction.Manifests.Extending;

/// <summary>The file that a manifest extends.</summary>
/// <param name="Repository">Null for the repository that the manifest itself lies in.</param>
/// <param name="Path">From the repository's root, with slashes.</param>
/// <param name="Ref">A branch, a tag or a commit; null for a file of the same repository.</param>
/// <param name="Pin">The commit that the ref must stand for, 40 small hex digits; null if any will do.</param>
internal sealed record ExtendsAddress(RepositoryName? Repository, string Path, string? Ref, string? Pin)
{
    private const string SameRepository = "./";

    private static readonly string[] Endings = [".yml@", ".yaml@"];
    private static readonly SearchValues<char> NeverInPath = SearchValues.Create("\\:*?\"<>|");
    private static readonly SearchValues<char> NeverInRef = SearchValues.Create("\\~^:?*[");

    public static readonly Syntax<ExtendsAddress> Syntax = new ScalarSyntax<ExtendsAddress>(
        "a path from the root of the repository such as .github/base.yml, or owner/repository/path@ref",
        new(null, "", null, null),
        () => new()
        {
            ["type"] = "string",
            ["examples"] = new System.Text.Json.Nodes.JsonArray(".github/base.yml", "acme/gates/base.yml@v3"),
        },
        scalar => Objection(scalar.Text) is null ? new(Parse(scalar.Text)) : null,
        repair: Objection);

    /// <summary>Why a text is no such address; null if it is one.</summary>
    public static string? Objection(string text)
    {
        if (text.Contains("://", StringComparison.Ordinal))
            return "no web address is followed; a file of another repository is written owner/repository/path@ref";
        if (text.Contains("${", StringComparison.Ordinal))
            return "it is read before any variable is, so it holds none";
        var (file, reference) = Split(text);
        if (reference is null)
            return ObjectionToPath(file);
        if (file.Split('/', 3) is not [var owner, var name, var path] || RepositoryName.TryParse($"{owner}/{name}") is null)
            return "before '@' stands owner/repository/path; a file of this repository whose path holds '@' begins with './'";
        return ObjectionToPath(path) ?? ObjectionToRef(reference);
    }

    private static ExtendsAddress Parse(string text)
    {
        var (file, reference) = Split(text);
        if (reference is null)
            return new(null, file, null, null);
        var parts = file.Split('/', 3);
        var hash = reference.LastIndexOf('#');
        return new(
            new(parts[0], parts[1]), parts[2], hash < 0 ? reference : reference[..hash],
            hash < 0 ? null : reference[(hash + 1)..].ToLowerInvariant());
    }

    /// <summary>The file, and what stands behind the '@'. Tags hold an '@' more often than the paths of manifests do.</summary>
    private static (string File, string? Ref) Split(string text)
    {
        if (text.StartsWith(SameRepository, StringComparison.Ordinal))
            return (text[SameRepository.Length..], null);
        // The first ending: a tag may hold one too.
        var ends = Endings.Select(ending => (At: text.IndexOf(ending, StringComparison.OrdinalIgnoreCase), ending.Length))
            .Where(end => end.At >= 0).Select(end => end.At + end.Length - 1).DefaultIfEmpty(text.IndexOf('@')).Min();
        return ends < 0 ? (text, null) : (text[..ends], text[(ends + 1)..]);
    }

    private static string? ObjectionToPath(string path)
    {
        if (path.StartsWith('/'))
            return "the path begins at the root of the repository: leave out the '/' before it";
        if (path.AsSpan().IndexOfAny(NeverInPath) >= 0 || path.Any(char.IsControl))
            return "the path is written with '/' and without \\ : * ? \" < > |";
        return path.Split('/').Any(part => part is "" or "." or "..")
            ? "the path leads from the root of the repository down to the file, without '.', '..' or an empty name"
            : null;
    }

    private static string? ObjectionToRef(string reference)
    {
        var hash = reference.LastIndexOf('#');
        var name = hash < 0 ? reference : reference[..hash];
        if (hash >= 0 && !RunIdentity.IsCommit(reference[(hash + 1)..]))
            return "behind '#' stands the whole commit, 40 hex digits, as `git rev-parse` prints it";
        // As `git check-ref-format` has it; what it refuses could lead elsewhere in the address of an API.
        return name.Length == 0 || name.StartsWith('-') || name.Split('/').Any(part => part is "" or "." or "..")
            || name.Contains("..", StringComparison.Ordinal) || name.AsSpan().IndexOfAny(NeverInRef) >= 0
            || name.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter))
            ? "behind '@' stands a branch, a tag or a commit, as v3, or v3#COMMIT to pin it"
            : null;
    }
}
