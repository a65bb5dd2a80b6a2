namespace GateAction.Tests.Commands;

internal sealed class ExpandCommandTests
{
    private const string Many =
        """
        version: 1
        x-services: &services [api, web] # two of them
        probes:
          ${service}: { for-each: { service: *services }, http: "https://${service}.example.com", headers: { Authorization: "${TOKEN}" } }
        secrets: TOKEN
        criteria:
          ${service}-up:
            for-each: { service: *services }
            pass: |
              ${service}.status == 200

        """;

    [Test]
    public async Task What_is_measured_and_judged_is_printed_without_any_variable_of_the_environment()
    {
        using var run = new CommandRun { Input = Many }.WithVariable("TOKEN", "s3cret-of-staging");

        Assert.That(await run.RunAsync("expand", "-"), Is.Zero, run.Error);

        Assert.That(run.Out, Is.EqualTo(
            """
            version: 1
            x-services:
              - api
              - web
            probes:
              api:
                http: "https://api.example.com"
                headers:
                  Authorization: "${TOKEN}"
              web:
                http: "https://web.example.com"
                headers:
                  Authorization: "${TOKEN}"
            secrets: TOKEN
            criteria:
              api-up:
                pass: |
                  api.status == 200
              web-up:
                pass: |
                  web.status == 200

            """));
    }

    [Test]
    public async Task A_manifest_with_problems_is_not_printed()
    {
        using var run = new CommandRun().With("gate.yml", "version: 1\nprobes: { a: { for-each: { x: [] } } }\n");

        Assert.That(await run.RunAsync("expand"), Is.EqualTo(2));

        Assert.That(run.Out, Is.Empty);
        Assert.That(run.Error, Does.Contain("gate.yml:2:31: probes.a.for-each.x: found an empty list, expected values, as in [api, web]"));
    }

    [Test]
    public async Task A_run_judges_each_of_them_and_all_problems_stand_at_the_written_line()
    {
        using var run = new CommandRun().With("gate.yml", Many.Replace("status", "stauts")).WithVariable("TOKEN", "x");

        Assert.That(await run.RunAsync("validate"), Is.EqualTo(2));

        Assert.That(run.Out, Does.Contain("gate.yml:10:18: criteria.${service}-up.pass: 'api' has no 'stauts'"));
        Assert.That(run.Out, Does.Contain("gate.yml:10:18: criteria.${service}-up.pass: 'web' has no 'stauts'"));
    }
}
