using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using GateAction.Core.Model;

namespace GateAction.Tests.EndToEnd;

/// <summary>Every reader gets every hostile shape: each ends with a sentence, none with a fault of the gate's own, and nothing is
/// green.</summary>
internal sealed class HostileInputTests
{
    private const int Deep = 100_000;
    private const int Long = 24_000_000;

    private const string Manifest = """
        version: 1
        probes:
          json: { file: input.json }
          yaml: { file: input.yaml }
          api: { openapi: input.json }
          api_yaml: { openapi: input.yaml }
          log: { log-file: input.log }
          trusted: { http: "https://127.0.0.1:1/", ca: input.pem, attempts: 1 }
        results:
          tests: { files: "input.*" }
        coverage:
          lines: { files: "input.*" }
        criteria:
          json: json.json.ok == true
          yaml: yaml.json.ok == true
          api: api.count >= 1
          api-yaml: api_yaml.count >= 1
          tests: tests.failed == 0
          lines: lines.lines >= 50%
        """;

    private static readonly string[] Names = ["json", "yaml", "log", "pem", "xml", "trx", "info", "tap", "txt", "out"];

    private static readonly Dictionary<string, Func<byte[]>> Shapes = new()
    {
        ["nothing"] = () => [],
        ["nested arrays"] = () => Repeated("[", Deep),
        ["nested arrays, closed"] = () => [.. Repeated("[", Deep), .. Repeated("]", Deep)],
        ["nested objects"] = () => Repeated("{\"a\":", Deep),
        ["nested suites"] = () => Repeated("{\"suites\":[", Deep),
        ["nested elements"] = () => Repeated("<testsuite>", Deep),
        ["nested elements, closed"] = () => [.. Repeated("<testsuite>", Deep), .. Repeated("</testsuite>", Deep)],
        ["nested packages"] = () => [.. Encoding.UTF8.GetBytes("<coverage>"), .. Repeated("<package>", Deep)],
        ["nested flow sequences"] = () => Repeated("- ", Deep),
        ["one line"] = () => Repeated("a", Long),
        ["one text"] = () => [(byte)'"', .. Repeated("a", Long)],
        ["one number"] = () => Repeated("1", Long),
        ["one tag"] = () => [(byte)'<', .. Repeated("a", Long)],
        ["one attribute"] = () => [.. Encoding.UTF8.GetBytes("<testsuite name=\""), .. Repeated("a", Long)],
        ["one lcov record"] = () => [.. Encoding.UTF8.GetBytes("TN:\nSF:"), .. Repeated("a", Long)],
        ["one TAP point"] = () => [.. Encoding.UTF8.GetBytes("TAP version 13\nok 1 - "), .. Repeated("a", Long)],
        ["many elements"] = () => [(byte)'[', .. Repeated("0,", Long / 2)],
        ["zeros"] = () => new byte[Long],
        ["no text"] = () => [.. Repeated("\u0001", 1_000_000)],
        ["aliases of aliases"] = () => Encoding.UTF8.GetBytes(
            "a: &a [x]\n" + string.Join('\n',
            Enumerable.Range(1, 30).Select(level => $"b{level}: &b{level} [*{Before(level)}, *{Before(level)}]"))),
        ["an alias of itself"] = () => Encoding.UTF8.GetBytes("openapi: 3.0.0\ninfo: &i { title: x, version: *i }\npaths: &p { /a: *p }\n"),
        ["references in a ring"] = () => Encoding.UTF8.GetBytes(
            """{"openapi":"3.0.0","info":{"title":"t","version":"1"},"paths":{"/a":{"$ref":"#/paths/~1b"},"/b":{"$ref":"#/paths/~1a"}}}"""),
        ["entities of entities"] = () => Encoding.UTF8.GetBytes(
            "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\">" + string.Concat(Enumerable.Range(1, 20)
                .Select(level => $"<!ENTITY a{level} \"&a{(level == 1 ? "" : level - 1)};&a{(level == 1 ? "" : level - 1)};\">"))
            + "]><testsuite name=\"&a20;\"/>"),
        ["packed"] = Packed,
    };

    private string _directory = null!;

    private static IEnumerable<string> ShapeNames => Shapes.Keys;

    [SetUp]
    public void Create() => _directory = Directory.CreateTempSubdirectory("gate-hostile-").FullName;

    [TearDown]
    public void Delete() => Directory.Delete(_directory, recursive: true);

    [TestCaseSource(nameof(ShapeNames))]
    public async Task Every_reader_ends_with_a_sentence(string shape)
    {
        var bytes = Shapes[shape]();
        foreach (var name in Names)
            await File.WriteAllBytesAsync(Path.Combine(_directory, $"input.{name}"), bytes);

        await JudgeAsync();
    }

    [Test]
    [Platform("Linux")]
    public async Task Every_reader_refuses_what_is_no_file([Values("pipe", "folder", "zero", "gone", "ring")] string kind)
    {
        foreach (var path in Names.Select(name => Path.Combine(_directory, $"input.{name}")))
        {
            _ = kind switch
            {
                "pipe" => Run("mkfifo", path),
                "folder" => Directory.CreateDirectory(path).FullName,
                "zero" => File.CreateSymbolicLink(path, "/dev/zero").FullName,
                "gone" => File.CreateSymbolicLink(path, "nowhere").FullName,
                _ => File.CreateSymbolicLink(path, path).FullName,
            };
        }

        await JudgeAsync();
    }

    [TestCaseSource(nameof(ShapeNames))]
    public async Task Documents_of_a_command_line_are_refused_with_a_sentence(string shape)
    {
        await File.WriteAllBytesAsync(Path.Combine(_directory, "input.json"), Shapes[shape]());
        await File.WriteAllTextAsync(Path.Combine(_directory, "gate.yml"),
            "version: 1\nprobes: { a: { file: a } }\ncriteria: { a: a.exists }\n");

        foreach (var args in (string[][])[
            ["decide", "input.json"], ["run", "--manifest", "input.json"], ["run", "--baseline", "input.json"], ["validate", "input.json"],
            ["eval", "a.exists", "--evidence", "input.json"], ["history", "input.json"], ["results", "input.json"]])
        {
            var run = await ProgramRun.InAsync(_directory, _ => null, CancellationToken.None, args);

            // That one only says what it reads.
            Assert.That(
                run.ExitCode != (int)ExitCode.Met || args[0] == "results", string.Join(' ', args) + "\n" + Cut(run.Out));
            Assert.That(run.Out + run.Error, Does.Not.Contain("bug in gate"), string.Join(' ', args));
        }
    }

    [TestCaseSource(nameof(ShapeNames))]
    public async Task A_payload_of_an_event_is_refused_with_a_sentence(string shape)
    {
        var payload = Path.Combine(_directory, "event.json");
        await File.WriteAllBytesAsync(payload, Shapes[shape]());
        var variables = new Dictionary<string, string>
        {
            ["GITHUB_ACTIONS"] = "true",
            ["GITHUB_REPOSITORY"] = "octo-org/shop",
            ["GITHUB_EVENT_NAME"] = "pull_request",
            ["GITHUB_SHA"] = "abc",
            ["GITHUB_RUN_ID"] = "7",
            ["GITHUB_EVENT_PATH"] = payload,
        };

        var run = await ProgramRun.InAsync(_directory, variables.GetValueOrDefault, CancellationToken.None, "run");

        Assert.That(run.ExitCode, Is.Not.EqualTo((int)ExitCode.Met));
        Assert.That(run.Error, Does.StartWith("gate: ").And.Not.Contain("bug in gate"));
    }

    private async Task JudgeAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_directory, "gate.yml"), Manifest);

        var run = await ProgramRun.InAsync(_directory, _ => null, CancellationToken.None, "run");

        Assert.That(run.ExitCode, Is.AnyOf((int)ExitCode.Failed, (int)ExitCode.Inconclusive), Cut(run.Out + run.Error));
        Assert.That(run.Out + run.Error, Does.Not.Contain("bug in gate"));
        var verdict = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(_directory, "gate-report", "verdict.json")))!;
        var met = verdict["criteria"]!.AsArray().Where(criterion => (string?)criterion!["state"] is "passed" or "warned" or "degraded")
            .Select(criterion => (string)criterion!["id"]!);
        Assert.That(met, Is.Empty);
    }

    private static byte[] Repeated(string text, int times) => Encoding.UTF8.GetBytes(new StringBuilder().Insert(0, text, times).ToString());

    private static string Before(int level) => level == 1 ? "a" : $"b{level - 1}";

    private static byte[] Packed()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(new byte[Long]);
        return packed.ToArray();
    }

    private static string Cut(string text) => text.Length > 2_000 ? text[..2_000] : text;

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        return program;
    }
}
