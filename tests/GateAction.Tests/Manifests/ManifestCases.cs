using GateAction.Manifests;
using GateAction.Sources;

namespace GateAction.Tests.Manifests;

/// <summary>A case is a manifest under <c>ok/</c> or <c>err/</c> with what is expected beside it in a file <c>.out</c>;
/// GATE_ACCEPT_SNAPSHOTS=1 writes it.</summary>
internal static class ManifestCases
{
    public static readonly DateOnly Today = new(2026, 6, 15);

    private static readonly Dictionary<string, string> Variables = new()
    {
        ["STAGING_URL"] = "https://staging.example.com",
        ["STAGING_TOKEN"] = "s3cret-of-staging",
        ["EMPTY"] = "",
        ["BAD_URL"] = "staging",
    };

    public static string Folder { get; } = Path.Combine(TestFiles.Repository, "tests", "GateAction.Tests", "Manifests");

    public static IEnumerable<TestCaseData> In(string folder) =>
        Directory.GetFiles(Path.Combine(Folder, folder), "*.yml").Order(StringComparer.Ordinal)
            .Select(path => new TestCaseData(path).SetArgDisplayNames(Path.GetFileName(path)));

    public static ManifestReading Read(string path) => Read(File.ReadAllBytes(path), Path.GetFileName(path));

    public static ManifestReading Read(ReadOnlySpan<byte> bytes, string file = "gate.yml") =>
        new ManifestReader(Variables.GetValueOrDefault, Today).Read(bytes, file);

    // A new kind of probe is no reason to touch the cases.
    public static void Compare(string path, string received)
    {
        var kinds = string.Join(", ", SourceKinds.In(SourceSection.Probes).Select(kind => $"'{kind.Name}'"));
        received = received.Replace(kinds, "KINDS", StringComparison.Ordinal);
        var expected = Path.ChangeExtension(path, ".out");
        if (Environment.GetEnvironmentVariable("GATE_ACCEPT_SNAPSHOTS") == "1")
            File.WriteAllText(expected, received);
        Assert.That(received, Is.EqualTo(File.Exists(expected) ? File.ReadAllText(expected) : ""));
    }
}
