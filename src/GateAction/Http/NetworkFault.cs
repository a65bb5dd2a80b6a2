namespace GateAction.Http;

/// <summary>Why a server gave no whole answer; the message completes "could not be reached: …".</summary>
/// <param name="isTransient">False where trying again cannot help: a certificate that is not valid, a redirect that is not
/// followed.</param>
/// <param name="mayHaveActed">True where the request may have reached the server, so that it must not be repeated unless it is
/// idempotent.</param>
internal sealed class NetworkFault(string message, bool isTransient, bool mayHaveActed, Exception? innerException = null)
    : Exception(message, innerException)
{
    public bool IsTransient { get; } = isTransient;

    public bool MayHaveActed { get; } = mayHaveActed;

    /// <summary>True where the other side refused, in so many words: of TCP or of TLS.</summary>
    public bool IsRefusal { get; init; }

    /// <summary>True if it was this machine's own address that refused.</summary>
    public bool IsOwnMachine { get; init; }

    /// <summary>True where the other side ended a connection without a word.</summary>
    public bool IsHangUp { get; init; }

    /// <summary>What was learnt of the server's certificate before it was refused.</summary>
    public TlsSession? Session { get; init; }
}
