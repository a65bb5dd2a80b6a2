using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace GateAction.Platform;

/// <summary>open(2), statx(2) and proc_pid_fd(5): files opened without waiting, and what was opened.</summary>
[SupportedOSPlatform("linux")]
internal static class LinuxFile
{
    private const int NonBlocking = 0x800;
    private const int NoControllingTerminal = 0x100;
    private const int PlaceOnly = 0x200000;
    // O_DIRECTORY is one of the few flags that differ between the processors (asm-generic/fcntl.h, arch/arm64).
    private static readonly int FolderOnly = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x4000 : 0x10000;
    private const int EmptyPath = 0x1000;
    private const uint TypeMask = 1;
    private const uint OwnerMask = 0x8 | 0x10;
    private const int StatxLength = 256;
    private const int UserOffset = 20;
    private const int GroupOffset = 24;
    private const int ModeOffset = 28;

    public static SafeFileHandle Open(string path)
    {
        // O_NONBLOCK: to open a named pipe would else wait until somebody writes. O_NOCTTY: a terminal must not become the gate's own.
        var descriptor = LinuxCalls.Open(path, NonBlocking | LinuxCalls.CloseOnExec | NoControllingTerminal);
        return descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw Fault(path, Marshal.GetLastPInvokeError());
    }

    /// <summary>Of whatever stands there the place alone, not what it holds.</summary>
    public static SafeFileHandle OpenPlace(string path)
    {
        var descriptor = LinuxCalls.Open(path, PlaceOnly | LinuxCalls.CloseOnExec);
        return descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw Fault(path, Marshal.GetLastPInvokeError());
    }

    /// <summary>What was opened, in words; null for a regular file.</summary>
    public static string? WhyNotRegular(SafeFileHandle handle)
    {
        Span<byte> status = stackalloc byte[StatxLength];
        if (LinuxCalls.Statx(handle, "", EmptyPath, TypeMask, status) != 0)
            throw new IOException(LinuxCalls.TextOf(Marshal.GetLastPInvokeError()));
        return (BitConverter.ToUInt16(status[ModeOffset..]) & 0xF000) switch
        {
            0x8000 => null,
            0x4000 => "a folder",
            0x1000 => "a named pipe",
            0xC000 => "a socket",
            _ => "a device",
        };
    }

    /// <summary>Null if /proc does not tell.</summary>
    public static string? PathOf(SafeFileHandle handle) => new FileInfo($"/proc/self/fd/{handle.DangerousGetHandle()}").LinkTarget;

    /// <summary>The user and the group that a file or folder belongs to; null if that cannot be seen.</summary>
    public static LinuxUser? OwnerOf(string path)
    {
        using var handle = TryOpenFolder(path);
        return handle is null ? null : OwnerOf(handle);
    }

    /// <inheritdoc cref="OwnerOf(string)"/>
    public static LinuxUser? OwnerOf(SafeFileHandle handle)
    {
        Span<byte> status = stackalloc byte[StatxLength];
        return LinuxCalls.Statx(handle, "", EmptyPath, OwnerMask, status) == 0
            ? new(BitConverter.ToUInt32(status[UserOffset..]), BitConverter.ToUInt32(status[GroupOffset..]))
            : null;
    }

    /// <summary>Null if there is no such folder, or it may not be opened.</summary>
    public static SafeFileHandle? TryOpenFolder(string path) =>
        LinuxCalls.Open(path, FolderOnly | LinuxCalls.CloseOnExec) is >= 0 and var descriptor
        ? new SafeFileHandle(descriptor, ownsHandle: true)
        : null;

    private static Exception Fault(string path, int error) => error switch
    {
        // ENOENT, ENOTDIR, EACCES or EPERM, ENXIO (what open(2) says of a socket), ELOOP.
        2 => new FileNotFoundException($"there is no file '{path}'", path),
        20 => new DirectoryNotFoundException($"there is no file '{path}'"),
        13 or 1 => new UnauthorizedAccessException($"'{path}' may not be read"),
        6 => new IOException($"'{Path.GetFileName(path)}' is a socket or a device; only regular files are read"),
        40 => new IOException($"'{Path.GetFileName(path)}' is a link that leads to itself"),
        _ => new IOException($"{LinuxCalls.TextOf(error)}: '{path}'"),
    };
}
