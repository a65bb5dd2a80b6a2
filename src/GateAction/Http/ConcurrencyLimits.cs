using System.Collections.Concurrent;

namespace GateAction.Http;

/// <summary>How much is in flight at once, in all and per host, so that the gate's own load does not spoil the latency it measures. Waiting
/// here is not measured.</summary>
internal sealed class ConcurrencyLimits(int total, int perHost) : IDisposable
{
    private readonly SemaphoreSlim _total = new(total);
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _hosts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Waits for a place; the host first, so that one slow host does not take the places of the others.</summary>
    public async Task<Place> EnterAsync(string host, CancellationToken cancellation)
    {
        var ofHost = _hosts.GetOrAdd(host, _ => new SemaphoreSlim(perHost));
        await ofHost.WaitAsync(cancellation);
        try
        {
            await _total.WaitAsync(cancellation);
        }
        catch
        {
            ofHost.Release();
            throw;
        }
        return new Place(ofHost, _total);
    }

    public void Dispose()
    {
        _total.Dispose();
        foreach (var host in _hosts.Values)
            host.Dispose();
    }

    internal readonly struct Place(SemaphoreSlim host, SemaphoreSlim total) : IDisposable
    {
        public void Dispose()
        {
            total.Release();
            host.Release();
        }
    }
}
