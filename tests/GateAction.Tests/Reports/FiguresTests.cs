using GateAction.Cel;
using GateAction.Cel.Values;
using GateAction.Core.Decisions;
using GateAction.Core.Model;
using GateAction.Core.Reports;
using GateAction.Core.Reports.Html;
using GateAction.Core.Reports.Markdown;
using GateAction.Sources;
using GateAction.Terminal;

namespace GateAction.Tests.Reports;

/// <summary>Whatever was measured, its figures stand wherever people look: no kind only says that it was measured.</summary>
internal sealed class FiguresTests
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero);

    private static IEnumerable<string> Kinds => SourceKinds.All.Select(kind => kind.Name);

    private int _made = 100;

    [TestCaseSource(nameof(Kinds))]
    public void Every_kind_has_its_figures_in_the_terminal_the_comment_and_the_page(string name)
    {
        var kind = SourceKinds.All.Single(kind => kind.Name == name);
        var second = TimeSpan.FromSeconds(1);
        var measurement = new Measurement(kind.Name, Outcome.Measured, null, Sample(kind.Facts)!.Value, Noon, second, Subject: "it")
        { Declared = kind.Evidence };
        var evidence = new Evidence("figures", Noon, second, Value.Map(), null,
            new Dictionary<string, Measurement> { ["source"] = measurement });
        var condition = Condition.Parse("size(source) == 0").Condition!;
        var gate = new Gate("figures", 0, 0, false, 90, [new("all", "All", 1)],
            [new("empty", "Nothing", "all", 1, true, condition, null, null, null, false, new("gate.yml", 1, 1))], [],
            new HashSet<string>());

        var verdict = Decision.Decide(gate, evidence, null, Noon);

        var figures = verdict.Probes.Single().Figures;
        Assert.That(figures, Is.Not.Empty);
        var context = new ReportContext("1");
        using var page = new StringWriter();
        HtmlReport.Write(page, verdict, context, new HtmlSources(evidence));
        var comment = Comment.Render(verdict, context);
        foreach (var figure in figures)
        {
            Assert.That(comment, Does.Contain(figure.Text), "comment");
            Assert.That(page.ToString(), Does.Contain(figure.Text), "page");
        }
        var line = SourceLine.Done("source", kind.Name, measurement);
        Assert.That(line, Does.Not.Contain(": measured,"));
        foreach (var figure in figures.Take(4))
            Assert.That(line, Does.Contain($"{figure.Name} {figure.Text}"), "terminal");
    }

    /// <summary>A value of the type, each another one; null for what a server answers, and for keys that nobody declares.</summary>
    private Value? Sample(FactType type) => type.Kind switch
    {
        FactKind.Bool => Value.Bool(true),
        FactKind.Int => Value.Int(++_made),
        FactKind.Number => Value.Double(++_made + 0.5),
        FactKind.Ratio => Value.Double(0.5),
        FactKind.Size => Value.Int(++_made * 1024),
        FactKind.String => Value.String($"word{++_made}"),
        FactKind.Duration => Value.Duration(TimeSpan.FromMilliseconds(++_made)),
        FactKind.Timestamp => Value.Timestamp(Noon),
        FactKind.List => Value.List(Array.Empty<Value>()),
        FactKind.Map when type.Fields is { } fields => Value.Map(fields.Select(field => (field.Key, Value: Sample(field.Value)))
            .Where(field => field.Value is not null).Select(field => (field.Key, field.Value!.Value))),
        FactKind.Map or FactKind.Dynamic => null,
    };
}
