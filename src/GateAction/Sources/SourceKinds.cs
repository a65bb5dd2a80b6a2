using GateAction.Core.Model;
using GateAction.Sources.Commits;
using GateAction.Sources.Files;
using GateAction.Sources.Git;
using GateAction.Sources.Google;
using GateAction.Sources.Http;
using GateAction.Sources.Logs;
using GateAction.Sources.Names;
using GateAction.Sources.OpenApi;
using GateAction.Sources.Processes;
using GateAction.Sources.Prometheus;
using GateAction.Sources.Results;
using GateAction.Sources.Results.Coverage;
using GateAction.Sources.Sockets;

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
        CommitProbe.GitHub,
        TcpProbe.Tcp,
        DnsProbe.Dns,
        WebSocketProbe.WebSocket,
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
