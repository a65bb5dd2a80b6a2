using System.IO.Compression;
using System.Net;
using System.Security;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using GateAction.StandIns;
using GateAction.StandIns.Staging;

namespace GateAction.Tests.EndToEnd;

/// <summary>
/// Random secrets, in random spellings, in every place where a server, a file, a test or the manifest itself can show one: they are in
/// nothing that a run writes, whoever looks for them (<see cref="Leaks"/>).
/// </summary>
internal sealed class SecretsNowhereTests
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static readonly string[] Odd =
        ["!", "@", "#", "$", "%", "&", "*", "(", "-", "_", "=", "+", "[", "{", "|", ";", ":", ",", ".", "<", ">", "?", "/", "\"", "'", "\\",
        "~", "ü", "ñ", "日", "😀"];

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public Task A_secret_is_in_no_output(int seed) => MeasureOnceAsync(seed);

    /// <summary><c>GATE_FUZZ_ROUNDS</c> says how many.</summary>
    [Test, Explicit("takes minutes")]
    public async Task Many_secrets_are_in_no_output()
    {
        var rounds = int.Parse(Environment.GetEnvironmentVariable("GATE_FUZZ_ROUNDS") ?? "100");
        for (var seed = 100; seed < 100 + rounds; seed++)
            await MeasureOnceAsync(seed);
    }

    private static async Task MeasureOnceAsync(int seed)
    {
        var random = new Random(seed);
        var secret = Secret(random);
        var masked = $"tok-{random.Next(100_000, 999_999)}-{Word(random, 8)}";
        var pin = random.Next(100_000, 999_999);
        var name = $"a{Word(random, 12)}";
        using var server = new WireServer(async stream =>
        {
            while (await WireServer.ReadHeadAsync(stream) is not null)
                await stream.WriteAsync(WireServer.Answer(Body(secret, masked, pin, random),
                    $"X-Key: {Uri.EscapeDataString(secret)}\r\nSet-Cookie: sid={masked}; HttpOnly\r\n"));
        });
        await using var world = await DemoWorld.StartAsync(Scenario.Healthy, Manifest(server.Url, secret));
        world.Job["KEY"] = secret;
        world.Job["NAME"] = name;
        world.Job["INPUT_REPORT"] = "both";
        FillWorkspace(world, secret, random);

        var run = await ProgramRun.InJobAsync(world, "run");
        var decided = await ProgramRun.InJobAsync(world, "decide", "gate-report/evidence.json", "--out", "decided");

        Assert.That(run.ExitCode, Is.Not.EqualTo(2).And.Not.EqualTo(4), $"{run.Error}{run.Out}");
        var outputs = Outputs(world, run, decided);
        var shown = outputs.SelectMany(output => new[] { secret, masked, name, pin.ToString(), world.Job["INPUT_GITHUB-TOKEN"]! }
            .Select(value => Leaks.Find(output.Text, value) is { } place ? $"{output.Name}: '{value}' in '{place}'" : null))
            .OfType<string>();
        Assert.That(shown, Is.Empty, $"seed {seed}");
    }

    private static IEnumerable<(string Name, string Text)> Outputs(DemoWorld world, params ProgramRun[] runs) =>
    [
        .. runs.SelectMany(run => new[] { ("out", run.Out), ("error", run.Error) }),
        .. new[] { "gate-report", "decided" }.SelectMany(folder => Directory.GetFiles(Path.Combine(world.Job.Directory, folder)))
            .Select(file => (Path.GetFileName(file), File.ReadAllText(file))),
        ("summary", File.ReadAllText(world.Job.SummaryPath)),
        ("outputs", File.ReadAllText(world.Job.OutputPath)),
        .. world.GitHub.Repository.Comments.Select(comment => ("comment", comment.Body)),
        .. world.GitHub.Repository.Statuses.Select(status => ("status", status.Description ?? "")),
        .. world.GitHub.Requests.Where(request => request.Method != "GET").Select(request => ("request", request.Body)),
    ];

    private static string Manifest(Uri url, string secret) =>
        $$"""
        version: 1
        name: staging
        secrets: [KEY, NAME]
        env: [STAGING_URL]
        target: ${STAGING_URL}
        defaults: { attempts: 1, timeout: 20s, headers: { X-Key: "${KEY}" } }
        probes:
          login: { http: "{{url}}login", mask: [json.token, json.pin, json.users.name] }
          later: { http: "{{url}}?token=${login.json.token}&key=${KEY}", body: "${KEY}", method: POST }
          path: { http: "{{url}}${KEY}/x" }
          host: { http: "http://${NAME}.invalid/" }
          soak: { http: "{{url}}", samples: 2, every: 1ms, mask: [json.token, json.pin] }
          echo: { http: "/echo?key=${KEY}", basic-auth: "ci:${KEY}" }
          waiting: { http: "{{url}}", mask: [json.token, json.pin], wait: { until: 'json.token == "never"', every: 10ms, within: 30ms } }
          tool: { command: [cat, text.txt] }
          logs: { log-file: "*.log" }
          data: { file: data.json }
          values: { file: values.yaml }
          api: { openapi: api.json }
        results:
          unit: { files: "results/*.xml" }
        coverage:
          lines: { files: "cover/*.xml" }
        criteria:
          quoted: { title: {{Quoted($"the key {secret} is told")}}, pass: {{Quoted($"login.json.echo == \"{secret.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"")}}, help: {{Quoted(secret)}} }
          token: login.json.token == later.json.token && login.json.pin == later.json.pin
          body: later.body.contains("nothing") || path.body == "x" || soak.json.text == "y"
          tests: unit.failed == 0 && unit.failures.all(f, f.message == "")
          log: logs.lines.all(l, l == "")
          rest: data.json.a == "b" && values.text == "c" && tool.stdout == "d" && api.title == "e" && lines.lines > 50% && echo.status == 200
          gone: host.status == 200 && waiting.status == 200
        """;

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Quoted(string text) => JsonSerializer.Serialize(text, Relaxed);

    private static void FillWorkspace(DemoWorld world, string secret, Random random)
    {
        var token = world.Job["INPUT_GITHUB-TOKEN"]!;
        string Xml() => string.Concat(SecurityElement.Escape(Spelled(secret, random))!.Where(c => !char.IsControl(c)));
        // So that each limit that texts are cut at falls into a secret somewhere.
        string Cut(int at) => $"{new string('x', Math.Max(0, at - random.Next(1, secret.Length + 1)))}{secret} {token}";
        Write("text.txt", $"{Spelled(secret, random)}\n{secret}\n{token}\n");
        Write("app.log",
            $"ERROR {Spelled(secret, random)}\nERROR {Cut(500)}\nERROR "
            + $"{token}\n{{\"severity\":\"ERROR\",\"message\":{JsonSerializer.Serialize(Spelled(secret, random))}}}\n");
        Write("data.json", JsonSerializer.Serialize(new Dictionary<string, object>
        { ["a"] = Spelled(secret, random), [secret] = token, ["list"] = new[] { secret } }));
        Write("values.yaml", $"a: {Quoted(Spelled(secret, random))}\n");
        Write("api.json", $$"""{ "openapi": "3.0.3", "info": { "title": {{Quoted(secret)}}, "version": "1", "description": {{Quoted(Spelled(secret, random))}} }, "paths": { "/a": { "get": { "summary": {{Quoted(secret)}}, "operationId": {{Quoted(secret)}}, "responses": { "200": { "description": {{Quoted(token)}} } } } } } }""");
        Write("cover/a.xml",
            $"<coverage line-rate=\"1\" version=\"1\"><packages><package name=\"{Xml()}\"><classes><class name=\"c\" "
            + $"filename=\"{Xml()}\"><lines><line number=\"1\" hits=\"1\"/></lines></class></classes></package></packages></coverage>");
        var cases = new[] { 40, 50, 100, 140, 160, 200, 300, 500, 1000, 2000, 3000 }.Select(at =>
            $"<testcase name=\"{SecurityElement.Escape(Cut(at))}\" classname=\"{Xml()}\"><failure "
            + $"message=\"{SecurityElement.Escape(Cut(at))}\" "
            + $"type=\"{Xml()}\">{SecurityElement.Escape(Cut(at))}\n{Xml()}</failure></testcase>");
        Write("results/a.xml",
            $"<testsuite name=\"{Xml()}\"><testcase name=\"{Xml()}\" "
            + $"status=\"{SecurityElement.Escape(Cut(40))}\"/>{string.Concat(cases)}<system-out>{Xml()}</system-out></testsuite>");

        void Write(string name, string content)
        {
            var path = Path.Combine(world.Job.Directory, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, content);
        }
    }

    private static byte[] Body(string secret, string masked, int pin, Random random)
    {
        lock (random)
        {
            return JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
            {
                ["token"] = masked,
                ["pin"] = pin,
                ["again"] = $"{pin} {Spelled(masked, random)}",
                ["users"] = new[] { new { name = masked } },
                ["echo"] = secret,
                ["text"] = Spelled(secret, random),
                [Spelled(secret, random)] = secret,
            });
        }
    }

    private static string Secret(Random random)
    {
        var text = string.Concat(Enumerable.Range(0, random.Next(6, 36))
            .Select(_ => random.Next(4) > 0 ? Letters[random.Next(Letters.Length)].ToString() : Odd[random.Next(Odd.Length)]));
        return text.Trim().Length >= 6 && text.Any(char.IsLetter) ? text.Trim() : $"secret{random.Next(1_000_000)}";
    }

    private static string Word(Random random, int length) =>
        string.Concat(Enumerable.Range(0, length).Select(_ => Letters[random.Next(Letters.Length)]));

    private static string Spelled(string value, Random random) => random.Next(14) switch
    {
        0 => Uri.EscapeDataString(value),
        1 => Uri.EscapeDataString(value).ToLowerInvariant(),
        2 => WebUtility.UrlEncode(value),
        3 => WebUtility.HtmlEncode(value),
        4 => JavaScriptEncoder.Default.Encode(value),
        5 => JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value).Replace("/", "\\/"),
        6 => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Word(random, random.Next(3))}{value}{Word(random, random.Next(3))}")),
        7 => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Word(random, random.Next(3))}{value}")).Replace('+', '-').Replace('/', '_')
            .TrimEnd('='),
        8 => Zipped(value),
        9 => value.ToLowerInvariant(),
        10 => Uri.EscapeDataString(Uri.EscapeDataString(value)),
        11 => string.Concat(value.EnumerateRunes()
            .Select(rune => random.Next(2) == 0 ? rune.ToString() : Uri.EscapeDataString(rune.ToString()))),
        12 => string.Concat(value.EnumerateRunes().Select(rune => random.Next(2) == 0 ? rune.ToString() : $"&#x{rune.Value:x};")),
        _ => value,
    };

    private static string Zipped(string value)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes($"{{\"key\":\"{value}\"}}"));
        return Convert.ToBase64String(packed.ToArray());
    }
}
