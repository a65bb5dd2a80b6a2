using System.Runtime.CompilerServices;

namespace GateAction.Tests;

/// <summary>
/// Compares text with a committed file beside the test, in Verify's file convention: <c>Class.Method[.name].verified.EXT</c>; where they
/// differ the text lies in <c>.received.EXT</c>. The one place to change when Verify can be restored (docs/decisions).
/// </summary>
internal static class Snapshot
{
    /// <summary>Set GATE_ACCEPT_SNAPSHOTS=1 to write what was received over what was verified.</summary>
    public static void Match(string received, string extension = "txt", string? name = null, [CallerFilePath]
        string testFile = "", [CallerMemberName] string testMethod = "")
    {
        var stem = Path.Combine(
            Path.GetDirectoryName(testFile)!,
            $"{Path.GetFileNameWithoutExtension(testFile)}.{testMethod}{(name is null ? "" : "." + name)}");
        MatchFile(received, $"{stem}.verified.{extension}", $"{stem}.received.{extension}");
    }

    /// <summary>Compares with a committed file of another name.</summary>
    public static void MatchFile(string received, string verifiedPath, string receivedPath)
    {
        var text = received.ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("GATE_ACCEPT_SNAPSHOTS") == "1")
            File.WriteAllText(verifiedPath, text);
        var verified = File.Exists(verifiedPath) ? File.ReadAllText(verifiedPath).ReplaceLineEndings("\n") : null;
        if (verified == text)
        {
            File.Delete(receivedPath);
            return;
        }
        File.WriteAllText(receivedPath, text);
        Assert.That(text, Is.EqualTo(verified ?? ""), $"differs from {verifiedPath}; the text received lies beside it");
    }
}
