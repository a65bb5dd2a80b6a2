using GateAction.Platform;
using Microsoft.Win32.SafeHandles;

namespace GateAction.Files;

/// <summary>
/// Gives what root wrote below a workspace to the workspace's owner: a container action runs as root, and on a self-hosted runner the next
/// checkout could not remove its files. Does nothing for other users, in a workspace of root, and on systems other than Linux.
/// </summary>
internal sealed class WorkspaceOwner
{
    private readonly string _workspace;
    private readonly LinuxUser? _owner;

    private WorkspaceOwner(string workspace, LinuxUser? owner)
    {
        _workspace = workspace;
        _owner = owner;
    }

    /// <param name="workspace">An absolute path.</param>
    public static WorkspaceOwner Of(string workspace)
    {
        if (!OperatingSystem.IsLinux() || !LinuxUser.IsRootHere)
            return new(workspace, null);
        return new(RealPath.Of(workspace), LinuxFile.OwnerOf(workspace) is { IsRoot: false } owner ? owner : null);
    }

    /// <summary>A file that is open. One that lies elsewhere, through a link too, or that is not root's stays as it is.</summary>
    public void Give(SafeFileHandle handle)
    {
        if (OperatingSystem.IsLinux()
            && _owner is { } owner
            && LinuxFile.PathOf(handle) is { } path
            && IsBelow(path)
            && LinuxFile.OwnerOf(handle) is { IsRoot: true })
        {
            // By the handle: a path may lead elsewhere by now. That it fails, in a container without the right to it, is no reason to fail
            // the run.
            _ = LinuxCalls.ChangeOwner(handle, owner.User, owner.Group);
        }
    }

    /// <summary>A folder and those above it, up to the workspace.</summary>
    public void GiveFolders(string folder)
    {
        if (!OperatingSystem.IsLinux() || _owner is null)
            return;
        for (var path = RealPath.Of(folder); IsBelow(path); path = Path.GetDirectoryName(path)!)
        {
            using var handle = LinuxFile.TryOpenFolder(path);
            if (handle is not null)
                Give(handle);
        }
    }

    private bool IsBelow(string path) => path != _workspace && RealPath.IsWithin(path, _workspace);
}
