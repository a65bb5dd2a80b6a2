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
using GateAction.Sources.Sockets;

namespace GateAction.Sources;

/// <summary>Every kind of probe. A new kind is one file, its test and one line here.</summary>
internal static class ProbeKinds
{
    public static IReadOnlyList<ProbeKind> All { get; } =
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
    ];
}
