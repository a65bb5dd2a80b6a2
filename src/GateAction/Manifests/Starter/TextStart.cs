using GateAction.Files;

namespace GateAction.Manifests.Starter;

/// <summary>The first characters of a file; nothing of one that cannot be read.</summary>
internal static class TextStart
{
    public static string Read(string path, int length)
    {
        try
        {
            using var reader = new StreamReader(RegularFile.OpenRead(path));
            var buffer = new char[length];
            return new string(buffer, 0, reader.ReadBlock(buffer, 0, length));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
