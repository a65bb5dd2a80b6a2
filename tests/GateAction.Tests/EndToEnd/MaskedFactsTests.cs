using System.Text;
using System.Text.Json.Nodes;
using GateAction.Core.Model;
using GateAction.StandIns.Staging;

namespace GateAction.Tests.EndToEnd;

/// <summary>No gate is green because two masks look alike: the run and a later <c>decide</c> on its evidence say the same of masked
/// facts.</summary>
internal sealed class MaskedFactsTests
{
    private const string Met = "passed";
    private const string Unknown = "inconclusive";

    private static readonly (string Condition, string State)[] Conditions =
    [
        ("a.json.token == b.json.token", Unknown),
        ("a.json.token != b.json.token", Unknown),
        ("a.json.token == \"*\" + \"**\"", Unknown),
        ("size(a.json.token) == 3", Unknown),
        ("a.json.token.matches(\"^[*]\" + \"+$\")", Unknown),
        ("a.json.token.contains(\"*\" + \"\")", Unknown),
        ("a.json.pin == b.json.pin", Unknown),
        ("a.json.admin == b.json.admin", Unknown),
        ("!(a.json.admin == has(a.json.admin))", Unknown),
        ("a.json.list == b.json.list", Unknown),
        ("a.json.users.all(u, u.key == \"***\")", Unknown),
        ("a.json.echo == b.json.echo", Unknown),
        ("!a.json.echo.contains(\"failed\")", Unknown),
        ("a.headers[\"set-cookie\"] == b.headers[\"set-cookie\"]", Unknown),
        ("a.headers[\"x-key\"] == b.headers[\"x-key\"]", Unknown),
        ("!has(a.json.map.other)", Unknown),
        ("a.json.map == b.json.map", Unknown),
        ("a.json == b.json", Unknown),
        ("soak.json.token == a.json.token", Unknown),
        ("soak.observations.all(o, o.json.token == a.json.token)", Unknown),
        ("has(a.json.token) && a.json.token != \"\"", Met),
        ("a.json.pin != null", Met),
        ("a.json.echo.startsWith(\"you sent \")", Met),
        ("a.headers[\"set-cookie\"].contains(\"HttpOnly\")", Met),
        ("a.json.map.plain == 1 && a.json.map.size() == 2", Met),
        ("a.json.users.size() == 2 && a.json.status == \"ok\"", Met),
        ("a.json.stars == \"***\"", Met),
    ];

    [Test]
    public async Task The_run_and_its_evidence_say_the_same_of_what_is_masked()
    {
        var folder = Directory.CreateTempSubdirectory("gate-masked-");
        var number = 0;
        using var server = new WireServer(async stream =>
        {
            while (await WireServer.ReadHeadAsync(stream) is not null)
                await stream.WriteAsync(Answer(Interlocked.Increment(ref number)));
        });
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "gate.yml"), Manifest(server.Url));
        string? Environment(string name) => name == "KEY" ? "s3cret-key" : null;

        var run = await ProgramRun.InAsync(folder.FullName, Environment, CancellationToken.None, "run");
        var decided = await ProgramRun.InAsync(folder.FullName, Environment, CancellationToken.None, "decide", "gate-report/evidence.json",
            "--out", "decided");

        var expected = Conditions.Select((row, index) => $"c{index} {row.Condition}: {row.State}").ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(StatesIn(Path.Combine(folder.FullName, "gate-report")), Is.EqualTo(expected), run.Error);
            Assert.That(StatesIn(Path.Combine(folder.FullName, "decided")), Is.EqualTo(expected), decided.Error);
            Assert.That(run.ExitCode, Is.EqualTo((int)ExitCode.Inconclusive));
            Assert.That(decided.ExitCode, Is.EqualTo((int)ExitCode.Inconclusive));
        });
        folder.Delete(recursive: true);
    }

    // Two tokens of the same length, and secrets that the server puts into names and texts.
    private static byte[] Answer(int number) => WireServer.Answer(
        Encoding.UTF8.GetBytes($$"""
            {
              "token": "token-{{number % 10}}-{{(number % 2 == 0 ? "even" : "odds")}}", "pin": {{1000 + number}}, "admin": {{(number % 2 == 0 ? "true" : "false")}}, "status": "ok", "stars": "***",
              "list": ["token-{{number % 10}}-list"], "users": [{ "key": "user-{{number % 10}}-a" }, { "key": "user-{{number % 10}}-b" }],
              "echo": "you sent s3cret-key", "map": { "s3cret-key": 2, "plain": 1 }
            }
            """),
        $"Set-Cookie: sid=cookie-{number}; HttpOnly\r\nX-Key: s3cret-key\r\n");

    private static string Manifest(Uri url) =>
        $$"""
        version: 1
        secrets: [KEY]
        defaults: { timeout: 30s }
        probes:
          a: { http: "{{url}}?k=${KEY}", mask: &mask [json.token, json.pin, json.admin, json.list, json.users.key] }
          b: { http: "{{url}}", mask: *mask }
          soak: { http: "{{url}}", samples: 3, every: 1ms, mask: *mask }
        criteria:
          {{string.Join("\n  ", Conditions.Select((row, index) => $"c{index}: '{row.Condition}'"))}}
        """;

    private static string[] StatesIn(string folder) =>
    [
        .. JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "verdict.json")))!["criteria"]!.AsArray()
            .Select(criterion => $"{criterion!["id"]} {criterion["condition"]}: {criterion["state"]}"),
    ];
}
