using System.Net.Sockets;
using GateAction.Files;
using GateAction.Platform;

namespace GateAction.Http;

/// <summary>
/// A socket of the file system at which a server listens (unix(7)). It is opened once, and what was opened is looked at and connected to: a
/// change under test may put a link in its place while the gate runs. That way its path may also be longer than the 108 bytes of an
/// address.
/// </summary>
/// <param name="Written">As the manifest has it, for messages.</param>
/// <param name="FullPath">Where it lies.</param>
/// <param name="Within">The folder in which it must lie, through links too; null for a path that is meant as it is.</param>
internal sealed record UnixSocket(string Written, string FullPath, string? Within)
{
    public override string ToString() => $"the socket '{Written}'";

    /// <summary>Throws <see cref="NetworkFault"/> where there is no such socket, and <see cref="SocketException"/> where nobody listens at
    /// it.</summary>
    public async Task<Socket> ConnectAsync(CancellationToken cancellation)
    {
        if (!OperatingSystem.IsLinux())
            return await ConnectToAsync(FullPath, cancellation);
        try
        {
            using var handle = LinuxFile.OpenPlace(FullPath);
            if (LinuxFile.WhyNotRegular(handle) is not "a socket" and var kind)
                throw Fault($"'{Written}' is {kind ?? "a regular file"}, and no socket");
            if (Within is not null && LinuxFile.PathOf(handle) is { } real
                && !RealPath.IsWithin(real, RealPath.Of(Path.GetFullPath(Within))))
                throw Fault($"'{Written}' leads out of the workspace, to '{real}'; write the absolute path if that is meant");
            return await ConnectToAsync($"/proc/self/fd/{handle.DangerousGetHandle()}", cancellation);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new NetworkFault($"there is no socket '{Written}'", isTransient: true, mayHaveActed: false, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Fault($"the socket '{Written}' cannot be opened: {exception.Message.TrimEnd('.')}", exception);
        }
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

    private static NetworkFault Fault(string message, Exception? cause = null) =>
        new(message, isTransient: false, mayHaveActed: false, cause);
}
