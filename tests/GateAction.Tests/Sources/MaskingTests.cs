using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.StandIns.Staging;
using GateAction.Surroundings;

namespace GateAction.Tests.Sources;

internal sealed class MaskingTests
{
    private const string Login = "{ http: /login, json: { user: smoke, password: correct horse }, mask: [json.access_token] }";
    private StagingServer _staging = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _staging = await StagingServer.StartAsync(Scenario.Healthy);

    [OneTimeTearDown]
    public async Task StopAsync() => await _staging.DisposeAsync();

    [Test]
    public async Task A_masked_fact_shows_nowhere_in_the_evidence()
    {
        var evidence = await ProbeTesting.CollectAsync([("before", "http: /chaos/slow/100"), ("login", Login),
            ("echo", "{ http: /echo, headers: { X-Token: '${login.json.access_token}' } }")], _staging.Url);

        Assert.That(evidence.Measurements["login"].Fact("json.access_token").AsString, Is.EqualTo("***"));
        Assert.That(evidence.Measurements["login"].Facts.AsMap.TryGet("body", out _), Is.False,
            "the raw text beside a masked value is not kept");
        Assert.That(evidence.Measurements["login"].Reason, Is.EqualTo("'body' is withheld: 'mask' hides a part of it"));
        Assert.That(evidence.Measurements["login"].Fact("headers.set-cookie").AsString,
            Is.EqualTo("session=***; HttpOnly; Path=/, theme=***"));
        Assert.That(evidence.Measurements.Values.SelectMany(TextsOf), Has.None.Contains(_staging.State.Token));
    }

    [Test]
    public async Task A_body_whose_masked_part_cannot_be_read_is_withheld()
    {
        var measured = await ProbeTesting.MeasureAsync("{ http: /chaos/truncated-json, mask: json.access_token }", _staging.Url);

        Assert.That(measured.Facts.AsMap.TryGet("body", out _), Is.False);
    }

    [Test]
    public async Task A_secret_that_a_server_gives_back_is_masked()
    {
        var secrets = new Secrets();
        secrets.Add("hunter22");

        var evidence = await ProbeTesting.CollectAsync(
            [("login", "{ http: /login, json: { password: hunter22 } }"),
            ("echo", "{ http: '/echo?key=hunter22', basic-auth: 'ci:hunter22' }"),
            ("gone", "{ http: 'http://hunter22.invalid/', attempts: 1 }")],
            _staging.Url,
            secrets);

        Assert.That(evidence.Measurements["login"].Fact("json.error").AsString, Is.EqualTo("wrong password '***'"));
        Assert.That(evidence.Measurements["echo"].Subject, Does.EndWith("/echo?key=***"));
        Assert.That(evidence.Measurements["echo"].Fact("json.headers.authorization").AsString, Does.Contain("***"));
        Assert.That(evidence.Measurements.Values.SelectMany(TextsOf),
            Has.None.Contains("hunter22").And.None.Contains("aHVudGVy").And.None.Contains("Y2k6aHVudGVyMjI="));
    }

    private static IEnumerable<string> TextsOf(Measurement measured) =>
        [.. TextsOf(measured.Facts), measured.Reason ?? "", measured.Subject ?? "", measured.Caveat ?? "", .. measured.Details ?? []];

    private static IEnumerable<string> TextsOf(Value value) => value.Kind switch
    {
        ValueKind.String => [value.AsString],
        ValueKind.List => value.AsList.SelectMany(TextsOf),
        ValueKind.Map => value.AsMap.Entries.SelectMany(entry => TextsOf(entry.Value).Append(entry.Key.AsString)),
        _ => [],
    };
}
