using System.Net.Sockets;

namespace GateAction.Http;

/// <summary>A socket of the file system at which a server listens in place of a port; two of one name are the same.</summary>
/// <param name="name">Its path as the manifest has it.</param>
/// <param name="connect">Opens a connection; throws <see cref="IOException"/> if there is no socket.</param>
internal sealed class UnixSocket(string name, Func<CancellationToken, Task<Socket>> connect) : IEquatable<UnixSocket>
{
    private string Name => name;

    /// <summary>Throws <see cref="NetworkException"/> if there is no such socket, and <see cref="SocketException"/> if nobody listens
    /// at it.</summary>
    public async Task<Socket> ConnectAsync(CancellationToken cancellation)
    {
        try
        {
            return await connect(cancellation);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new NetworkException($"there is no socket '{name}'", isTransient: true, mayHaveActed: false, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new NetworkException($"the socket '{name}' cannot be used: {exception.Message.TrimEnd('.')}", isTransient: false,
                mayHaveActed: false, exception);
        }
    }

    public bool Equals(UnixSocket? other) => other?.Name == name;

    public override bool Equals(object? other) => Equals(other as UnixSocket);

    public override int GetHashCode() => name.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => $"the socket '{name}'";
}
