using System.Globalization;

namespace GateAction.Tests.GitHub.Simulation;

/// <summary>Whatever happens in a month, no name that a branch requires shows a success that its last honest run does not bear
/// out.</summary>
internal sealed class MonthTests
{
    private const int FewPullRequests = 8;
    private const int ManyPullRequests = 100;

    [Test]
    public async Task A_success_is_always_that_of_the_honest_run_that_began_last([Range(1, 4)] int seed)
    {
        await using var month = await Month.StartAsync(seed, isCalm: false);

        await month.PlayAsync(FewPullRequests);

        Assert.That(month.Onlooker.Successes, Is.GreaterThan(3));
    }

    [Test]
    public async Task Where_nothing_fails_every_name_shows_the_verdict_of_the_last_run([Range(1, 4)] int seed)
    {
        await using var month = await Month.StartAsync(seed, isCalm: true);

        await month.PlayAsync(FewPullRequests);

        Assert.That(month.Onlooker.Successes, Is.GreaterThan(3));
    }

    /// <summary>Months of 100 pull requests, each a seed of its own, for as long as it is told to.</summary>
    [Test, Explicit("plays GATE_MONTHS months")]
    public async Task A_long_simulation_finds_nothing()
    {
        var months = int.Parse(Environment.GetEnvironmentVariable("GATE_MONTHS") ?? "1", CultureInfo.InvariantCulture);
        var first = int.Parse(Environment.GetEnvironmentVariable("GATE_MONTHS_FROM") ?? "100", CultureInfo.InvariantCulture);
        for (var seed = first; seed < first + months; seed++)
        {
            await using var month = await Month.StartAsync(seed, isCalm: seed % 2 == 0);
            await month.PlayAsync(ManyPullRequests);
            await TestContext.Out.WriteLineAsync($"month {seed}: {month.Onlooker.Successes} successes");
        }
    }
}
