using GateAction.Core.Documents;
using GateAction.Core.Model;
using GateAction.Files;
using GateAction.Sources;
using GateAction.Surroundings;

namespace GateAction.Commands;

/// <summary>Evidence on disk. Throws <see cref="GateException"/> where a file is missing or is no evidence.</summary>
internal static class EvidenceFiles
{
    public static Evidence Read(Shell shell, string path)
    {
        using var stream = Open(shell, path, "evidence");
        return EvidenceJson.Read(stream, path, SourceKinds.EvidenceOf);
    }

    public static FileStream Open(Shell shell, string path, string what)
    {
        try
        {
            return RegularFile.OpenRead(shell.PathOf(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            var reason = exception is FileNotFoundException or DirectoryNotFoundException
                ? "there is no such file"
                : exception.Message.TrimEnd('.');
            throw new GateException($"the {what} '{path}' cannot be read: {reason}", ExitCode.BadInput, exception);
        }
    }
}
