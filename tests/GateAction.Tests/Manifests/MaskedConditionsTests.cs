using System.Text;

namespace GateAction.Tests.Manifests;

/// <summary>A condition that asks what a masked fact is can only ever be withheld; that is said before anything is measured.</summary>
internal sealed class MaskedConditionsTests
{
    private const string Sources = """
        version: 1
        probes:
          login: { http: "https://example.com/login", mask: [json.token, json.session, headers.x-key] }
          open: { http: "https://example.com/" }

        """;

    [TestCase("login.json.token == 'abcdefgh'", "login.json.token")]
    [TestCase("'abcdefgh' == login.json.token", "login.json.token")]
    [TestCase("login.ok && !(login.json.token == 'abcdefgh')", "login.json.token")]
    [TestCase("login.json['token'] == 'abcdefgh'", "login.json.token")]
    [TestCase("login.json.token == true", "login.json.token")]
    [TestCase("login.json.token == 12345678", "login.json.token")]
    [TestCase("login.json.token > 5", "login.json.token")]
    [TestCase("5 <= login.json.token", "login.json.token")]
    [TestCase("login.json.session.id == 7", "login.json.session.id")]
    [TestCase("login.headers['x-key'] == 'k'", "login.headers.x-key")]
    [TestCase("login.json.token.startsWith('ey')", "login.json.token")]
    [TestCase("login.json.token.endsWith('==')", "login.json.token")]
    [TestCase("login.json.token.contains('.')", "login.json.token")]
    [TestCase("login.json.token.matches('^[a-z]+$')", "login.json.token")]
    public void What_a_masked_fact_is_cannot_be_asked(string condition, string path)
    {
        var problem = Read(condition).Problems.Single().Message;

        Assert.That(problem, Does.StartWith($"'{path}' is masked, and this would tell what it is"));
    }

    [TestCase("login.json.token != ''")]
    [TestCase("login.json.token == ''")]
    [TestCase("login.json.token != null")]
    [TestCase("has(login.json.token)")]
    [TestCase("login.json.token != 'changeme'")]
    [TestCase("login.json.tokens == 'abc'")]
    [TestCase("login.json.status == 'ok'")]
    [TestCase("login.json != null && login.json.role == 'admin'")]
    [TestCase("open.json.token == 'abcdefgh'")]
    [TestCase("login.headers['set-cookie'].contains('HttpOnly')")]
    public void What_else_is_asked_is_no_problem(string condition) => Assert.That(Read(condition).Problems, Is.Empty);

    private static GateAction.Manifests.ManifestReading Read(string condition) =>
        ManifestCases.Read(Encoding.UTF8.GetBytes($"{Sources}criteria:\n  a: \"{condition}\"\n"));
}
