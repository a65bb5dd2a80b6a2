using System.Net;
using System.Net.Sockets;
using GateAction.Http;

namespace GateAction.Tests.Http;

internal sealed class AddressRaceTests
{
    [TestCase(SocketError.ConnectionRefused, new[] { SocketError.ConnectionRefused, SocketError.ConnectionRefused })]
    [TestCase(SocketError.TimedOut, new[] { SocketError.ConnectionRefused, SocketError.TimedOut })]
    [TestCase(SocketError.HostUnreachable, new[] { SocketError.HostUnreachable, SocketError.ConnectionRefused })]
    [TestCase(SocketError.ConnectionReset, new[] { SocketError.ConnectionRefused, SocketError.ConnectionReset })]
    [TestCase(SocketError.ConnectionRefused, new[] { SocketError.NetworkUnreachable, SocketError.ConnectionRefused })]
    [TestCase(SocketError.ConnectionRefused, new[] { SocketError.ConnectionRefused, SocketError.AddressNotAvailable })]
    [TestCase(SocketError.NetworkUnreachable, new[] { SocketError.NetworkUnreachable })]
    public void Addresses_refuse_only_if_none_that_can_be_reached_fails_otherwise(SocketError told, SocketError[] faults) =>
        Assert.That(AddressRace.WhatCounts(Faults("192.0.2.1", faults))?.SocketErrorCode, Is.EqualTo(told));

    [TestCase("2001:db8::1", false, new[] { SocketError.NetworkUnreachable, SocketError.ConnectionRefused })]
    [TestCase("2001:db8::1", false, new[] { SocketError.ConnectionRefused, SocketError.AddressFamilyNotSupported })]
    [TestCase("192.0.2.1", false, new[] { SocketError.ConnectionRefused, SocketError.AddressNotAvailable, SocketError.ConnectionRefused })]
    [TestCase("192.0.2.1", false, new[] { SocketError.HostUnreachable, SocketError.ConnectionRefused })]
    [TestCase("192.0.2.1", false, new[] { SocketError.NetworkUnreachable })]
    [TestCase("::1", true, new[] { SocketError.AddressNotAvailable, SocketError.ConnectionRefused })]
    [TestCase("2001:db8::1", true, new[] { SocketError.ConnectionRefused, SocketError.ConnectionRefused })]
    public void A_port_is_closed_if_it_is_at_each_address_that_may_be_elsewhere(string address, bool isRefusal, SocketError[] faults)
    {
        var fault = NetworkFaults.From(AddressRace.WhatCounts(Faults(address, faults))!, "admin.example.com:9000");

        Assert.That(fault.IsRefusal, Is.EqualTo(isRefusal), fault.Message);
    }

    [Test]
    public void The_address_that_nobody_looked_at_is_named() =>
        Assert.That(NetworkFaults.From(AddressRace.WhatCounts(
                Faults("2001:db8::1", [SocketError.ConnectionRefused, SocketError.NetworkUnreachable]))!, "admin.example.com:9000").Message,
            Is.EqualTo("connection refused, and this machine has no way to 2001:db8::1, another address of that name "
                + "(admin.example.com:9000)"));

    private static AddressFault[] Faults(string address, SocketError[] faults) =>
        [.. faults.Select(fault => new AddressFault(IPAddress.Parse(address), new SocketException((int)fault)))];

    [Test]
    public async Task An_address_that_never_answers_costs_the_head_start_of_the_next()
    {
        var (silent, answering) = (IPAddress.Parse("127.0.0.2"), IPAddress.Loopback);
        using var full = Listen(silent, 0, backlog: 0);
        var port = ((IPEndPoint)full.LocalEndPoint!).Port;
        using var listener = Listen(answering, port, backlog: 8);
        Socket[] waiting = [.. Enumerable.Range(0, 8).Select(_ => Ask(silent, port))];
        var time = new SkippingTime();
        var start = time.GetUtcNow();

        using var socket = await AddressRace.ConnectAsync([silent, answering], port, time, CancellationToken.None);

        Assert.That(((IPEndPoint)socket.RemoteEndPoint!).Address, Is.EqualTo(answering));
        Assert.That(time.GetUtcNow() - start, Is.EqualTo(TimeSpan.FromMilliseconds(300)));
        foreach (var one in waiting)
            one.Dispose();
    }

    private static Socket Listen(IPAddress address, int port, int backlog)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(address, port));
        socket.Listen(backlog);
        return socket;
    }

    /// <summary>Takes a place in the queue of a listener, from where nobody is let in; the rest of those that ask get no answer.</summary>
    private static Socket Ask(IPAddress address, int port)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
        try
        {
            socket.Connect(new IPEndPoint(address, port));
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            // That is what was asked for.
        }
        return socket;
    }

    [Test]
    public void Without_a_fault_there_is_none() => Assert.That(AddressRace.WhatCounts([]), Is.Null);
}
