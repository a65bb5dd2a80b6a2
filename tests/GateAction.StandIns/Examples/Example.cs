namespace GateAction.StandIns.Examples;

/// <summary>
/// A validation report as a gate: a folder below <c>examples/</c>. What the job measures there is data: <c>staging/</c> is served as pages
/// (<c>/health</c> is
/// <c>health.json</c>), <c>workspace/</c> is what the job finds in its workspace, <c>google.json</c> holds the resources of Cloud Run by
/// their names.
/// </summary>
/// <param name="Name">The folder, and for a second manifest what follows <c>gate</c> in its name: <c>issue-565-without-waivers</c>.</param>
internal sealed record Example(string Name, string Folder, string ManifestPath)
{
    /// <summary>The day after the last of the reports. Waivers and known issues expire; on this day they count, so an example does not
    /// age.</summary>
    public static readonly DateTimeOffset Day = new(2025, 9, 15, 9, 0, 0, TimeSpan.Zero);

    /// <summary>In the order of their names.</summary>
    public static IReadOnlyList<Example> All { get; } = [.. FindAll()];

    public string Manifest => File.ReadAllText(ManifestPath);

    /// <summary>The comment that the gate writes, as it is kept.</summary>
    public string CommentPath =>
        Path.Combine(Folder,
        Path.GetFileName(ManifestPath).Replace("gate", "comment", StringComparison.Ordinal)
        .Replace(".yml", ".md", StringComparison.Ordinal));

    public string PathOf(string name) => Path.Combine(Folder, name);

    public override string ToString() => Name;

    private static IEnumerable<Example> FindAll() =>
        from folder in Directory.GetDirectories(Path.Combine(DemoRepository.Path, "examples"), "issue-*").Order(StringComparer.Ordinal)
        from manifest in Directory.GetFiles(folder, "gate*.yml").Order(StringComparer.Ordinal)
        let variant = Path.GetFileNameWithoutExtension(manifest)["gate".Length..]
        select new Example(Path.GetFileName(folder) + variant, folder, manifest);
}
