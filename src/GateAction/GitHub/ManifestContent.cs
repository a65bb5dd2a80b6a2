using System.Text;
using GateAction.Core.Model;
using GateAction.GitHub.Api;

namespace GateAction.GitHub;

/// <summary>The text of an entry that GitHub's contents API gives, or a sentence why it is none.</summary>
internal static class ManifestContent
{
    public static string Decode(RepositoryContent content, string sha)
    {
        var what = $"'{content.Path}' at commit {(sha.Length > 7 ? sha[..7] : sha)}";
        return content switch
        {
            { Type: "dir" } => throw new GateException($"{what} is a folder; a manifest is a file"),
            { Type: "submodule" } => throw new GateException($"{what} is a submodule; a manifest is a file of this repository"),
            { Type: "symlink" } =>
                throw new GateException($"{what} is a symbolic link to '{content.Target}'; name the file itself with 'manifest'"),
            { Encoding: "base64", Content: { } text } => Text(Convert.FromBase64String(text), what),
            _ => throw new GateException(
                $"{what} is {content.Size:N0} bytes long, more than GitHub gives (1 MB) and than a manifest may have (256 KiB)"),
        };
    }

    private static string Text(byte[] bytes, string what)
    {
        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF');
            return text.StartsWith("version https://git-lfs.github.com/spec/", StringComparison.Ordinal)
                ? throw new GateException($"{what} is a pointer of Git LFS; keep the manifest out of LFS ('.gitattributes')")
                : text;
        }
        catch (DecoderFallbackException exception)
        {
            throw new GateException($"{what} is not UTF-8 text", innerException: exception);
        }
    }
}
