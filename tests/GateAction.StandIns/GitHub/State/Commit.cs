using System.Security.Cryptography;
using System.Text;

namespace GateAction.StandIns.GitHub.State;

/// <param name="Parent">The branch's tip before it; for the first of a branch the default branch's.</param>
internal sealed record Commit(string Sha, IReadOnlyDictionary<string, StoredFile> Files, string? Parent = null);

/// <summary>One entry of a commit. <c>Type</c> is <c>file dir symlink submodule</c>.</summary>
internal sealed record StoredFile(byte[] Bytes, string Type = "file", string? Target = null)
{
#pragma warning disable CA5350 // Git names content by SHA-1.
    /// <summary>Git's name of the content.</summary>
    public string Blob => Convert.ToHexStringLower(SHA1.HashData([.. Encoding.ASCII.GetBytes($"blob {Bytes.Length}\0"), .. Bytes]));
#pragma warning restore CA5350

    public static implicit operator StoredFile(string text) => new(Encoding.UTF8.GetBytes(text));
}
