using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Core.Reports.Html;

/// <summary>The lines that log probes kept.</summary>
internal static class LogExcerpts
{
    private const int MostLines = 200;

    public static Html Of(Evidence evidence) => Html.Each(evidence.Measurements, entry =>
        entry.Value.Content is LogContent { Lines: { Count: > 0 } lines }
            ? $"<details><summary>{StateWords.Count(lines.Count, "line")} of {entry.Key}</summary>"
                + $"<pre tabindex=\"0\" aria-label=\"log lines of {entry.Key}\">{Html.Lines(lines, MostLines)}</pre></details>\n"
            : Html.Empty);
}

/// <summary>The manifest with numbered lines, in colours; a criterion's line bears what became of it and can be linked to.</summary>
internal static partial class ManifestListing
{
    private const int MostLines = 5000;
    private const int MostColoured = 2000;

    public static IEnumerable<Html> Of(string manifest, Verdict verdict, ReportContext context)
    {
        var criteria = verdict.Criteria.Where(criterion => Positions.Extended(criterion.Position.File, context) is null)
            .ToLookup(criterion => criterion.Position.Line, criterion => StateWords.Of(criterion.State));
        yield return $"<ol class=\"manifest\" tabindex=\"0\" aria-label=\"The manifest\">\n";
        foreach (var (index, line) in manifest.ReplaceLineEndings("\n").Split('\n').Take(MostLines).Index())
        {
            Html mark = criteria[index + 1].MaxBy(look => look.Rank) is { } worst ? $" class=\"criterion {worst.Class}\"" : Html.Empty;
            yield return $"<li id=\"L{index + 1}\"{mark}>{Coloured(PlainText.Lines(line, MostColoured).First())}</li>\n";
        }
        yield return $"</ol>\n";
    }

    private static Html Coloured(string line)
    {
        if (line.Length == 0)
            return Html.Trusted(" ");
        Html coloured = $"";
        var at = 0;
        // By the line, so that a colour that is wrong ends with it: this is no parser of YAML.
        foreach (Match part in Parts().Matches(line))
        {
            var style = part.Groups.Values.Skip(1).First(group => group.Success).Name;
            coloured.AppendFormatted(Html.Clean(line[at..part.Index]));
            coloured.AppendFormatted((Html)$"<span class=\"y-{style}\">{Html.Clean(part.Value)}</span>");
            at = part.Index + part.Length;
        }
        coloured.AppendFormatted(Html.Clean(line[at..]));
        return coloured;
    }

    /// <summary>Enough of YAML to tell its parts apart on one line: comments, texts, keys, values that are no text, variables.</summary>
    [GeneratedRegex(
        """
        (?<comment>(?:^|(?<=\s))\#.*$)|(?<text>"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')|(?<key>[\p{L}\p{N}_$][\p{L}\p{N}_.$/-]*(?=:(?:\s|$)))
        |(?<value>\$\{[^}]*\}|(?<![\w.-])(?:\d[\d_]*(?:\.\d+)?(?:[a-zA-Z]{1,3}|%)?|true|false|null)(?![\w.-]))
        """,
        RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Parts();
}

/// <summary>The facts as they were measured, drawn when somebody unfolds them. Large ones are in evidence.json only.</summary>
internal static class RawEvidence
{
    private const int MostBytes = 256 * 1024;

    public static IEnumerable<Html> Of(Evidence evidence)
    {
        if (evidence.Measurements.Count == 0)
            yield break;
        yield return $"<div class=\"rows\">\n";
        foreach (var (name, measurement) in evidence.Measurements)
            yield return Of(name, measurement);
        yield return $"</div>\n";
    }

    private static Html Of(string name, Measurement measurement)
    {
        Html summary = $"<summary>{name} <small>{measurement.Kind}</small></summary>";
        return Rest(measurement.Facts, MostBytes) < 0
            ? (Html)$"<details>{summary}<p>They are too many for this page; evidence.json holds them.</p></details>\n"
            : $"<details data-raw=\"facts-{name}\">{summary}<script type=\"application/json\" "
            + $"id=\"facts-{name}\">{Json(measurement.Facts)}</script>"
                + $"<pre tabindex=\"0\" aria-label=\"facts of {name}\"></pre></details>\n";
    }

    /// <summary>What is left of a number of bytes once a value is written, about; negative as soon as it is too little.</summary>
    private static int Rest(Value value, int bytes) => value.Kind switch
    {
        _ when bytes < 0 => bytes,
        ValueKind.String => bytes - value.AsString.Length - 3,
        ValueKind.List => value.AsList.Aggregate(bytes, (rest, item) => Rest(item, rest)),
        ValueKind.Map => value.AsMap.Entries.Aggregate(bytes, (rest, entry) => Rest(entry.Value, Rest(entry.Key, rest))),
        _ => bytes - 8,
    };

    // JSON's default encoder leaves no character that could end the element.
    private static Html Json(Value facts)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { MaxDepth = 1000 }))
            ValueJson.Write(writer, facts);
        return Html.Trusted(Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length));
    }
}
