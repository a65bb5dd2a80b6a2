namespace GateAction.Tests.Manifests;

/// <summary>What people write in a manifest that is not meant so, and how they are told to write it.</summary>
internal sealed class RepairTests
{
    private const string Criteria = "criteria: { a: backend.ok }\n";

    [TestCase("probes: { backend: { http: 'https://${{ env.HOST }}/health' } }\n" + Criteria,
        "'${{ env.HOST }}' is filled in in workflows alone; list HOST under 'env', write '${HOST}' here, and set it in the step's 'env'")]
    [TestCase("probes: { backend: { http: 'https://example.com/', headers: { A: '${{ secrets.TOKEN }}' } } }\n" + Criteria,
        "'${{ secrets.TOKEN }}' is filled in in workflows alone; list TOKEN under 'secrets', write '${TOKEN}' here, and set it in the "
        + "step's 'env'")]
    [TestCase("target: $STAGING_URL\nprobes: { backend: { http: /health } }\n" + Criteria,
        "found '$STAGING_URL', expected a URL such as https://staging.example.com; write ${STAGING_URL} and list STAGING_URL under 'env'")]
    [TestCase("secrets: [ABSENT]\nprobes: { backend: { http: 'https://example.com/${ABSENT}' } }\n" + Criteria,
        "variable 'ABSENT' is not set, or empty; set it in the workflow, as in env: ABSENT: ${{ secrets.ABSENT }}; to check the manifest "
        + "without it, 'gate validate --no-env'")]
    [TestCase("probes: { backend: { http: https://example.com/, timeout: -1s } }\n" + Criteria,
        "found '-1s', expected a duration such as 500ms, 10s or 1h30m; it cannot be below zero")]
    [TestCase("probes: { backend: { http: https://example.com/, timeout: 5 } }\n" + Criteria,
        "found '5', expected a duration such as 500ms, 10s or 1h30m; write 5s, or another unit")]
    [TestCase("probes: { backend: { http: https://example.com/, timeout: 10 s } }\n" + Criteria,
        "found '10 s', expected a duration such as 500ms, 10s or 1h30m; write 10s, without the space")]
    [TestCase("probes: { backend: { command: ls -la } }\ncriteria: { a: backend.exit_code == 0 }\n",
        "found 'ls -la', expected a list, each item a text that may hold ${NAME} and ${probe.fact}; write [ls, -la]")]
    [TestCase("probes: { backend: { http: https://example.com/, wait: { until: backend.ok } } }\n" + Criteria,
        "there is no fact 'backend' here*; the facts of this probe stand without its name before them")]
    [TestCase("backend: { http: https://example.com/ }\ncriteria: { a: github.event == 'push' }\n",
        "'backend' is a probe; put it under 'probes:'")]
    [TestCase("critera: { a: github.event == 'push' }\n", "manifest has no field 'critera'; did you mean 'criteria'?")]
    [TestCase("results: { unit: { files: 'results/{a,b' } }\ncriteria: { a: unit.errors == 0 }\n",
        "in 'results/{a,b' the '{' is never closed; add '}'")]
    [TestCase("results: { unit: { files: 'results/' } }\ncriteria: { a: unit.errors == 0 }\n",
        "'results/' is a folder; write results/** for all that is in it")]
    [TestCase("probes: { backend: { log-file: a.log, count: { x: '(' } } }\ncriteria: { a: backend.counts.x == 0 }\n",
        "pattern '(': not a regular expression: a group is not closed by ')'")]
    [TestCase("criteria:\n  a: 'ok' == github.event\n",
        "a value that begins with a quotation mark or '[' ends where that closes; put the whole value in the other quotation marks, or on "
        + "a line of its own after '>-'")]
    [TestCase("criteria:\n  a: [1, 2].exists(x, x == 1)\n",
        "a value that begins with a quotation mark or '[' ends where that closes; put the whole value in the other quotation marks, or on "
        + "a line of its own after '>-'")]
    [TestCase("criteria:\n  a: { pass: \"ok\" in github.event }\n",
        "a value that begins with a quotation mark ends where that closes; put the whole value in the other quotation marks")]
    [TestCase("criteria:\n  a: { title: A, warn: 'push' == github.event, pass: true }\n",
        "a value that begins with a quotation mark ends where that closes; put the whole value in the other quotation marks")]
    [TestCase("criteria:\n  a: !backend.ok\n",
        "'!backend.ok' is a YAML tag, which has no meaning here; put a condition that begins with '!' in quotes: '!backend.ok'")]
    [TestCase("criteria:\n  a: @x\n", "not YAML: '@' cannot begin a value; put the value in quotation marks")]
    [TestCase("criteria:\n  a: {{ backend.ok }}\n", "a condition stands without {{ }}; leave them out")]
    [TestCase("probes:\n  backend:\n    http: https://example.com/\n   timeout: 5s\n" + Criteria,
        "not YAML: 'timeout' is indented by 3; its neighbours stand at 2 ('backend') and 4 ('http')")]
    [TestCase("backend: { http: https://example.com/ }\n" + Criteria, "'backend' is a probe; put it under 'probes:'")]
    [TestCase("backend: { http: https://example.com/ }\nprobes: { other: { tcp: 'example.com:1' } }\n"
        + "criteria: { a: backend.ok && backend.status == 200, b: other.connected }\n", "'backend' is a probe; put it under 'probes:'")]
    [TestCase("unit: { files: 'r/*.xml' }\ncriteria: { a: unit.failed == 0 && unit.errors == 0 }\n",
        "'unit' is a result or coverage set; put it under 'results:' or 'coverage:'")]
    [TestCase("probes: [{ name: backend, http: https://example.com/ }]\n" + Criteria,
        "found a list, expected a mapping; the name is the key: write 'backend:' in place of '- name: backend'")]
    [TestCase("probes: [{ backend: { http: https://example.com/ } }]\n" + Criteria,
        "found a list, expected a mapping; leave out the dashes and write a name before each")]
    [TestCase("results: [{ name: unit, files: '*.xml' }]\ncriteria: { a: unit.failed == 0 && unit.errors == 0 }\n",
        "found a list, expected a mapping; the name is the key: write 'unit:' in place of '- name: unit'")]
    [TestCase("probe: { backend: { http: https://example.com/ } }\n" + Criteria,
        "manifest has no field 'probe'; did you mean 'probes'?")]
    [TestCase("result: { unit: { files: '*.xml' } }\ncriteria: { a: unit.failed == 0 && unit.errors == 0 }\n",
        "manifest has no field 'result'; did you mean 'results'?")]
    public void Each_says_how_to_write_it(string manifest, string message)
    {
        var reading = ManifestCases.Read(System.Text.Encoding.UTF8.GetBytes($"version: 1\n{manifest}"));

        var parts = message.Split('*');
        Assert.That(reading.Problems, Has.Count.EqualTo(1), string.Join("\n", reading.Problems));
        Assert.That(reading.Problems[0].Message, Does.StartWith(parts[0]).And.EndWith(parts[^1]));
    }

    [Test]
    public void A_list_of_probes_is_shown_as_names()
    {
        var reading = ManifestCases.Read(
            "version: 1\nprobes:\n  - name: backend\n    http: https://example.com/\ncriteria: { a: github.event == 'push' }\n"u8);

        Assert.That(reading.Problems.Single().Message,
            Is.EqualTo("found a list, expected a mapping; the name is the key: write 'backend:' in place of '- name: backend'"));
    }
}
