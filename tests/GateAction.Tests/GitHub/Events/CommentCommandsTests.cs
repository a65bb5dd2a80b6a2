using GateAction.GitHub.Events;

namespace GateAction.Tests.GitHub.Events;

internal sealed class CommentCommandsTests
{
    [TestCase("/gate waive database for 3d: the supplier is down", null, "database", 72.0, "the supplier is down")]
    [TestCase("/gate waive staging/database for 12h: #12", "staging", "database", 12.0, "#12")]
    [TestCase("/Gate  WAIVE  database  FOR  1d12h :reason", null, "database", 36.0, "reason")]
    [TestCase("  /gate waive `database` for 90m: it: is, what: it is  ", null, "database", 1.5, "it: is, what: it is")]
    [TestCase("Sorry.\r\n\r\n/gate waive database for 3D: 原因\r\nThanks", null, "database", 72.0, "原因")]
    public void A_waive_names_a_criterion_a_time_and_a_reason(string body, string? gate, string criterion, double hours, string reason) =>
        Assert.That(CommentCommands.Read(body), Is.EqualTo([new WaiveCommand(gate, criterion, TimeSpan.FromHours(hours), reason)]));

    [Test]
    public void Each_line_is_a_command()
    {
        var read = CommentCommands.Read("/gate unwaive a\nand\n/gate rerun\n/gate rerun all\n/gate unwaive x/b");

        Assert.That(read, Is.EqualTo(new CommentCommand[]
        {
            new UnwaiveCommand(null, "a"), new RerunCommand(false), new RerunCommand(true), new UnwaiveCommand("x", "b"),
        }));
    }

    [TestCase("/gate")]
    [TestCase("/gate wave db for 3d: x")]
    [TestCase("/gate waive")]
    [TestCase("/gate waive db")]
    [TestCase("/gate waive db: reason", "it does not say for how long")]
    [TestCase("/gate waive db for 3d", "it gives no reason")]
    [TestCase("/gate waive db for 3d:", "there is no reason")]
    [TestCase("/gate waive db for 3d: --- ", "there is no reason")]
    [TestCase("/gate waive db for 3 days: reason", "'/gate waive CRITERION for 3d: reason'")]
    [TestCase("/gate waive db for three: reason", "'three' is no duration")]
    [TestCase("/gate waive db for 0d: reason", "'0d' is no duration above zero")]
    [TestCase("/gate waive db for -3d: reason", "'-3d' is no duration")]
    [TestCase("/gate waive db for 99999999999999999999d: reason", "is no duration")]
    [TestCase("/gate waive db other for 3d: reason")]
    [TestCase("/gate waive for 3d: reason", "accepted is")]
    [TestCase("/gate unwaive")]
    [TestCase("/gate unwaive a b")]
    [TestCase("/gate rerun please", "'/gate rerun all'")]
    [TestCase("/gate <img src=x> @octocat")]
    public void What_begins_like_a_command_and_is_none_is_told_in_a_sentence(string body, string expected = "accepted")
    {
        var found = CommentCommands.Read(body).Single() as MalformedCommand;

        Assert.That(found?.Problem, Does.Contain(expected).And.Not.Contains("\n"));
        Assert.That(found!.Problem, Has.Length.LessThan(250));
    }

    [TestCase("LGTM")]
    [TestCase("")]
    [TestCase("please /gate rerun")]
    [TestCase("> /gate rerun")]
    [TestCase("/gateway rerun")]
    [TestCase("/gate-rerun")]
    [TestCase("//gate rerun")]
    [TestCase("`/gate rerun`")]
    [TestCase("```\n/gate rerun\n```")]
    [TestCase("~~~~ text\n```\n/gate rerun\n~~~~")]
    [TestCase("```\n/gate rerun")]
    [TestCase("    /gate rerun")]
    [TestCase("\t/gate rerun")]
    [TestCase("<!-- /gate rerun -->")]
    [TestCase("<!--\n/gate rerun\n-->")]
    [TestCase("x <!-- hidden\n\n/gate rerun\n--> y")]
    [TestCase("a\u2028/gate rerun")]
    [TestCase("* /gate rerun")]
    public void What_a_reader_does_not_see_as_a_line_of_its_own_is_no_command(string body) =>
    Assert.That(CommentCommands.Read(body), Is.Empty);

    [TestCase("```\ncode\n```\n/gate rerun")]
    [TestCase("<!-- template -->\n/gate rerun")]
    [TestCase("```inline``` text\n/gate rerun")]
    [TestCase("<!--\nx\n-->\n/gate rerun")]
    public void What_stands_after_code_or_a_hidden_text_is_one(string body) =>
        Assert.That(CommentCommands.Read(body), Is.EqualTo([new RerunCommand(false)]));

    [Test]
    public void Nobody_can_ask_for_more_than_ten_things_at_once() =>
        Assert.That(CommentCommands.Read(string.Concat(Enumerable.Repeat("/gate rerun\n", 11))).Single(), Is.TypeOf<MalformedCommand>());

    [Test]
    public void The_longest_comment_is_read_at_once([Values(" ", "/gate waive ", "<!--", "```\n", ":", "a")] string part)
    {
        var body = "/gate waive " + string.Concat(Enumerable.Repeat(part, 65_536 / part.Length));

        Assert.That(() => CommentCommands.Read(body), Throws.Nothing);
    }
}
