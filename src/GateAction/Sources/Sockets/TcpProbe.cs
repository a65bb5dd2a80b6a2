using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Http;
using GateAction.Sources.Http;
using GateAction.Sources.Logs;
using GateAction.Syntax;

namespace GateAction.Sources.Sockets;

/// <summary>Opens a connection, with TLS or without, and may wait for what the server says first.</summary>
internal sealed record TcpProbe(
    Template Address,
    bool Tls,
    Template? ServerName,
    ServerTrust Trust,
    Template? Send,
    LogPattern? Expect,
    ProbeOptions Options) : Probe(Options)
{
    public static readonly SourceKind Tcp = SourceKind.OfProbe(
        "tcp", "Opens a connection to a port, with TLS where wanted, and measures how long that takes.", Read, TcpMeasured.Facts);

    public override SourceKind Kind => Tcp;

    public override Outcome OutcomeOfNoAnswer => ExpectsRefusal ? Outcome.Unknown : Outcome.Unreachable;

    public bool ExpectsRefusal => Expect?.Text == ExpectedRefusal.Word;

    public static TcpProbe Read(Fields fields)
    {
        var probe = new TcpProbe(
            fields.Required("tcp", Endpoint.Field, Endpoint.Expected),
            fields.Optional("tls", Syntaxes.Bool, false, "speaks TLS once the connection is open"),
            fields.Optional("server-name", Syntaxes.Template, "whom the certificate must name; the host where it is not given"),
            ServerTrust.Read(fields),
            fields.Optional("send", Syntaxes.Template, "a text to send once the connection is open"),
            fields.Optional("expect", Syntaxes.Text.Unless(LogPattern.ObjectionTo).Select(LogPattern.Compile),
            $"a regular expression (RE2) that what the server says must fit; '{ExpectedRefusal.Word}' alone means that the port "
            + "must be closed"),
            ProbeOptions.Read(fields, Tcp));
        fields.Check(probe.Tls || !(fields.Has("server-name") || ServerTrust.IsIn(fields)), "tls",
            "'server-name', 'insecure', 'ca' and 'client-certificate' speak of TLS; write `tls: true`");
        fields.Check(probe.Send is null || probe.Expect is not null, "send", "nobody reads the answer; say in 'expect' what it must hold");
        fields.Check(probe.Send is null || !probe.ExpectsRefusal, "send", "nothing is sent over a connection that is to be refused");
        return probe;
    }

    public override string SubjectIn(ProbeContext context) => $"{(Tls ? "tls" : "tcp")}://{context.Expand(Address)}";

    public override async Task<ProbeResult> MeasureOnceAsync(ProbeContext context, CancellationToken cancellation)
    {
        var endpoint = Endpoint.In(context, Address);
        if (!ExpectsRefusal)
            return await new TcpExchange(this, endpoint, context).RunAsync(cancellation);
        try
        {
            return ExpectedRefusal.Missing(await new TcpExchange(this, endpoint, context).RunAsync(cancellation));
        }
        catch (NetworkException fault) when (fault.IsRefusal)
        {
            return ExpectedRefusal.Of(fault, TcpMeasured.Facts.Of(new(false) { IsRefused = true }));
        }
    }

    public override Value FactsOf(NetworkException fault, ProbeContext context) =>
        TcpMeasured.Facts.Of(new(false) { Tls = TlsRead.Of(fault.Session, context) });
}

/// <summary>What the facts of a <c>tcp</c> probe are made of.</summary>
internal sealed record TcpMeasured(bool IsConnected)
{
    public static readonly Facts<TcpMeasured> Facts = new Facts<TcpMeasured>()
        .Bool("connected", "true if the connection was opened, with TLS where that is asked for", measured => measured.IsConnected)
        .Text("address", "the IP address that was connected to", measured => measured.Address)
        .Duration("latency", "time to resolve the name and open the connection, without TLS", measured => measured.Latency)
        .AsFigure(FigureNames.Latency)
        .Duration("handshake", "time that TLS took after that; absent without TLS", measured => measured.Handshake)
        .Text("banner", "what the server said; absent if nothing is expected", measured => measured.Banner)
        .Bool(
            "expected",
            "true if what the server said fits `expect`; absent if nothing is expected",
            measured => measured.IsAsExpected)
        .Refused(measured => measured.IsRefused)
        .Object(FactNames.Tls, TlsRead.Facts, measured => measured.Tls);

    public string? Address { get; init; }

    public TimeSpan? Latency { get; init; }

    public TimeSpan? Handshake { get; init; }

    public string? Banner { get; init; }

    public bool? IsAsExpected { get; init; }

    public bool? IsRefused { get; init; }

    public TlsRead? Tls { get; init; }
}
