using System.Net;
using System.Net.Sockets;

namespace GateAction.Http;

/// <summary>
/// Connects to the first address of a name that answers (RFC 8305, "happy eyeballs"): one that is dead costs the head start of the next,
/// not the whole time of an attempt.
/// </summary>
internal sealed class AddressRace(int port, TimeProvider time)
{
    // RFC 8305, 8 recommends 250 ms and allows 100 ms to 2 s. A SYN that was lost is sent again after a second: too long to wait for.
    private static readonly TimeSpan HeadStart = TimeSpan.FromMilliseconds(300);
    // .NET throws an ArgumentOutOfRangeException for a longer one, which no name server could know (RFC 1035, 2.3.4).
    private const int LongestName = 255;
    private readonly List<Task<Attempt>> _running = [];
    private readonly List<AddressFault> _faults = [];

    /// <summary>Throws <see cref="SocketException"/> if no address answers.</summary>
    /// <param name="refusal">Why an address is not connected to; it gives null for one that is.</param>
    public static async Task<Socket> ConnectAsync(
        string host, int port, TimeProvider time, CancellationToken cancellation, Func<IPAddress, NetworkException?>? refusal = null)
    {
        var addresses = await FindAsync(host, cancellation);
        // One address that is refused refuses the name: which of them would win the race is chance, and a second look could tell others.
        if (refusal is not null && addresses.Select(refusal).FirstOrDefault(fault => fault is not null) is { } refused)
            throw refused;
        return await ConnectAsync(addresses, port, time, cancellation);
    }

    /// <param name="addresses">In the order in which they are tried.</param>
    public static Task<Socket> ConnectAsync(
        IReadOnlyList<IPAddress> addresses, int port, TimeProvider time, CancellationToken cancellation) =>
        new AddressRace(port, time).RunAsync(addresses, cancellation);

    private static async Task<IReadOnlyList<IPAddress>> FindAsync(string host, CancellationToken cancellation)
    {
        if (IPAddress.TryParse(host, out var address))
            return [address];
        return host.Length <= LongestName ? Order(await Dns.GetHostAddressesAsync(host, cancellation)) : [];
    }

    private async Task<Socket> RunAsync(IReadOnlyList<IPAddress> addresses, CancellationToken cancellation)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            for (var next = 0; next < addresses.Count || _running.Count > 0;)
            {
                if (next < addresses.Count)
                    _running.Add(ConnectOneAsync(addresses[next++], over.Token));
                if (await NextAsync(hasMore: next < addresses.Count, over.Token) is { } socket)
                    return socket;
            }
        }
        finally
        {
            // Nobody waits for the losers: each closes its socket when it notices.
            await over.CancelAsync();
            foreach (var late in _running)
                _ = late.ContinueWith(Close, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
        throw WhatCounts(_faults) ?? new SocketException((int)SocketError.HostNotFound);
    }

    /// <summary>Of the faults of several addresses the one that is told; null if there is none.</summary>
    public static SocketException? WhatCounts(IReadOnlyList<AddressFault> faults)
    {
        var told = faults.OrderBy(one => RankOf(one.Fault)).FirstOrDefault()?.Fault;
        // Many machines have no way to IPv6, and a firewall may be closed for IPv4 alone.
        var unseen = faults.FirstOrDefault(one => RankOf(one.Fault) == NoWay && !IPAddress.IsLoopback(one.Address));
        return told?.SocketErrorCode == SocketError.ConnectionRefused && unseen is not null
            ? new PartlyRefusedException(unseen.Address)
            : told;
    }

    private const int NoWay = 2;

    /// <summary>What counts of several faults: that one address refused says nothing of another that could not be reached, and a machine
    /// without a way to a family of addresses says nothing of the server.</summary>
    private static int RankOf(SocketException fault) => fault.SocketErrorCode switch
    {
        SocketError.NetworkUnreachable or SocketError.AddressFamilyNotSupported or SocketError.AddressNotAvailable => NoWay,
        SocketError.ConnectionRefused => 1,
        _ => 0,
    };

    /// <summary>Null if an address refused, or it is the next one's turn.</summary>
    private async Task<Socket?> NextAsync(bool hasMore, CancellationToken cancellation)
    {
        var headStart = hasMore ? Task.Delay(HeadStart, time, cancellation) : null;
        var ended = await Task.WhenAny(headStart is null ? _running : [.. _running, headStart]);
        // Awaited for its exception: if the run was stopped, the race ends here.
        if (ended is not Task<Attempt> running)
        {
            await ended;
            return null;
        }
        _running.Remove(running);
        var attempt = await running;
        if (attempt.Fault is not null)
            _faults.Add(attempt.Fault);
        return attempt.Socket;
    }

    private async Task<Attempt> ConnectOneAsync(IPAddress address, CancellationToken cancellation)
    {
        Socket? socket = null;
        try
        {
            socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(new IPEndPoint(address, port), cancellation);
            return new(socket, null);
        }
        catch (Exception exception)
        {
            socket?.Dispose();
            if (exception is SocketException fault)
                return new(null, new(address, fault));
            throw;
        }
    }

    /// <summary>As the system orders them (RFC 6724), the two families in turn.</summary>
    private static List<IPAddress> Order(IPAddress[] addresses)
    {
        var first = addresses.FirstOrDefault()?.AddressFamily;
        var families = addresses.Distinct().ToLookup(address => address.AddressFamily == first);
        var (own, other) = (families[true].ToArray(), families[false].ToArray());
        return [.. Enumerable.Range(0, Math.Max(own.Length, other.Length))
            .SelectMany(i => own.Skip(i).Take(1).Concat(other.Skip(i).Take(1)))];
    }

    private static void Close(Task<Attempt> late)
    {
        if (late.IsCompletedSuccessfully)
            late.Result.Socket?.Dispose();
        else
            // An exception that nobody looked at is told as unobserved when the task is collected.
            _ = late.Exception;
    }

    private readonly record struct Attempt(Socket? Socket, AddressFault? Fault);
}

/// <summary>Why one address of a name was not connected to.</summary>
internal sealed record AddressFault(IPAddress Address, SocketException Fault);

/// <summary>Where addresses of a name refused and another one is out of this machine's reach, nobody knows whether the port is open
/// there.</summary>
internal sealed class PartlyRefusedException(IPAddress unseen) : SocketException((int)SocketError.ConnectionRefused)
{
    public IPAddress Unseen => unseen;
}
