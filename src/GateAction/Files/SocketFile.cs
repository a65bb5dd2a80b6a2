using System.Net.Sockets;
using GateAction.Platform;

namespace GateAction.Files;

/// <summary>
/// Connects to a socket of the file system (unix(7)). It is opened once, and what was opened is looked at and connected to: a change under
/// test may put a link in its place while the gate runs. That way its path may also be longer than the 108 bytes of an address.
/// </summary>
internal static class SocketFile
{
    /// <param name="path">Full path.</param>
    /// <param name="within">The folder in which it must lie, through links too; null for a path that is meant as it is.</param>
    /// <exception cref="IOException">There is no such socket, or it is not one that may be used; the message is a clause that says
    /// which.</exception>
    /// <exception cref="SocketException">Nobody listens.</exception>
    public static async Task<Socket> ConnectAsync(string path, string? within, CancellationToken cancellation)
    {
        if (!OperatingSystem.IsLinux())
            return await ConnectToAsync(path, cancellation);
        using var handle = LinuxFile.OpenPlace(path);
        if (LinuxFile.WhyNotRegular(handle) is not "a socket" and var kind)
            throw new IOException($"it is {kind ?? "a regular file"}, and no socket");
        if (RegularFile.PathOutside(handle, within) is { } real)
            throw new IOException($"it leads out of the workspace, to '{real}'; write the absolute path if that is meant");
        return await ConnectToAsync($"/proc/self/fd/{handle.DangerousGetHandle()}", cancellation);
    }

    private static async Task<Socket> ConnectToAsync(string path, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
