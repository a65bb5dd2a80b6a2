using System.Net;
using System.Net.Sockets;
using DnsClient.Protocol;
using GateAction.Cel.Values;
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

    private static readonly FactType Record = FactType.Object(
        "one record",
        ("name", FactType.String("whose it is")),
        ("type", FactType.String("A, AAAA, CAA, CNAME, MX, NS, PTR, SOA, SRV or TXT")),
        ("value", FactType.String("an address, a name or a text: of SRV the target, of SOA the primary name server, of CAA the authority")),
        ("ttl", FactType.Duration("how long it may be kept")),
        ("priority", FactType.Int("of MX and SRV; absent elsewhere")),
        ("weight", FactType.Int("of SRV; absent elsewhere")),
        ("port", FactType.Int("of SRV; absent elsewhere")),
        ("serial", FactType.Int("the version of the zone, of SOA; absent elsewhere")),
        ("tag", FactType.String("what the authority may do, of CAA: issue, issuewild or iodef; absent elsewhere")));

    private static readonly FactType Facts = ProbeOptions.FactsWith(
        ("exists", FactType.Bool("true where there is such a name (of the type asked for, where one is)")),
        ("addresses", FactType.List("its IP addresses, sorted", FactType.String("an address"))),
        ("values", FactType.List("the values of the type asked for, sorted; absent where none is asked for",
        FactType.String("an address, a name or a text"))),
        ("records", FactType.List(
            "every record of the answer; absent where the system's resolver was asked, which does not tell",
            Record)),
        ("latency", FactType.Duration("time to the answer")));

    public static readonly ProbeKind Dns = new("dns", "Resolves a name, as the system does or by asking a name server.", Read, Facts);

    public override ProbeKind Kind => Dns;

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
        ProbeOptions.Read(fields, Facts));

    public override string SubjectIn(ProbeContext context) => context.Expand(Name) + (Type is { } type ? $" {type}" : "");

    public override async Task<Look> LookAsync(ProbeContext context, CancellationToken cancellation)
    {
        var name = context.Expand(Name);
        using var timeout = new CancellationTokenSource(Options.Timeout, context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        var started = context.Time.GetTimestamp();
        try
        {
            var facts = Type is null && Server is null
                ? await ResolveAsync(name, either.Token)
                : await AskAsync(name, ServerIn(context), either.Token);
            return new Look([.. facts, ("latency", Value.Duration(context.Time.GetElapsedTime(started)))]);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new NetworkFault($"no name server answered for '{name}' within {Options.Timeout.TotalSeconds:0.###} s", isTransient: true,
                mayHaveActed: false);
        }
    }

    private static async Task<IEnumerable<(string, Value)>> ResolveAsync(string name, CancellationToken cancellation)
    {
        try
        {
            var addresses = await System.Net.Dns.GetHostAddressesAsync(name, cancellation).WaitAsync(cancellation);
            return [("exists", Value.True), ("addresses", Sorted(addresses.Select(address => address.ToString())))];
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData)
        {
            return [("exists", Value.False), ("addresses", Sorted([]))];
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
    private async Task<IEnumerable<(string, Value)>> AskAsync(string name, IPEndPoint server, CancellationToken cancellation)
    {
        var query = new DnsQuery(server);
        ResourceRecordType[] types = Type is { } one ? [one] : [ResourceRecordType.A, ResourceRecordType.AAAA];
        // The name that belongs to an address stands under that address in reverse.
        var asked = Type == ResourceRecordType.PTR && IPAddress.TryParse(name, out var address) ? address.GetArpaName() : name;
        var answers = await Task.WhenAll(types.Select(type => query.AskAsync(asked, type, cancellation)));
        var records = answers.SelectMany(answer => answer).Distinct().ToArray();
        var wanted = records.Where(record => types.Contains(record.Type)).ToArray();
        List<(string, Value)> facts =
        [
            ("exists", Value.Bool(wanted.Length > 0)),
            ("addresses", Sorted(records.Where(record => record.Type is ResourceRecordType.A or ResourceRecordType.AAAA)
                .Select(record => record.Value))),
            ("records", Value.List(records.Select(FactOf).ToArray())),
        ];
        if (Type is not null)
            facts.Add(("values", Sorted(wanted.Select(record => record.Value))));
        return facts;
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

    private static Value FactOf(DnsRecord record)
    {
        List<(string, Value)> facts =
        [
            ("name", Value.String(record.Name)),
            ("type", Value.String(record.Type.ToString())),
            ("value", Value.String(record.Value)),
            ("ttl", Value.Duration(record.Ttl)),
        ];
        foreach (var (name, number) in ((string, long?)[])[("priority", record.Priority), ("weight", record.Weight), ("port", record.Port),
            ("serial", record.Serial)])
        {
            if (number is { } given)
                facts.Add((name, Value.Int(given)));
        }
        if (record.Tag is { } tag)
            facts.Add(("tag", Value.String(tag)));
        return Value.Map(facts);
    }

    private static Value Sorted(IEnumerable<string> values) => Value.List(values.Distinct().Order(StringComparer.Ordinal));
}
