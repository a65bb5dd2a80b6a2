using System.Collections.Concurrent;

namespace GateAction.Http;

/// <summary>Open connections, shared by all probes of a run that trust alike.</summary>
internal sealed class HttpConnections(TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<TlsTrust, TrustedConnections> _byTrust = new();

    /// <summary>True where the proxy of the environment (<c>HTTPS_PROXY</c>, <c>NO_PROXY</c>) is used.</summary>
    public bool UsesProxy { get; init; } = true;

    public TrustedConnections For(TlsTrust trust) => _byTrust.GetOrAdd(trust, _ => new TrustedConnections(trust, UsesProxy, time));

    public void Dispose()
    {
        foreach (var connections in _byTrust.Values)
            connections.Dispose();
    }
}
