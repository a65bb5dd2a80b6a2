namespace GateAction.Tests.Sources.Results;

/// <summary>What is not green, one test each: runs and outcomes of TRX.</summary>
internal sealed class TruthOfTrxTests : InResultFolder
{
    [TestCase("Aborted")]
    [TestCase("Error")]
    [TestCase("Timeout")]
    [TestCase("Disconnected")]
    [TestCase("InProgress")]
    public async Task A_TRX_whose_run_did_not_complete(string outcome)
    {
        Folder.Add("a.trx", TrxFiles.Of(outcome, ("a", "Passed")));

        await Folder.AssertUncleanAsync($"not clean: a.trx:3: the run's outcome is '{outcome}'");
    }

    [Test]
    public async Task A_TRX_whose_host_crashed_while_every_finished_test_passed()
    {
        Folder.Add("a.trx", TrxFiles.Of("Failed", ("a", "Passed")));

        await Folder.AssertUncleanAsync(
            "not clean: a.trx:3: the run's outcome is 'Failed' although no test failed: the test host crashed or the run was cut short");
    }

    [Test]
    public async Task A_TRX_that_reports_an_error_of_the_run()
    {
        const string Info =
            "<RunInfos><RunInfo outcome='Error'><Text>The active test run was aborted. Reason: Test host process "
            + "crashed</Text></RunInfo></RunInfos>";
        Folder.Add("a.trx", TrxFiles.Of("Completed", ("a", "Passed")).Replace("</ResultSummary>", Info + "</ResultSummary>"));

        await Folder.AssertUncleanAsync(
            "not clean: a.trx:3: the run reports (Error): The active test run was aborted. Reason: Test host process crashed");
    }

    [Test]
    public async Task A_TRX_without_a_summary()
    {
        var text = TrxFiles.Of("Completed", ("a", "Passed"));
        Folder.Add("a.trx", text[..text.IndexOf("<ResultSummary", StringComparison.Ordinal)] + "</TestRun>");

        await Folder.AssertUncleanAsync("not clean: a.trx: the file has no <ResultSummary>: the run did not end");
    }

    [TestCase("Failed")]
    [TestCase("Error")]
    [TestCase("Timeout")]
    [TestCase("Aborted")]
    [TestCase("Disconnected")]
    [TestCase("NotRunnable")]
    [TestCase("PassedButRunAborted")]
    [TestCase("InProgress")]
    [TestCase("Pending")]
    [TestCase("Warning")]
    public async Task A_TRX_outcome_that_says_the_test_did_not_finish_well(string outcome)
    {
        Folder.Add("a.trx", TrxFiles.Of("Failed", ("a", outcome), ("b", "Passed")));

        var measured = await Folder.MeasureAsync();

        Assert.That(ResultFolder.Fact(measured, "failed") + ResultFolder.Fact(measured, "errors"), Is.EqualTo(1));
    }

    [TestCase("Inconclusive")]
    [TestCase("NotExecuted")]
    [TestCase("Completed")]
    public async Task A_TRX_outcome_that_says_nothing_was_judged_is_not_a_pass(string outcome)
    {
        Folder.Add("a.trx", TrxFiles.Of("Completed", ("a", outcome), ("b", "Passed")));

        var measured = await Folder.MeasureAsync();

        Assert.That((ResultFolder.Fact(measured, "passed"), ResultFolder.Fact(measured, "skipped")), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task A_TRX_outcome_nobody_knows_is_an_error()
    {
        Folder.Add("a.trx", TrxFiles.Of("Completed", ("a", "Splendid"), ("b", "Passed")));

        var measured = await Folder.AssertUncleanAsync("not clean: a.trx:2: outcome 'Splendid' is not one of Passed, Failed, ");

        Assert.That(ResultFolder.Fact(measured, "errors"), Is.EqualTo(1));
    }
}
