using System.Net;
using System.Net.Sockets;
using DnsClient.Protocol;
using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Http;
using GateAction.Syntax;

namespace GateAction.Sources.Names;

/// <summary>Resolves a name. That there is no such name is measured; a name server that does not answer proves nothing.</summary>
internal sealed record DnsProbe(Template Name, ResourceRecordType? Type, Template? Server, ProbeOptions Options) : Probe(Options)
{
    private const int DnsPort = 53;

    private static readonly ResourceRecordType[] Types =
    [
        ResourceRecordType.A,
        ResourceRecordType.AAAA,
        ResourceRecordType.CAA,
        ResourceRecordType.CNAME,
        ResourceRecordType.MX,
        ResourceRecordType.NS,
        ResourceRecordType.PTR,
        ResourceRecordType.SOA,
        ResourceRecordType.SRV,
        ResourceRecordType.TXT,
    ];

    private static readonly Facts<DnsRecord> RecordFacts = new Facts<DnsRecord>("one record")
        .Text("name", "whose it is", record => record.Name)
        .Text("type", "A, AAAA, CAA, CNAME, MX, NS, PTR, SOA, SRV or TXT", record => record.Type.ToString())
        .Text(
            "value",
            "an address, a name or a text: of SRV the target, of SOA the primary name server, of CAA the authority",
            record => record.Value)
        .Duration("ttl", "how long it may be kept", record => record.Ttl)
        .Int("priority", "of MX and SRV; absent elsewhere", record => record.Priority)
        .Int("weight", "of SRV; absent elsewhere", record => record.Weight)
        .Int("port", "of SRV; absent elsewhere", record => record.Port)
        .Int("serial", "the version of the zone, of SOA; absent elsewhere", record => record.Serial)
        .Text("tag", "what the authority may do, of CAA: issue, issuewild or iodef; absent elsewhere", record => record.Tag);

    private static readonly Facts<Resolved> Facts = new Facts<Resolved>()
        .Bool("exists", "true if there is such a name (of the type asked for, where one is)", resolved => resolved.Exists)
        .Texts("addresses", "its IP addresses, sorted; absent if another type is asked for than A and AAAA", "an address",
            resolved => resolved.Addresses is { } addresses ? Sorted(addresses) : null)
        .Texts(
            "values",
            "the values of the type asked for, sorted; absent if none is asked for",
            "an address, a name or a text",
            resolved => resolved.Values is { } values ? Sorted(values) : null)
        .List(
            "records",
            "every record of the answer; absent if the system's resolver was asked, which does not tell",
            RecordFacts,
            resolved => resolved.Records)
        .Duration("latency", "time to the answer", resolved => resolved.Latency).AsFigure(FigureNames.Latency);

    public static readonly SourceKind Dns =
        SourceKind.OfProbe("dns", "Resolves a name, as the system does or by asking a name server.", Read, Facts);

    public override SourceKind Kind => Dns;

    private sealed record Resolved(bool Exists, IEnumerable<string>? Addresses, IReadOnlyList<DnsRecord>? Records = null,
        IEnumerable<string>? Values = null)
    {
        public TimeSpan Latency { get; init; }
    }

    public static DnsProbe Read(Fields fields) => new(
        fields.Required("dns", Syntaxes.Template, "the name: staging.example.com"),
        fields.Optional(
            "type",
            Syntaxes.EnumOf<ResourceRecordType?>([.. Types.Select(type => (type.ToString(), (ResourceRecordType?)type))]),
            null,
            "the type of record to ask a name server for; without it the system resolves the name to addresses, as every program does"),
        fields.Optional(
            "server",
            Syntaxes.Template,
            "the name server to ask, an IP address with a port or without: 1.1.1.1, 127.0.0.1:5353; the first of /etc/resolv.conf where "
            + "it is not given"),
        ProbeOptions.Read(fields, Dns));

    public override string SubjectIn(ProbeContext context) => context.Expand(Name) + (Type is { } type ? $" {type}" : "");

    public override async Task<ProbeResult> MeasureOnceAsync(ProbeContext context, CancellationToken cancellation)
    {
        var name = context.Expand(Name);
        using var timeout = new CancellationTokenSource(Options.Timeout, context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        var started = context.Time.GetTimestamp();
        try
        {
            var resolved = Type is null && Server is null
                ? await ResolveAsync(name, either.Token)
                : await AskAsync(name, ServerIn(context), either.Token);
            return new ProbeResult(Facts.Of(resolved with { Latency = context.Time.GetElapsedTime(started) }));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new NetworkException($"no name server answered for '{name}' within {UnitText.Duration(Options.Timeout)}",
                isTransient: true,
                mayHaveActed: false);
        }
    }

    private static async Task<Resolved> ResolveAsync(string name, CancellationToken cancellation)
    {
        try
        {
            // The system's call cannot be cancelled: it is left behind when the time is over.
            var addresses = await System.Net.Dns.GetHostAddressesAsync(name, cancellation).WaitAsync(cancellation);
            return new(true, addresses.Select(address => address.ToString()));
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData)
        {
            return new(false, []);
        }
        catch (SocketException exception)
        {
            throw NetworkFaults.From(exception, name);
        }
        catch (ArgumentException exception)
        {
            throw new NoEvidenceException($"'{name}' is no name of a host", exception);
        }
    }

    /// <summary>Without a type both kinds of addresses are asked for.</summary>
    private async Task<Resolved> AskAsync(string name, IPEndPoint server, CancellationToken cancellation)
    {
        var query = new DnsQuery(server);
        ResourceRecordType[] types = Type is { } one ? [one] : [ResourceRecordType.A, ResourceRecordType.AAAA];
        // The name that belongs to an address stands under that address in reverse.
        var asked = Type == ResourceRecordType.PTR && IPAddress.TryParse(name, out var address) ? address.GetArpaName() : name;
        var answers = await Task.WhenAll(types.Select(type => query.AskAsync(asked, type, cancellation)));
        // The CNAMEs on the way come with both answers, that for A and that for AAAA.
        var records = answers.SelectMany(answer => answer).Distinct().ToArray();
        var wanted = records.Where(record => types.Contains(record.Type)).ToArray();
        var isForAddresses = Type is null or ResourceRecordType.A or ResourceRecordType.AAAA;
        return new(
            wanted.Length > 0,
            isForAddresses ? wanted.Select(record => record.Value) : null,
            records,
            Type is null ? null : wanted.Select(record => record.Value));
    }

    private IPEndPoint ServerIn(ProbeContext context)
    {
        var text = Server is null ? FirstOfSystem() : context.Expand(Server);
        if (!IPEndPoint.TryParse(text, out var server))
            throw new NoEvidenceException($"'{text}' is no address of a name server; an IP address with a port or without is accepted");
        return server.Port == 0 ? new IPEndPoint(server.Address, DnsPort) : server;
    }

    private static string FirstOfSystem()
    {
        const string settings = "/etc/resolv.conf";
        var lines = File.Exists(settings) ? File.ReadAllLines(settings) : [];
        return lines.Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .FirstOrDefault(words => words is ["nameserver", _, ..])?[1]
            ?? throw new NoEvidenceException($"{settings} names no name server; name one in 'server'");
    }

    private static IEnumerable<string> Sorted(IEnumerable<string> values) => values.Distinct().Order(StringComparer.Ordinal);
}
