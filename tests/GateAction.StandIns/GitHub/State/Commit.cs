using System.Text;

namespace GateAction.StandIns.GitHub.State;

internal sealed record Commit(string Sha, IReadOnlyDictionary<string, StoredFile> Files);

/// <summary>One entry of a commit. <c>Type</c> is <c>file dir symlink submodule</c>.</summary>
internal sealed record StoredFile(byte[] Bytes, string Type = "file", string? Target = null)
{
    public static implicit operator StoredFile(string text) => new(Encoding.UTF8.GetBytes(text));
}
