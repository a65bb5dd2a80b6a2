using GateAction.Files;
using GateAction.Http;
using GateAction.Sources.Files;
using GateAction.Syntax;

namespace GateAction.Sources;

/// <summary>A socket of the file system as the manifest names it: there a server listens in place of a port.</summary>
internal sealed record SocketPath(Template Path)
{
    /// <summary>Null if the server is reached over the network.</summary>
    public static SocketPath? Read(Fields fields) =>
        fields.Optional("unix-socket", Syntaxes.Template,
            "the socket of the file system at which the server listens, instead of the port of the URL: run/app.sock; a relative path lies "
            + "in the workspace") is { } path ? new(path) : null;

    /// <summary>Throws <see cref="NoEvidenceException"/> if the path leads out of the workspace.</summary>
    public UnixSocket In(ProbeContext context)
    {
        var written = context.Expand(Path);
        var workspace = context.Shell.Directory;
        var path = WorkspacePath.Resolve(workspace, written);
        return new(written, cancellation => SocketFile.ConnectAsync(path, WorkspacePath.FolderOf(workspace, written), cancellation));
    }
}
