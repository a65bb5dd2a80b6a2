using System.Text.Json;

namespace GateAction.Tests.Releases;

/// <summary>Whose parts ship with the program is said in a file that keeps up with the packages.</summary>
internal sealed class PartsTests
{
    private static readonly string[] Notices = File.ReadAllLines(Path.Combine(TestFiles.Repository, "THIRD-PARTY-NOTICES.md"));

    [Test]
    public void Every_package_of_the_lock_file_is_listed_with_its_version_and_a_licence()
    {
        var missing = Locked().Where(package => !Notices.Any(line =>
            line.Contains($"[{package.Name}](", StringComparison.Ordinal)
            && line.Split('|', StringSplitOptions.TrimEntries) is [_, _, var version, { Length: > 2 }, { Length: > 0 }, ..]
            && version == package.Version));

        Assert.That(missing, Is.Empty, "run .ci/release/parts.mjs notices");
    }

    [Test]
    public void Nothing_is_listed_that_does_not_ship()
    {
        var listed = Notices.Where(line => line.StartsWith("| [", StringComparison.Ordinal)).Select(line => line[3..line.IndexOf(']', 3)]);
        string[] others =
            [".NET runtime", "glibc", "OpenSSL", "Mozilla CA certificates", "IANA time zone database"];

        Assert.That(listed.Except(others), Is.EquivalentTo(Locked().Select(package => package.Name)), "run .ci/release/parts.mjs notices");
    }

    private static IEnumerable<(string Name, string Version)> Locked()
    {
        using var lockFile = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(TestFiles.Repository, "src", "GateAction", "packages.lock.json")));
        return
        [
            .. from framework in lockFile.RootElement.GetProperty("dependencies").EnumerateObject()
            from package in framework.Value.EnumerateObject()
            where package.Value.GetProperty("type").GetString() != "Project"
                && !package.Name.StartsWith("Microsoft.CodeAnalysis.", StringComparison.Ordinal)
            select (package.Name, package.Value.GetProperty("resolved").GetString()!),
        ];
    }
}
