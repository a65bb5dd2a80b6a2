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
        Assert.That(AddressRace.WhatCounts(faults.Select(fault => new SocketException((int)fault)))?.SocketErrorCode, Is.EqualTo(told));

    [Test]
    public void Without_a_fault_there_is_none() => Assert.That(AddressRace.WhatCounts([]), Is.Null);
}
