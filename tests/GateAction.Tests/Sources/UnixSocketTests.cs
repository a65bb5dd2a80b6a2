using System.Net.Sockets;
using GateAction.Core.Model;
using GateAction.StandIns.Staging;

namespace GateAction.Tests.Sources;

/// <summary>Servers that listen at a socket of the file system.</summary>
[Platform("Linux")]
internal sealed class UnixSocketTests
{
    private string _folder = null!;

    [SetUp]
    public void Create() => _folder = Directory.CreateTempSubdirectory("gate-unix-").FullName;

    [TearDown]
    public void Delete() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task An_answer_over_a_socket_is_measured_as_any_other([Values(false, true)] bool isAbsolute)
    {
        using var server = Listen("run/app.sock");
        var path = isAbsolute ? Path.Combine(_folder, "run/app.sock") : "run/app.sock";

        var measured = await MeasureAsync($"http: 'http://localhost/health', unix-socket: {path}");

        Assert.That(measured.Fact("body").AsString, Is.EqualTo("GET /health HTTP/1.1"), measured.Reason);
    }

    [Test]
    public async Task A_path_longer_than_an_address_is_reached()
    {
        var deep = string.Join('/', Enumerable.Repeat("a-folder-with-a-long-name", 6)) + "/app.sock";
        using var server = Listen(deep);

        var measured = await MeasureAsync($"http: 'http://localhost/health', unix-socket: {deep}");

        Assert.That(measured.Fact("status").AsInt, Is.EqualTo(200), measured.Reason);
    }

    [Test]
    public async Task A_WebSocket_goes_over_it_too()
    {
        using var server = Listen("app.sock");

        var measured = await MeasureAsync("websocket: 'ws://localhost/ws', unix-socket: app.sock");

        Assert.That(measured.Fact("status").AsInt, Is.EqualTo(200), measured.Reason);
        Assert.That(measured.Reason, Does.Contain("status 200"));
    }

    [Test]
    public async Task A_redirect_to_another_host_leaves_the_socket()
    {
        using var other = WireServer.Answering(WireServer.Answer("other"u8.ToArray()));
        using var server = Listen("app.sock", $"HTTP/1.1 302 Found\r\nLocation: {other.Url}\r\nContent-Length: 0\r\n\r\n");

        var measured = await MeasureAsync("http: 'http://localhost/', unix-socket: app.sock");

        Assert.That(measured.Fact("body").AsString, Is.EqualTo("other"), measured.Reason);
    }

    [TestCase("nowhere.sock", Outcome.Unreachable, "could not be reached: there is no socket 'nowhere.sock'")]
    [TestCase("dead.sock", Outcome.Unreachable, "could not be reached: connection refused (the socket 'dead.sock')")]
    [TestCase("file.txt", Outcome.Unreachable,
        "could not be reached: the socket 'file.txt' cannot be used: it is a regular file, and no socket")]
    [TestCase("folder", Outcome.Unreachable, "could not be reached: the socket 'folder' cannot be used: it is a folder, and no socket")]
    [TestCase("/dev/null", Outcome.Unreachable,
        "could not be reached: the socket '/dev/null' cannot be used: it is a device, and no socket")]
    [TestCase("out.sock", Outcome.Unknown, "'out.sock' leads out of the workspace")]
    [TestCase("../x.sock", Outcome.Unknown, "'../x.sock' leads out of the workspace")]
    [TestCase("''", Outcome.Unknown, "the path of the file is empty")]
    public async Task What_is_no_socket_of_the_workspace_is_said(string path, Outcome outcome, string sentence)
    {
        File.WriteAllText(Path.Combine(_folder, "file.txt"), "");
        Directory.CreateDirectory(Path.Combine(_folder, "folder"));
        File.CreateSymbolicLink(Path.Combine(_folder, "out.sock"), "/run/out.sock");
        // Moved away from its name, it stays when whoever listened has gone.
        using (Listen("dead.sock"))
        {
        }

        foreach (var kind in (string[])["http: 'http://localhost/'", "websocket: 'ws://localhost/'"])
        {
            var measured = await MeasureAsync($"{kind}, unix-socket: {path}, attempts: 1");

            Assert.That(measured.Outcome, Is.EqualTo(outcome), measured.Reason);
            Assert.That(measured.Reason, Does.StartWith(sentence).And.Not.Contain("\n"));
        }
    }

    private UnixListener Listen(string path, string? answer = null)
    {
        var full = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        return new UnixListener(full, answer);
    }

    private async Task<Measurement> MeasureAsync(string fields) =>
        (await ProbeTesting.CollectAsync([ProbeTesting.SourceOf("probe", $"{{ {fields} }}")], directory: _folder)).Measurements["probe"];

    private sealed class UnixListener : IDisposable
    {
        private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        private readonly string? _answer;

        public UnixListener(string path, string? answer)
        {
            _answer = answer;
            // An address holds 108 bytes: bound under a short name, then moved.
            var made = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
            _listener.Bind(new UnixDomainSocketEndPoint(made));
            File.Move(made, path);
            _listener.Listen();
            _ = ServeAsync();
        }

        public void Dispose() => _listener.Dispose();

        private async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    var client = await _listener.AcceptAsync();
                    _ = AnswerAsync(new NetworkStream(client, ownsSocket: true));
                }
            }
            catch (SocketException)
            {
                // The test is over.
            }
        }

        private async Task AnswerAsync(NetworkStream stream)
        {
            await using (stream)
            {
                while (await WireServer.ReadHeadAsync(stream) is { } head)
                    await stream.WriteAsync(_answer is null
                        ? WireServer.Answer(System.Text.Encoding.ASCII.GetBytes(head.Split("\r\n")[0]))
                        : System.Text.Encoding.ASCII.GetBytes(_answer));
            }
        }
    }
}
