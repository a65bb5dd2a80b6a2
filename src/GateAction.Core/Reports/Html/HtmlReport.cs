using GateAction.Core.Model;

namespace GateAction.Core.Reports.Html;

/// <summary>What the HTML report shows beside the verdict; each part is left out where it is not known.</summary>
public sealed record HtmlSources(Evidence? Evidence = null, string? Manifest = null, IReadOnlyList<HistoryEntry>? History = null);

/// <summary>
/// The whole report as one file that loads nothing: style and script stand in it, and its content security policy allows those two by their
/// hash and no request at all. Long lists are drawn on demand.
/// </summary>
public static class HtmlReport
{
    /// <summary>What the browser compares style and script with; written here, because a cryptographic library is slow to load.</summary>
    internal const string StyleHash = "sha256-j9mchuo14l/yoeSZKrZ7oG52ErjQ5Em4V6nJWsdvEuA=";
    internal const string ScriptHash = "sha256-hGkkLUOfyqxUUEads1hcGbxCSsA2Xm6w3a47HVNPaGE=";

    internal static readonly string Style = Resource("report.css");
    internal static readonly string Script = Resource("report.js");

    public static void Write(TextWriter output, Verdict verdict, ReportContext context, HtmlSources sources)
    {
        // The first part of each is made ahead, for the navigation; the rest while it is written, so that no page stands in memory.
        var sections = Sections(verdict, context, sources).Select(section => (section.Id, section.Title, Parts: Begin(section.Parts)))
            .Where(section => section.Parts is not null).ToArray();
        var links = Html.Each(sections, section => $"<li><a href=\"#{section.Id}\">{section.Title}</a></li>");
        Head(verdict).WriteTo(output);
        Banner.Of(verdict, context).WriteTo(output);
        Write(output,
            $"</header>\n<nav aria-label=\"Sections\"><div><ul>{links}</ul><button type=\"button\" id=\"expand\" aria-pressed=\"false\">"
            + $"Unfold all</button></div></nav>\n<main id=\"content\">\n");
        foreach (var (id, title, parts) in sections)
            Write(output, id, title, parts!);
        Write(output,
            $"</main>\n<footer><p>{Banner.Foot(context)}</p></footer>\n<script>{Html.Trusted(Script)}"
            + $"</script>\n</body>\n</html>\n");
    }

    private static void Write(TextWriter output, Html html) => html.WriteTo(output);

    /// <summary>The parts from the first one on that holds something; null if there is none.</summary>
    private static IEnumerator<Html>? Begin(IEnumerable<Html> parts)
    {
        var begun = parts.GetEnumerator();
        while (begun.MoveNext())
        {
            if (!begun.Current.IsEmpty)
                return begun;
        }
        begun.Dispose();
        return null;
    }

    private static void Write(TextWriter output, string id, string title, IEnumerator<Html> parts)
    {
        using var rest = parts;
        Write(output, $"<section id=\"{id}\" aria-labelledby=\"{id}-title\"><h2 id=\"{id}-title\">{title}</h2>\n");
        do
            rest.Current.WriteTo(output);
        while (rest.MoveNext());
        Write(output, $"</section>\n");
    }

    /// <summary>One that holds nothing is left out; the parts of the long ones are made while they are written.</summary>
    private static IEnumerable<(string Id, string Title, IEnumerable<Html> Parts)> Sections(Verdict verdict, ReportContext context,
        HtmlSources sources)
    {
        var row = new CriterionRow(verdict, context, sources.Evidence, sources.Manifest is not null);
        return
    [
        ("blocking", "What blocks", UnmetList.Blocking(verdict, context, row)),
        ("warnings", "Warnings", UnmetList.Warning(verdict, row)),
        ("score", "Score", [ScoreChart.Of(verdict)]),
        ("criteria", "Criteria", CriteriaList.Of(verdict, row)),
        ("waivers", "Waivers", [WaiverTable.Of(verdict)]),
        ("history", "Over time", [HistoryChart.Of(sources.History ?? [], verdict.PassScore)]),
        ("timeline", "Timeline", sources.Evidence is { } run ? Timeline.Of(run) : []),
        ("probes", "Probes", ProbeList.Of(verdict, sources.Evidence)),
        ("tests", "Tests", sources.Evidence is { } tested ? TestLists.Of(tested) : []),
        ("coverage", "Coverage", sources.Evidence is { } covered ? [CoverageTables.Of(covered, verdict)] : []),
        ("logs", "Logs", sources.Evidence is { } logged ? [LogExcerpts.Of(logged)] : []),
        ("baseline", "Baseline", [BaselineTable.Of(verdict)]),
        ("manifest", "Manifest", sources.Manifest is { } manifest ? ManifestListing.Of(manifest, verdict, context) : []),
        ("evidence", "Evidence", sources.Evidence is { } evidence ? RawEvidence.Of(evidence) : []),
    ];
    }

    private static Html Head(Verdict verdict) =>
        $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '{StyleHash}'; script-src '{ScriptHash}'; base-uri 'none'; form-action 'none'">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="referrer" content="no-referrer">
        <title>gate/{verdict.Gate}: {StateWords.Of(verdict.State).Word}</title>
        <style>{Html.Trusted(Style)}</style>
        </head>
        <body>
        <a class="skip" href="#content">Skip to the report</a>
        <header>

        """;

    private static string Resource(string name)
    {
        using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
