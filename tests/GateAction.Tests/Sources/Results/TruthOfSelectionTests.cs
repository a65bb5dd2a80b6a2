using GateAction.Core.Model;
using GateAction.Sources.Results;

namespace GateAction.Tests.Sources.Results;

/// <summary>What is not green, one test each: tests that did not run, or are not among those that did.</summary>
internal sealed class TruthOfSelectionTests : InResultFolder
{
    [Test]
    public async Task Zero_tests()
    {
        Folder.Add("a.xml", "<testsuites tests='0'><testsuite name='s' tests='0'/></testsuites>");

        await Folder.AssertUncleanAsync("not clean: no test ran: the files hold no test case");
    }

    [Test]
    public async Task Tests_that_were_all_skipped()
    {
        Folder.Add("a.xml", "<testsuite><testcase name='a'><skipped/></testcase><testcase name='b'><skipped/></testcase></testsuite>");

        await Folder.AssertUncleanAsync("not clean: no test ran: all 2 cases were skipped");
    }

    [Test]
    public async Task Zero_tests_after_the_filter()
    {
        Folder.Add("a.xml", "<testsuite tests='1'><testcase name='a'/></testsuite>");

        var measured = await Folder.MeasureAsync("*.xml", new TestFilter([new("e2e*")], [], []));

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unclean));
        Assert.That(measured.Reason, Is.EqualTo("not clean: no test case is left after include and exclude"));
    }

    [Test]
    public async Task A_required_test_is_missing()
    {
        Folder.Add("a.xml", "<testsuite><testcase name='a'/></testsuite>");

        var measured = await Folder.MeasureAsync("*.xml", new TestFilter([], [], [new("*golden_path*")]));

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unclean));
        Assert.That(measured.Reason, Is.EqualTo("not clean: required test '*golden_path*' is missing"));
    }

    [Test]
    public async Task A_required_test_was_skipped_beside_others_that_ran()
    {
        Folder.Add("a.xml", "<testsuite><testcase name='golden_path_1'/><testcase name='golden_path_2'><skipped/></testcase></testsuite>");

        var measured = await Folder.MeasureAsync("*.xml", new TestFilter([], [], [new("*golden_path*")]));

        Assert.That(measured.Reason, Is.EqualTo("not clean: required test 'golden_path_2' was skipped"));
    }
}
