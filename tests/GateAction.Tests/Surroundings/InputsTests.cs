using GateAction.Core.Model;
using GateAction.GitHub;
using GateAction.GitHub.Publishing;
using GateAction.Surroundings;

namespace GateAction.Tests.Surroundings;

internal sealed class InputsTests
{
    private static readonly Dictionary<string, string> Job = new()
    {
        ["GITHUB_ACTIONS"] = "true",
        ["GITHUB_REPOSITORY"] = "octo-org/shop",
        ["GITHUB_EVENT_NAME"] = "push",
        ["GITHUB_SHA"] = "abc",
        ["GITHUB_RUN_ID"] = "7",
    };

    [Test]
    public void Inputs_that_are_empty_count_as_not_given()
    {
        var inputs = Read(new() { ["INPUT_MANIFEST"] = " ", ["INPUT_REPORT"] = "", ["INPUT_SUMMARY"] = "" });

        Assert.That((inputs.Manifest, inputs.Report, inputs.Comment, inputs.Summary, inputs.Job),
            Is.EqualTo((null as string, ReportKind.Status, CommentMode.Always, true, null as ActionsJob)));
    }

    [TestCase("https://reports.example.com/1/report.html", null)]
    [TestCase("http://127.0.0.1:8080/report.html", null)]
    [TestCase("reports/1/report.html", "'report-url' is 'reports/1/report.html'; an address such as")]
    [TestCase("javascript:alert(1)", "'report-url' is 'javascript:alert(1)'; an address such as")]
    [TestCase("https://user:word@reports.example.com/", "'report-url' is")]
    public void The_report_s_address_is_one_of_the_web(string text, string? problem)
    {
        Inputs Read() => InputsTests.Read(new() { ["INPUT_REPORT-URL"] = text });

        if (problem is null)
            Assert.That(Read().ReportUrl, Is.EqualTo(text));
        else
            Assert.That(Read, Throws.TypeOf<GateException>().With.Message.StartsWith(problem));
    }

    [Test]
    public void Inputs_are_read_by_the_names_that_a_container_gets()
    {
        var inputs = Read(new()
        {
            ["INPUT_MANIFEST-FROM"] = "Workspace",
            ["INPUT_GITHUB-TOKEN"] = "t0ken",
            ["GITHUB_TOKEN"] = "other",
            ["INPUT_COMMENT"] = "on-change",
            ["INPUT_ONLY"] = "backend, unit\n memory \n",
            ["INPUT_ANNOTATIONS"] = "False",
        });

        Assert.That((inputs.ManifestFrom, inputs.GitHubToken, inputs.Comment, inputs.Annotations),
            Is.EqualTo((ManifestFrom.Workspace, "t0ken", CommentMode.OnChange, false)));
        Assert.That(inputs.Only, Is.EqualTo(["backend", "unit", "memory"]));
    }

    [Test]
    public void A_job_is_read_with_GitHubs_own_addresses_unless_told()
    {
        var job = Read(Job).Job!;

        Assert.That((job.ApiUrl.Host, job.RunUrl),
            Is.EqualTo(("api.github.com", "https://github.com/octo-org/shop/actions/runs/7/attempts/1")));
    }

    [TestCase("http://ghe.example.com/api/v3")]
    [TestCase("http://10.1.2.3/api/v3")]
    [TestCase("http://localhost.example.com/")]
    public void The_token_does_not_go_over_an_open_line(string address)
    {
        Assert.That(
            () => Read(new(Job) { ["GITHUB_API_URL"] = address }),
            Throws.InstanceOf<GateException>().With.Message.StartsWith(
            $"GITHUB_API_URL is '{address}', and everybody on the way could read"));
    }

    [TestCase("http://127.0.0.1:8080/")]
    [TestCase("http://localhost:8080/")]
    [TestCase("http://[::1]:8080/")]
    public void On_loopback_it_does(string address) =>
        Assert.That(Read(new(Job) { ["GITHUB_API_URL"] = address }).Job!.ApiUrl, Is.EqualTo(new Uri(address)));

    [Test]
    public void What_leads_the_connections_elsewhere_is_told_without_a_password()
    {
        var variables = new Dictionary<string, string>
        {
            ["HTTPS_PROXY"] = "http://me:hunter2-hunter2@proxy.example.com:3128",
            ["SSL_CERT_FILE"] = "/etc/own.pem",
            ["SSL_CERT_DIR"] = "",
        };

        Assert.That(
            NetworkDetours.In(Surrounded(variables)),
            Is.EqualTo(
                "the environment has this run use the proxy http://proxy.example.com:3128 (HTTPS_PROXY), the certificates of "
                + "'/etc/own.pem' (SSL_CERT_FILE): whoever set that can read and change what the gate is told"));
        Assert.That(NetworkDetours.In(Surrounded([])), Is.Null);
    }

    private static Shell Surrounded(Dictionary<string, string> variables) =>
        Shell.FromProcess() with { Environment = variables.GetValueOrDefault };

    [Test]
    public void An_Enterprise_Server_has_its_own_addresses()
    {
        var job = Read(new(Job)
        { ["GITHUB_API_URL"] = "https://ghe.example.com/api/v3", ["GITHUB_SERVER_URL"] = "https://ghe.example.com" }).Job!;

        Assert.That((job.ApiUrl.ToString(), job.RunUrl),
            Is.EqualTo(("https://ghe.example.com/api/v3", "https://ghe.example.com/octo-org/shop/actions/runs/7/attempts/1")));
    }

    [TestCase("INPUT_REPORT", "neutral", "'report' is 'neutral'; accepted are 'status', 'check', 'both'")]
    [TestCase("INPUT_REPORT", "1", "'report' is '1'; accepted are 'status', 'check', 'both'")]
    [TestCase("INPUT_COMMENT", "never", "'comment' is 'never'; accepted are 'always', 'on-change', 'on-problem', 'off'")]
    [TestCase("INPUT_NOTIFY", "always", "'notify' is 'always'; accepted are 'off', 'regression'")]
    [TestCase("INPUT_MANIFEST-FROM", "main", "'manifest-from' is 'main'; accepted are 'base', 'head', 'workspace'")]
    [TestCase("INPUT_SUMMARY", "yes", "'summary' is 'yes'; accepted are 'true' and 'false'")]
    [TestCase("GITHUB_RUN_ID", "x7", "GITHUB_RUN_ID is 'x7'; it must be a whole number")]
    [TestCase("GITHUB_RUN_ID", "",
        "GITHUB_RUN_ID is not set although GITHUB_ACTIONS is 'true': pass the job's variables on, or unset GITHUB_ACTIONS")]
    [TestCase("GITHUB_REPOSITORY", "shop", "'shop' is not a repository: GITHUB_REPOSITORY must read 'owner/name'")]
    [TestCase("GITHUB_API_URL", "ghe", "GITHUB_API_URL is 'ghe'; it must be an address such as 'https://api.github.com'")]
    public void What_is_not_accepted_is_one_sentence(string name, string value, string expected) =>
        Assert.That(() => Read(new(Job) { [name] = value }), Throws.TypeOf<GateException>().With.Message.EqualTo(expected));

    private static Inputs Read(Dictionary<string, string> variables) =>
        Inputs.From(Shell.FromProcess() with { Environment = variables.GetValueOrDefault });
}
