using System.Security.Cryptography;
using System.Text;
using GateAction.Core.Model;
using GateAction.GitHub.Api;
using GateAction.Syntax;

namespace GateAction.Manifests.Extending;

/// <summary>Where a manifest was read: from there the paths that it extends are read too.</summary>
/// <param name="Repository">Another repository; null for the one that is judged.</param>
/// <param name="Ref">What the other repository was read at, as it is written.</param>
/// <param name="Commit">In full; null for the checkout.</param>
internal sealed record ManifestPlace(RepositoryName? Repository, string? Ref, string? Commit)
{
    public static readonly ManifestPlace Checkout = new(null, null, null);

    /// <summary>What messages and reports call a file there.</summary>
    public string Name(string path) => Repository is null ? path : $"{Repository}/{path}@{Ref}";
}

/// <summary>One file of those that a manifest is made of.</summary>
internal sealed record ManifestPart(ManifestPlace Place, string Path, string Text)
{
    public string Name => Place.Name(Path);

    public ExtendedFile ToExtended() =>
        new(Name, Path, Place.Repository?.ToString(), Place.Commit,
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text))));
}

/// <summary>Reads what a manifest extends. Throws a <see cref="GateException"/> where it is not there or may not be read.</summary>
internal delegate Task<ManifestPart> ReadExtended(ExtendsAddress address, ManifestPlace from, CancellationToken cancellation);

/// <summary>A manifest with all that it extends, the nearest first.</summary>
internal sealed record ManifestChain(IReadOnlyList<MappingNode> Roots, IReadOnlyList<ManifestPart> Extended)
{
    private const int MostFiles = 10;
    private const string Field = "extends";

    /// <summary>False if a file that is extended could not be read.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Follows <c>extends</c> from file to file. What is wrong is reported where the file is named; the chain then ends
    /// there.</summary>
    public static async Task<ManifestChain> FollowAsync(
        MappingNode root, ManifestPart first, ReadExtended read, Problems problems, CancellationToken cancellation)
    {
        var (roots, parts) = (new List<MappingNode> { root }, new List<ManifestPart> { first });
        while (roots[^1].Find(Field) is { } node && AddressIn(node, problems) is { } address)
        {
            if (parts.Count > MostFiles)
            {
                problems.Add(node, $"this is number {MostFiles + 1} of the files that extend each other; {MostFiles} are accepted");
                break;
            }
            if (await ReadAsync(address, node, parts[^1].Place, read, problems, cancellation) is not { } part
                || IsCircle(part, parts, node, problems)
                || RootOf(part, node, problems) is not { } extended)
                break;
            roots.Add(extended);
            parts.Add(part);
        }
        return new(roots, parts[1..]) { IsWhole = roots[^1].Find(Field) is null };
    }

    private static ExtendsAddress? AddressIn(Node node, Problems problems) =>
        ExtendsAddress.Syntax.TryRead(node, new Reading(problems, Variables.None), out var address) ? address : null;

    private static async Task<ManifestPart?> ReadAsync(
        ExtendsAddress address, Node node, ManifestPlace from, ReadExtended read, Problems problems, CancellationToken cancellation)
    {
        try
        {
            return await read(address, from, cancellation);
        }
        catch (GateException exception)
        {
            problems.Add(node, exception.Message);
            return null;
        }
    }

    private static bool IsCircle(ManifestPart part, List<ManifestPart> parts, Node node, Problems problems)
    {
        // By commit, not by name: a branch and a tag may stand for the same file.
        var first = parts.FindIndex(known => known.Path == part.Path && known.Place.Commit == part.Place.Commit
            && (known.Place.Repository ?? part.Place.Repository) == (part.Place.Repository ?? known.Place.Repository));
        if (first < 0)
            return false;
        var names = string.Join(" → ", parts[first..].Append(part).Select(known => known.Name));
        problems.Add(node, $"{names} is a circle: no file can extend itself");
        return true;
    }

    private static MappingNode? RootOf(ManifestPart part, Node node, Problems problems)
    {
        var before = problems.Count;
        var root = YamlTree.Read(new SourceText(part.Name, part.Text), problems);
        if (root is MappingNode mapping && mapping.Find("version") is ScalarNode { Text: "1" })
            return mapping;
        if (problems.Count == before)
            problems.Add(node, root is MappingNode
                ? $"'{part.Name}' is no manifest: it has no 'version: 1'"
                : $"'{part.Name}' is no manifest: found {root?.Found ?? "nothing"}, expected a mapping with 'version: 1'");
        return null;
    }
}
