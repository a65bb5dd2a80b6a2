namespace GateAction.Manifests;

/// <summary>A manifest that was asked for by its path, and what reading it came to.</summary>
internal sealed record CheckedFile(string File, ManifestReading Reading);
