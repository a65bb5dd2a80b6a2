using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace GateAction.Files;

/// <summary>
/// Gives what root wrote below a workspace to the workspace's owner: a container action runs as root, and on a self-hosted runner the next
/// checkout could not remove its files. Does nothing for other users, in a workspace of root, and on systems other than Linux.
/// </summary>
internal sealed class WorkspaceOwner
{
    private const int CloseOnExec = 0x80000;
    private const int EmptyPath = 0x1000;
    private const uint OwnerMask = 0x18;
    private const int StatxLength = 256;
    private const int UserOffset = 20;

    private readonly string _workspace;
    private readonly (uint User, uint Group)? _owner;

    private WorkspaceOwner(string workspace, (uint User, uint Group)? owner)
    {
        _workspace = workspace;
        _owner = owner;
    }

    /// <param name="workspace">An absolute path.</param>
    public static WorkspaceOwner Of(string workspace)
    {
        if (!OperatingSystem.IsLinux() || geteuid() != 0)
            return new(workspace, null);
        using var folder = OpenFolder(workspace);
        return new(RealPath.Of(workspace), folder is not null && OwnerOf(folder) is { User: not 0 } owner ? owner : null);
    }

    /// <summary>A file that is open. One that lies elsewhere, through a link too, or that is not root's stays as it is.</summary>
    public void Give(SafeFileHandle handle)
    {
        if (_owner is { } owner && RegularFile.PathOf(handle) is { } path && IsBelow(path) && OwnerOf(handle) is { User: 0 })
            _ = fchown(handle, owner.User, owner.Group);
    }

    /// <summary>A folder and those above it, up to the workspace.</summary>
    public void GiveFolders(string folder)
    {
        if (_owner is null)
            return;
        for (var path = RealPath.Of(folder); IsBelow(path); path = Path.GetDirectoryName(path)!)
        {
            using var handle = OpenFolder(path);
            if (handle is not null)
                Give(handle);
        }
    }

    private bool IsBelow(string path) => path != _workspace && RealPath.IsWithin(path, _workspace);

    private static SafeFileHandle? OpenFolder(string path) =>
        open(path, CloseOnExec) is >= 0 and var descriptor ? new SafeFileHandle(descriptor, ownsHandle: true) : null;

    private static (uint User, uint Group)? OwnerOf(SafeFileHandle handle)
    {
        var status = new byte[StatxLength];
        return statx(handle, "", EmptyPath, OwnerMask, status) == 0
            ? (BitConverter.ToUInt32(status, UserOffset), BitConverter.ToUInt32(status, UserOffset + sizeof(uint)))
            : null;
    }

#pragma warning disable IDE1006 // The names of the system's own functions.
    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint geteuid();

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fchown(SafeFileHandle file, uint user, uint group);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int statx(
        SafeFileHandle folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, byte[] status);
#pragma warning restore IDE1006
}
