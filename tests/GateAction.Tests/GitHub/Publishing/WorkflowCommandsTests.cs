using GateAction.Core.Reports.Machine;
using GateAction.GitHub.Publishing;

namespace GateAction.Tests.GitHub.Publishing;

internal sealed class WorkflowCommandsTests
{
    [Test]
    public void An_annotation_is_one_line_whatever_it_holds()
    {
        var annotation = new Annotation(AnnotationLevel.Failure, "a,b: 100%\r\n::add-mask::x", "50% of\r\n::error::it\nbroke",
            "dir,1/gate:2.yml", 3, 4);

        Assert.That(
            WorkflowCommands.Annotation(annotation),
            Is.EqualTo(
            "::error file=dir%2C1/gate%3A2.yml,line=3,col=4,title=a%2Cb%3A 100%25%0D%0A%3A%3Aadd-mask%3A%3Ax::50%25 "
            + "of%0D%0A::error::it%0Abroke"));
    }

    [TestCase(AnnotationLevel.Notice, "::notice title=t::m")]
    [TestCase(AnnotationLevel.Warning, "::warning title=t::m")]
    public void A_remark_without_a_place_has_a_title_only(AnnotationLevel level, string expected) =>
        Assert.That(WorkflowCommands.Annotation(new(level, "t", "m")), Is.EqualTo(expected));

    [Test]
    public async Task Of_more_annotations_than_GitHub_shows_the_number_is_told()
    {
        await using var scene = await GateScene.StartAsync();
        var annotations = Enumerable.Range(0, 3014).Select(number => new Annotation(AnnotationLevel.Failure, $"t{number}", "m"));

        await scene.PublishAsync(scene.Job(), GateScene.Report() with { Annotations = [.. annotations] });

        var lines = scene.Out.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines, Has.Length.EqualTo(10));
        Assert.That(lines[^1].TrimEnd(), Is.EqualTo("::error title=gate::and 3,005 more; see the job's summary"));
    }

    [Test]
    public void Words_are_not_to_be_guessed()
    {
        var words = Enumerable.Range(0, 100).Select(_ => WorkflowCommands.RandomWord()).ToList();

        Assert.That(words, Is.Unique.And.All.Matches("^gate_[0-9a-f]{32}$"));
    }
}
