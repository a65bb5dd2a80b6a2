namespace GateAction.GitHub;

/// <summary>Where the manifest that judges is read from.</summary>
internal enum ManifestFrom
{
    Base,
    Head,
    Workspace,
}
