using GateAction.Probes.CloudLogging;
using GateAction.Probes.CloudRun;
using GateAction.Probes.Commits;
using GateAction.Probes.Files;
using GateAction.Probes.Git;
using GateAction.Probes.Http;
using GateAction.Probes.Logs;
using GateAction.Probes.Names;
using GateAction.Probes.OpenApi;
using GateAction.Probes.Processes;
using GateAction.Probes.Prometheus;
using GateAction.Probes.Sockets;

namespace GateAction.Probes;

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
