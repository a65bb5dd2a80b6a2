using System.Text.Json;
using GateAction.Surroundings;

namespace GateAction.Tests.Sources.Results;

internal sealed class ResultsCommandTests
{
    private ResultFolder _folder = null!;
    private StringWriter _out = null!;
    private StringWriter _error = null!;

    [SetUp]
    public void CreateFolder() => (_folder, _out, _error) = (new(), new(), new());

    [TearDown]
    public void DeleteFolder()
    {
        _folder.Dispose();
        _out.Dispose();
        _error.Dispose();
    }

    [Test]
    public async Task Prints_a_table_problems_with_their_places_and_the_failing_tests()
    {
        _folder.Add("a.xml",
            "<testsuite name='s' tests='3'>\n<testcase name='ok' time='1.5'/><testcase name='\u001B[2Jbad'><failure message='expected 1 "
            + "but was 2'/></testcase></testsuite>");
        _folder.Add("b/c.json", FormatSamples.All.First(sample => sample.Format == "mocha").Content);

        var exitCode = await RunAsync("**/*");

        Assert.That(exitCode, Is.EqualTo(3));
        Snapshot.Match(_out.ToString());
    }

    [Test]
    public async Task Json_has_every_figure()
    {
        _folder.Add("a.xml",
            "<testsuite name='s' tests='3'><testcase name='a' time='1.5'/><testcase name='b'><flakyFailure/></testcase></testsuite>");

        await RunAsync("a.xml", "--json");

        using var json = JsonDocument.Parse(_out.ToString());
        Snapshot.Match(_out.ToString(), "json");
    }

    [TestCase("")]
    [TestCase("<testsuite>")]
    [TestCase("hello")]
    public async Task A_file_that_cannot_be_read_exits_2(string content)
    {
        _folder.Add("a.xml", content);

        Assert.That(await RunAsync("a.xml"), Is.EqualTo(2));
    }

    [TestCase("<testsuite tests='2'><testcase name='a'/></testsuite>",
        "not clean: a.xml:1: <testsuite> says 2 tests, its cases are 1")]
    [TestCase("<testsuite><testcase name='a'><skipped/></testcase></testsuite>", "not clean: no test ran: the only case was skipped")]
    [TestCase("<testsuite/>", "not clean: no test ran: the files hold no test case")]
    public async Task A_file_that_is_not_clean_exits_3_and_says_why(string content, string reason)
    {
        _folder.Add("a.xml", content);

        Assert.That(await RunAsync("a.xml"), Is.EqualTo(3));
        Assert.That(_out.ToString().TrimEnd(), Does.EndWith(reason));
        Assert.That(await RunAsync("a.xml", "--json"), Is.EqualTo(3));
    }

    [Test]
    public async Task A_failing_test_exits_0()
    {
        _folder.Add("a.xml", "<testsuite><testcase name='a'><failure/></testcase></testsuite>");

        Assert.That(await RunAsync("a.xml"), Is.Zero);
    }

    [Test]
    public async Task A_pattern_that_matches_nothing_is_told()
    {
        Assert.That(await RunAsync("*.trx"), Is.EqualTo(2));
        Assert.That(_error.ToString().Trim(),
            Is.EqualTo("gate: no file matches '*.trx'; give files, folders, or patterns such as 'results/**/*.xml' in quotes"));
    }

    [Test]
    public async Task An_excluded_file_is_left_out()
    {
        _folder.Add("a.xml", "<testsuite><testcase name='a'/></testsuite>");
        _folder.Add("old/b.xml", "");

        Assert.That(await RunAsync("**/*.xml", "!old/**"), Is.Zero);
    }

    private Task<int> RunAsync(params string[] args) => Program.RunAsync(
        ["results", .. args],
        Shell.FromProcess() with { Out = _out, Error = _error, Directory = _folder.Path, IsTerminal = false, Width = 120 },
        CancellationToken.None);
}
