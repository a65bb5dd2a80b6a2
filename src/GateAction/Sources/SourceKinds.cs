using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Sources.Commits;
using GateAction.Sources.Files;
using GateAction.Sources.Git;
using GateAction.Sources.Google;
using GateAction.Sources.Grpc;
using GateAction.Sources.Http;
using GateAction.Sources.Logs;
using GateAction.Sources.Names;
using GateAction.Sources.OpenApi;
using GateAction.Sources.Processes;
using GateAction.Sources.Prometheus;
using GateAction.Sources.Results;
using GateAction.Sources.Results.Coverage;
using GateAction.Sources.Sockets;
using GateAction.Syntax;

namespace GateAction.Sources;

/// <summary>Every kind of source. A new kind is one file, its test and one line here.</summary>
internal static class SourceKinds
{
    public static IReadOnlyList<SourceKind> All { get; } =
    [
        HttpProbe.Http,
        CommandProbe.Command,
        CloudLoggingProbe.CloudLogging,
        CloudRunProbe.CloudRun,
        OpenApiProbe.OpenApi,
        PrometheusProbe.Prometheus,
        FileProbe.File,
        LogFileProbe.LogFile,
        GitProbe.Git,
        GitHubProbe.GitHub,
        TcpProbe.Tcp,
        DnsProbe.Dns,
        WebSocketProbe.WebSocket,
        GrpcProbe.Grpc,
        ResultSet.Results,
        CoverageSet.Coverage,
    ];

    /// <summary>In the order of the manifest; the names of their sources share one namespace.</summary>
    public static IReadOnlyList<SourceSection> Sections { get; } = [.. All.Select(kind => kind.Section).Distinct()];

    public static IReadOnlyList<SourceKind> In(SourceSection section) => [.. All.Where(kind => kind.Section == section)];

    /// <summary>What a kind says of its evidence, so that evidence read back has durations and timestamps again; null for one that is not
    /// known.</summary>
    public static EvidenceKind? EvidenceOf(string kind) => All.FirstOrDefault(known => known.Name == kind)?.Evidence;
}

/// <summary>A part of the manifest that holds sources by name.</summary>
/// <param name="Name">The field: <c>probes</c>.</param>
/// <param name="One">What one of its sources is called.</param>
internal sealed record SourceSection(string Name, string One, string Many, string Description)
{
    public static readonly SourceSection Probes = new("probes", "probe", "probes", "What is measured, by the name that conditions use.");

    public static readonly SourceSection Results =
        new("results", "result set", "result sets", "Test results that are read, by the name that conditions use.");

    public static readonly SourceSection Coverage =
        new("coverage", "coverage set", "coverage sets", "Code coverage that is read, by the name that conditions use.");
}

/// <summary>A kind of source: where the manifest asks for it, how it is read, and the facts it can yield.</summary>
/// <param name="Title">What schema, docs and messages call it: <c>http probe</c>.</param>
/// <param name="Read">Names every field of the kind, as <see cref="Mapping"/> wants it.</param>
/// <param name="Evidence">Its name and its facts.</param>
internal sealed record SourceKind(SourceSection Section, string Title, string Description, Func<Fields, Source> Read, EvidenceKind Evidence)
{
    public string Name => Evidence.Name;

    public FactType Facts => Evidence.Facts;

    /// <summary>A kind of probe; its name is the field that asks for it (<c>http: /health</c>), which <paramref name="read"/> names
    /// too.</summary>
    public static SourceKind OfProbe<T>(
        string name, string description, Func<Fields, Probe> read, Facts<T> facts, Func<Value, Content>? readContent = null) =>
        new(SourceSection.Probes, $"{name} probe", description, read, new(name, WithCommon(facts.Type), readContent));

    private static FactType WithCommon(FactType own) =>
        FactType.Object("", [.. own.Fields!.Concat(ProbeResult.OfEveryKind.Type.Fields!).Select(fact => (fact.Key, fact.Value))]);
}
