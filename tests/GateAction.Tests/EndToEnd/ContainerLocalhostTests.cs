using System.Net;
using System.Net.Sockets;

namespace GateAction.Tests.EndToEnd;

/// <summary>A container action has a localhost of its own: who is refused there is told so.</summary>
internal sealed class ContainerLocalhostTests
{
    [TestCase("http", "http://localhost:PORT/health", true)]
    [TestCase("http", "http://127.0.0.1:PORT/health", true)]
    [TestCase("tcp", "localhost:PORT", true)]
    [TestCase("http", "http://localhost:PORT/health", false)]
    public async Task A_refusal_of_localhost_says_whose_it_is(string kind, string address, bool isInContainer)
    {
        var folder = Directory.CreateTempSubdirectory("gate-localhost-").FullName;
        using var port = new TcpListener(IPAddress.Loopback, 0);
        port.Start();
        var target = address.Replace("PORT", $"{((IPEndPoint)port.LocalEndpoint).Port}", StringComparison.Ordinal);
        port.Stop();
        await File.WriteAllTextAsync(
            Path.Combine(folder, "gate.yml"),
            $"version: 1\nprobes: {{ app: {{ {kind}: \"{target}\", attempts: 1 }} }}\ncriteria: {{ up: "
            + $"{(kind == "tcp" ? "app.connected" : "app.ok")} }}\n");
        var variables = new Dictionary<string, string>
        {
            ["GITHUB_ACTIONS"] = "true",
            ["GITHUB_WORKSPACE"] = isInContainer ? "/github/workspace" : folder,
            ["GITHUB_REPOSITORY"] = "acme/shop",
            ["GITHUB_EVENT_NAME"] = "push",
            ["GITHUB_REF"] = "refs/heads/main",
            ["GITHUB_SHA"] = "abc",
            ["GITHUB_RUN_ID"] = "1",
        };

        var run = await ProgramRun.InAsync(folder, variables.GetValueOrDefault, CancellationToken.None, "run", "--manifest-from",
            "workspace");

        Directory.Delete(folder, recursive: true);
        Assert.That(run.Out.ReplaceLineEndings(" "), Does.Contain("connection refused"));
        Assert.That(run.Out.Contains("whose localhost", StringComparison.Ordinal), Is.EqualTo(isInContainer), run.Out);
    }
}
