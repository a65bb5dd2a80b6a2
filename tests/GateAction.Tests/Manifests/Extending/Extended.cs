using GateAction.Core.Model;
using GateAction.Manifests;
using GateAction.Manifests.Extending;
using GateAction.Syntax;
using YamlDotNet.Core;

namespace GateAction.Tests.Manifests.Extending;

/// <summary>Manifests that extend each other, without a file or a socket.</summary>
internal static class Extended
{
    /// <param name="files">By their paths; the first is the manifest itself.</param>
    public static ManifestReading Read(params (string Path, string Text)[] files) => Read(null, files);

    public static ManifestReading Read(Func<string, string?>? environment, params (string Path, string Text)[] files)
    {
        var first = new ManifestPart(ManifestPlace.Checkout, files[0].Path, files[0].Text);
        return new ManifestReader(environment ?? (_ => null), ManifestCases.Today).ReadAsync(first, ReadAsync, CancellationToken.None)
            .GetAwaiter().GetResult();

        Task<ManifestPart> ReadAsync(ExtendsAddress address, ManifestPlace from, CancellationToken cancellation) =>
            files.FirstOrDefault(file => file.Path == address.Path) is { Text: { } text }
                ? Task.FromResult(new ManifestPart(from, address.Path, text))
                : throw new GateException($"there is no '{address.Path}'");
    }

    /// <summary>One manifest on another.</summary>
    public static ManifestReading On(string theirs, string ours) =>
        Read(("gate.yml", $"version: 1\nextends: base.yml\n{ours}"), ("base.yml", $"version: 1\n{theirs}"));

    /// <summary>Null for a text that is none.</summary>
    public static ExtendsAddress? Address(string text)
    {
        var node = new ScalarNode(new SourceText("gate.yml", text), NodePath.Root, 0, text.Length, text, ScalarStyle.Plain, true);
        return ExtendsAddress.Syntax.TryRead(node, new Reading(new Problems(), Variables.None), out var address) ? address : null;
    }

    public static string Problems(this ManifestReading reading) => string.Join('\n', reading.Problems);
}
