using GateAction.GitHub.Publishing;

namespace GateAction.Tests.GitHub.Publishing;

internal sealed class StatusNameTests
{
    [TestCase("main", "main", "gate/staging")]
    [TestCase("release/1.0", "main", "gate/staging: release/1.0")]
    [TestCase("Main", "main", "gate/staging: Main")]
    [TestCase("main", null, "gate/staging: main")]
    public void A_status_is_called_by_the_branch_that_its_word_is_for(string branch, string? defaultBranch, string expected) =>
        Assert.That(StatusName.Of(null, "staging", branch, defaultBranch), Is.EqualTo(expected));

    [Test]
    public void A_name_that_is_too_long_is_cut_and_still_its_own()
    {
        var names = Enumerable.Range(0, 50).SelectMany(number => new[]
        {
            StatusName.Of(null, "staging", $"{new string('b', 240)}{number}", "main"),
            StatusName.Of(null, "staging", $"{new string('b', 240)}{number}", "main", " (check)"),
            StatusName.Of("{name} {base} \U0001F680", new string('n', 99), $"{string.Concat(Enumerable.Repeat("\U0001F680", 120))}{number}",
                "main"),
        }).ToList();

        Assert.That(names, Is.Unique);
        Assert.That(names, Has.All.Length.LessThanOrEqualTo(StatusName.MostCharacters));
        Assert.That(names.Select(name => name.IsNormalized()), Has.All.True, "no half of a character is left");
    }
}
