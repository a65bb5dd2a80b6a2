namespace GateAction.Tests.Manifests;

internal sealed class DoubtfulPartsTests
{
    private const string Probe = "probes: { backend: { http: https://example.com/ } }\n";
    private const string Results = "results: { unit: { files: '*.trx' } }\n";

    [TestCase(Results, "unit.failed == 0",
        "'errors' of 'unit' are not looked at, and a test that broke has not failed; add && unit.errors == 0")]
    [TestCase(Results, "unit.errors == 0 && unit.failed / 2 < 3",
        "'/' of whole numbers leaves out the fraction; write ratio(unit.failed, 2) where a part is meant")]
    [TestCase(Probe, "backend.availability > 0.999%", "0.999% is 0.00999, which almost any ratio is above; is 99.9% meant?")]
    [TestCase(Probe, "backend.body == '${EXPECTED}'",
        "nothing is filled in in a condition: '${EXPECTED}' stands for itself here; write the value, compare two facts, or list the "
        + "variable under 'env' and write env.NAME")]
    [TestCase(Probe, "{ pass: 'backend.latency.p95 < 500ms', warn: 'backend.latency.p95 < 200ms' }",
        "'warn' never holds where 'pass' does not: 'backend.latency.p95 < 200ms' asks for as much as 'backend.latency.p95 < 500ms' or "
        + "more; make it weaker, or leave it out")]
    [TestCase(Probe, "{ pass: '500ms > backend.latency.p95', warn: 'backend.latency.p95 < 200ms' }",
        "'warn' never holds where 'pass' does not: 'backend.latency.p95 < 200ms' asks for as much as '500ms > backend.latency.p95' or "
        + "more; make it weaker, or leave it out")]
    [TestCase(Probe, "{ pass: backend.ok, warn: backend.ok && backend.status < 500 }",
        "'warn' never holds where 'pass' does not: 'backend.ok && backend.status < 500' asks for as much as 'backend.ok' or more; make it "
        + "weaker, or leave it out")]
    [TestCase(Probe, "{ pass: backend.status < 400, warn: backend.status == 200 }",
        "'warn' never holds where 'pass' does not: 'backend.status == 200' asks for as much as 'backend.status < 400' or more; make it "
        + "weaker, or leave it out")]
    [TestCase(Probe + Results, "backend.ok",
        "no criterion reads 'unit', so whatever it measures decides nothing; add a criterion, or take it out")]
    [TestCase(Probe + "waivers: [{ criterion: a, reason: r, expires: 2026-06-14 }]\n", "backend.ok",
        "the waiver of 'a' expired, so it waives nothing; take it out, or choose a later day")]
    [TestCase("probes: { backend: { http: https://example.com/, headers: { Authorization: Bearer $TOKEN } } }\n", "backend.ok",
        "'$TOKEN' is sent as it stands; write ${TOKEN} and list TOKEN under 'env' or 'secrets'")]
    [TestCase("probes: { backend: { http: https://example.com/, json: '{\"user\":\"x\"}' } }\n", "backend.ok",
        "this is one JSON text, in quotation marks, and no object; write a mapping here, or the text under 'body'")]
    [TestCase(Probe, "backend.json.items.length > 0",
        "lists and texts have no field 'length'; write size(backend.json.items), or backend.json.items[\"length\"] where a field has that "
        + "name")]
    [TestCase(Probe, "backend.statuses.length == 1",
        "lists and texts have no field 'length'; write size(backend.statuses), or backend.statuses[\"length\"] where a field has that "
        + "name")]
    [TestCase(Probe, "backend.json.pods.filter(p, p.app == 'web').all(p, p.ok)",
        "'all' holds where the filter leaves nothing; write size(backend.json.pods.filter(p, p.app == 'web')) > 0 && … where something "
        + "must be there")]
    public void What_is_hardly_meant_is_a_warning(string sources, string criterion, string warning)
    {
        var reading = ManifestCases.Read(System.Text.Encoding.UTF8.GetBytes($"version: 1\n{sources}criteria:\n  a: {criterion}\n"));

        Assert.That(reading.Problems, Is.Empty);
        Assert.That(reading.Warnings.Select(found => found.Message), Is.EqualTo(new[] { warning }));
    }

    [TestCase(Results, "unit.failed == 0 && unit.pass_rate == 100%")]
    [TestCase(Results, "unit.failed == 0 && unit.errors == 0")]
    [TestCase(Results, "ratio(unit.failed + unit.errors, unit.total) < 5%")]
    [TestCase(Results, "unit.passed == unit.total && unit.failed == 0")]
    [TestCase(Probe, "backend.availability < 0.5%")]
    [TestCase(Probe, "backend.json.rope[\"length\"] > 3")]
    [TestCase(Probe, "backend.json.rope.size > 3 && backend.json.count == 2 && size(backend.json.items) > 0")]
    [TestCase(Probe, "{ pass: 'backend.latency.p95 < 500ms', warn: 'backend.latency.p95 < 2s' }")]
    [TestCase(Probe, "{ pass: backend.status == 200, warn: backend.status < 500 }")]
    [TestCase(Probe, "{ pass: backend.ok && backend.latency.p95 < 500ms, warn: backend.latency.p95 < 200ms }")]
    [TestCase(Probe, "{ pass: backend.ok && backend.status == 200, warn: backend.ok }")]
    [TestCase(Probe, "{ pass: backend.ok, warn: backend.ok || backend.status < 500 }")]
    [TestCase(Probe, "{ pass: backend.status == 200, warn: backend.status == 204 }")]
    [TestCase(Probe, "backend.status / 100 == 2")]
    [TestCase(Probe, "{ pass: baseline.backend.status == 200, baseline: optional }")]
    [TestCase("probes: { login: { http: https://example.com/ }, api: { http: https://example.com/, headers: { A: '${login.body}' } } }\n",
        "api.ok")]
    [TestCase("probes: { service: { http: https://example.com/ }, logs: { log-file: a.log, since: service.json.at } }\n",
        "logs.severity.error == 0")]
    [TestCase(Probe + "waivers: [{ criterion: a, reason: r, expires: 2026-06-15 }]\n", "backend.ok")]
    [TestCase("probes: { backend: { command: [sh, -c, 'echo $HOME'] } }\n", "backend.exit_code == 0")]
    [TestCase("probes: { backend: { http: https://example.com/, json: { price: $5, path: $.store, pattern: ^A$ } } }\n", "backend.ok")]
    [TestCase(Results, "unit.failed == 0 && unit.green")]
    [TestCase(Results, "unit.pass_rate >= 99.5%")]
    [TestCase(Results, "1.0 - unit.pass_rate < 0.5%")]
    [TestCase("probes: { backend: { http: https://example.com/, body: 'costs $5, $x and $$NAME' } }\n", "backend.ok")]
    [TestCase(Probe, "size(backend.json.pods.filter(p, p.app == 'web')) > 0 && backend.json.pods.filter(p, p.app == 'web').all(p, p.ok)")]
    [TestCase(Probe, "size(backend.json.pods.filter(p, !p.ok)) == 0 && backend.json.pods.all(p, p.ok)")]
    public void What_may_be_meant_is_none(string sources, string criterion)
    {
        var reading = ManifestCases.Read(System.Text.Encoding.UTF8.GetBytes($"version: 1\n{sources}criteria:\n  a: {criterion}\n"));

        Assert.That(reading.Problems.Concat(reading.Warnings).Select(found => found.Message), Is.Empty);
    }
}
