namespace GateAction.GitHub;

/// <summary>A manifest as GitHub keeps it at a commit.</summary>
internal sealed record ManifestText(string Path, string Text, string Sha)
{
    public string ShortSha => Sha.Length > 7 ? Sha[..7] : Sha;
}

/// <summary>The manifest that judges and, where the change edits it, the one it would become.</summary>
/// <param name="Preview">Evaluated and shown, and never counts.</param>
/// <param name="Note">What a reader must know of it, as that the change brings the first manifest.</param>
internal sealed record ManifestChoice(ManifestText Judge, ManifestText? Preview, string? Note);
